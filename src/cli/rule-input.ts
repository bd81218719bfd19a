import { CliError } from './cli-error.js'
import { ExitCode } from './exit-code.js'
import { resolveReferences, type Variables } from '../commands/configuration/references.js'

type Fields = Readonly<Record<string, unknown>>

/** Keys whose values are names: of a file in lower case, of the API in capitals. */
const names = new Set(['log_type', 'pattern_type', 'type'])

/** A rule as files have it, as the `CreateRuleInput` of the API. What makes no sense is left for the API to refuse. */
export function ruleInputOf(rule: unknown, variables: Variables): Fields {
  const { actions, copy: _whichOfItsName, ...settings } = fieldsOf(rule, 'A rule')
  return {
    ...inApiSpelling(settings),
    ...(Array.isArray(actions) && { actions: actions.map((action) => actionInputOf(action, variables)) }),
  }
}

function actionInputOf(action: unknown, variables: Variables): Fields {
  const { type, config = {}, ...settings } = fieldsOf(action, 'An action')
  return {
    ...inApiSpelling(settings),
    actionType: inCapitals(type),
    config: resolveReferences(config, variables, 'config').value,
  }
}

function inApiSpelling(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      names.has(key) ? inCapitals(value) : value,
    ]),
  )
}

const inCapitals = (value: unknown): unknown => (typeof value === 'string' ? value.toUpperCase() : value)

function fieldsOf(value: unknown, noun: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw new CliError(`${noun} in the file is not a map.`, ExitCode.USAGE)
}
