import { InputError, type FieldFault } from '../errors.js'
import { storableFault } from '../sources/storable.js'
import { PatternError } from './pattern-error.js'
import { readPattern } from './read-pattern.js'
import { PatternType, type Rule } from './rule.js'

/** The settings of a rule as they are about to be saved. */
export type RuleSettings = Pick<
  Rule,
  | 'name'
  | 'description'
  | 'logType'
  | 'patternType'
  | 'patternValue'
  | 'thresholdCount'
  | 'thresholdWindowMinutes'
  | 'cooldownMinutes'
>

/** What is worth telling whoever saves the rule, though nothing is wrong with it. */
export interface RuleCheck {
  readonly warnings: readonly string[]
}

const MAX_NAME = 200
const MAX_DESCRIPTION = 2_000
const MAX_COUNT = 10_000
const WEEK_IN_MINUTES = 7 * 24 * 60

/** Settings of which some could not be read; what they are for is not judged then. */
export type SomeSettings = { readonly [Key in keyof RuleSettings]?: RuleSettings[Key] | undefined }

/**
 * Judges the settings of a rule before it is saved.
 * @throws InputError with every bad field, by its name in the settings
 */
export function checkRule(settings: SomeSettings): RuleCheck {
  const faults = [...wordFaults(settings), ...numberFaults(settings)]
  const warnings = [...unusedNumbers(settings)]
  const { patternType, patternValue, logType = null } = settings
  try {
    assertStorable(patternValue)
    if (patternType !== undefined && patternValue !== undefined)
      warnings.push(...readPattern({ patternType, patternValue }).warnings(logType))
  } catch (thrown) {
    if (!(thrown instanceof PatternError)) throw thrown
    faults.push({ path: 'patternValue', message: thrown.message })
  }
  if (faults.length > 0) throw new InputError(faults)
  return { warnings }
}

function wordFaults({ name, description }: SomeSettings): FieldFault[] {
  const faults: FieldFault[] = []
  if (name?.trim() === '') faults.push({ path: 'name', message: 'must not be blank' })
  faults.push(...textFaults('name', name ?? '', MAX_NAME))
  faults.push(...textFaults('description', description ?? '', MAX_DESCRIPTION))
  return faults
}

function textFaults(path: string, text: string, longest: number): FieldFault[] {
  const faults: FieldFault[] = []
  if (text.length > longest) faults.push({ path, message: `must have ${longest} characters at most` })
  const fault = storableFault(text)
  if (fault !== null) faults.push({ path, message: fault })
  return faults
}

function assertStorable(value: string | null | undefined): void {
  const fault = value == null ? null : storableFault(value)
  if (fault !== null) throw new PatternError([fault])
}

function numberFaults(settings: SomeSettings): FieldFault[] {
  const { thresholdCount, thresholdWindowMinutes, cooldownMinutes } = settings
  const faults = wholeNumberFault('cooldownMinutes', cooldownMinutes, 0, WEEK_IN_MINUTES)
  if (settings.patternType === PatternType.THRESHOLD) {
    faults.push(...wholeNumberFault('thresholdCount', thresholdCount, 1, MAX_COUNT))
    faults.push(...wholeNumberFault('thresholdWindowMinutes', thresholdWindowMinutes, 1, WEEK_IN_MINUTES))
  }
  return faults
}

function wholeNumberFault(
  path: string,
  value: number | null | undefined,
  least: number,
  most: number,
): FieldFault[] {
  if (value === undefined) return []
  if (value !== null && Number.isInteger(value) && value >= least && value <= most) return []
  return [{ path, message: `must be a whole number from ${least} to ${most}` }]
}

function unusedNumbers(settings: SomeSettings): string[] {
  if (settings.patternType === PatternType.THRESHOLD) return []
  const given = (['thresholdCount', 'thresholdWindowMinutes'] as const).filter((key) => settings[key] != null)
  if (given.length === 0) return []
  return [
    `${given.join(' and ')} ${given.length > 1 ? 'are' : 'is'} kept but not used: only THRESHOLD rules count. Choose the pattern type THRESHOLD, or leave it out.`,
  ]
}
