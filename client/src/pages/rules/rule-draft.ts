import type { ActionType, CreateRuleInput, LogType, PatternType } from '../../api/documents.js'
import { isRecord } from '../../components/is-record.js'
import { type Condition, conditionOf, type RuleSettings, thresholdValue } from '../../rules/rule-words.js'
import { say } from '../../strings.js'

/** A rule as it is being written, in the parts of its sentence. Figures are texts, as they are typed. */
export interface RuleDraft {
  readonly name: string
  readonly description: string
  readonly enabled: boolean
  /** Null = any. */
  readonly logType: LogType | null
  /** False: it fires at each log that starts to match. True: at so many within so long. */
  readonly isMany: boolean
  readonly condition: Condition
  readonly value: string
  readonly count: string
  readonly windowMinutes: string
  readonly cooldownMinutes: string
  readonly actions: readonly ActionDraft[]
}

export type Config = Readonly<Record<string, unknown>>

export interface ActionDraft {
  /** Tells drafts apart while they have no id. */
  readonly key: string
  /** Null until it is stored. */
  readonly id: string | null
  readonly actionType: ActionType
  readonly config: Config
  readonly enabled: boolean
}

/** A stored rule with its actions, as the editor reads it. */
export interface StoredRule extends RuleSettings {
  readonly name: string
  readonly description: string | null
  readonly enabled: boolean
  readonly actions: readonly StoredAction[]
}

interface StoredAction {
  readonly id: string
  readonly actionType: ActionType
  readonly config: unknown
  readonly enabled: boolean
}

/** Stands in a config where a text was written that is no JSON yet: it is kept as it is, and never sent. */
export class BrokenJson {
  constructor(readonly text: string) {}
}

/** What stands in a config where a secret is; sent back, it keeps the secret. */
export const MASK = '********'

export const emptyDraft: RuleDraft = {
  name: '',
  description: '',
  enabled: true,
  logType: 'MESSAGE',
  isMany: false,
  condition: 'ERROR_CODE',
  value: '',
  count: '10',
  windowMinutes: '5',
  cooldownMinutes: '10',
  actions: [],
}

/** What a rule about GiftPulse itself begins with: it looks at no logs, and has no use for a cooldown. */
export const draftOfItself = {
  isMany: false,
  condition: 'SYSTEM',
  value: '',
  logType: null,
  cooldownMinutes: '0',
} as const satisfies Partial<RuleDraft>

/** A stored rule to be edited; its actions go on under the keys that they have among `known`. */
export function draftOf(rule: StoredRule, known: readonly ActionDraft[] = []): RuleDraft {
  return {
    ...emptyDraft,
    name: rule.name,
    description: rule.description ?? '',
    enabled: rule.enabled,
    logType: rule.logType,
    isMany: rule.patternType === 'THRESHOLD',
    ...conditionOf(rule),
    ...(rule.thresholdCount !== null && { count: String(rule.thresholdCount) }),
    ...(rule.thresholdWindowMinutes !== null && { windowMinutes: String(rule.thresholdWindowMinutes) }),
    cooldownMinutes: String(rule.cooldownMinutes),
    actions: rule.actions.map((action) =>
      actionDraftOf(action, known.find(({ id }) => id === action.id)?.key ?? action.id),
    ),
  }
}

export function actionDraftOf({ id, actionType, config, enabled }: StoredAction, key: string): ActionDraft {
  return { key, id, actionType, config: isRecord(config) ? config : {}, enabled }
}

/** The draft in which the action under the key of `action` has become it, or is added. */
export function withAction(draft: RuleDraft, action: ActionDraft): RuleDraft {
  const isKnown = draft.actions.some(({ key }) => key === action.key)
  const actions = isKnown
    ? draft.actions.map((one) => (one.key === action.key ? action : one))
    : [...draft.actions, action]
  return { ...draft, actions }
}

/** Whether two drafts, or parts of them, say the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** A new rule like a stored one. Its secrets cannot be read, so they must be written anew. */
export function copyOf(rule: StoredRule): RuleDraft {
  const draft = draftOf(rule)
  return {
    ...draft,
    name: say.rules.copyName(draft.name),
    actions: draft.actions.map((action) => ({ ...action, id: null, config: withoutSecrets(action.config) })),
  }
}

function withoutSecrets(config: Config): Config {
  const kept = Object.entries(config).flatMap(([name, value]): [string, unknown][] => {
    if (typeof value === 'string') {
      // Without its user info a URL is still one; without a token in its path it leads nowhere.
      const open = value.replace(`${MASK}@`, '')
      return open.includes(MASK) ? [] : [[name, open]]
    }
    return [[name, isRecord(value) ? withoutSecrets(value) : value]]
  })
  return Object.fromEntries(kept)
}

const logTypes = new Set(['CALL', 'CUSTOM', 'DEBUG', 'ERROR', 'MESSAGE', 'NOTICE', 'WARNING'])
const patternTypes = new Set(['ERROR_CODE', 'REGEX', 'STATUS', 'SYSTEM', 'THRESHOLD'])

/** What an address asks for (`/rules/new?logType=MESSAGE&patternType=…`, named as in `CreateRuleInput`); nonsense is passed over. */
export function draftIn(parameters: URLSearchParams): RuleDraft {
  const text = (name: string): string => parameters.get(name) ?? ''
  const [logType, patternType] = [text('logType'), text('patternType')]
  const pattern = patternTypes.has(patternType)
    ? {
        isMany: patternType === 'THRESHOLD',
        ...conditionOf({ patternType: patternType as PatternType, patternValue: text('patternValue') }),
      }
    : {}
  const figure = (name: string, otherwise: string): string =>
    /^\d{1,6}$/.test(text(name)) ? text(name) : otherwise
  return {
    ...emptyDraft,
    name: text('name'),
    description: text('description'),
    ...(logTypes.has(logType) && { logType: logType as LogType }),
    ...pattern,
    count: figure('thresholdCount', emptyDraft.count),
    windowMinutes: figure('thresholdWindowMinutes', emptyDraft.windowMinutes),
    cooldownMinutes: figure('cooldownMinutes', emptyDraft.cooldownMinutes),
    ...(patternType === 'SYSTEM' && { ...draftOfItself, value: text('patternValue') }),
  }
}

/** The rule's own settings, as both mutations take them. */
export function settingsOf(draft: RuleDraft): RuleSettings & Pick<StoredRule, 'name' | 'description'> {
  const { isMany, condition, value } = draft
  const description = draft.description.trim()
  return {
    name: draft.name.trim(),
    description: description === '' ? null : description,
    logType: draft.logType,
    patternType: isMany ? 'THRESHOLD' : condition === 'ANY' ? 'ERROR_CODE' : condition,
    patternValue: isMany ? thresholdValue(condition, value) : value.trim(),
    thresholdCount: isMany ? figureOf(draft.count) : null,
    thresholdWindowMinutes: isMany ? figureOf(draft.windowMinutes) : null,
    cooldownMinutes: figureOf(draft.cooldownMinutes),
  }
}

/** The whole new rule with its actions. */
export function newRuleOf(draft: RuleDraft): CreateRuleInput {
  return {
    ...settingsOf(draft),
    enabled: draft.enabled,
    actions: draft.actions.map(({ actionType, config, enabled }) => ({ actionType, config, enabled })),
  }
}

/** Whether the sentence has all its parts, so that asking what it would have done makes sense. */
export function isWhole({ condition, value, isMany, count, windowMinutes }: RuleDraft): boolean {
  const hasValue = condition === 'ANY' ? isMany : value.trim() !== ''
  return hasValue && (!isMany || (count.trim() !== '' && windowMinutes.trim() !== ''))
}

/** What is no figure goes as it was typed, for the server to say so at its field: any figure of ours would be one that nobody chose. */
function figureOf(text: string): number {
  const figure = Number(text)
  return text.trim() !== '' && Number.isFinite(figure) ? figure : (text as unknown as number)
}
