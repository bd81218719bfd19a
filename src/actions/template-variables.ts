import Mustache from 'mustache'

/** Every variable a template may use; below `log.rawData` anything may follow. */
export const templateVariables: readonly string[] = [
  'type',
  ...under('alert', ['id', 'ruleId', 'logId', 'matchCount', 'state', 'summary']),
  ...under('alert', ['reason', 'cause', 'triggeredAt']),
  ...under('rule', ['id', 'name', 'description', 'enabled', 'logType', 'patternType', 'patternValue']),
  ...under('rule', ['thresholdCount', 'thresholdWindowMinutes', 'cooldownMinutes', 'createdAt', 'updatedAt']),
  ...under('log', ['id', 'twilioSid', 'accountSid', 'logType', 'timestamp', 'status', 'errorCode']),
  ...under('log', ['errorMessage', 'fromNumber', 'toNumber', 'text', 'rawData', 'createdAt', 'updatedAt']),
  ...under('error', ['code', 'name', 'description', 'remedy', 'url', 'known']),
  'delivery.id',
  'folded.count',
]

const known = new Set([...templateVariables, 'alert', 'rule', 'log', 'error', 'delivery', 'folded', '.'])

type Token = readonly [
  kind: string,
  value: string,
  start: number,
  end: number,
  inner?: unknown,
  ...rest: unknown[],
]

/** The names in a template that would render nothing, each once. Inside a section any name may be meant. */
export function unknownVariables(template: string): string[] {
  const tokens: readonly Token[] = new Mustache.Writer().parse(template)
  const names = tokens.filter(([kind]) => ['name', '&', '#', '^'].includes(kind)).map(([, name]) => name)
  return [...new Set(names)].filter((name) => !isKnown(name))
}

function isKnown(name: string): boolean {
  const camelCase = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return known.has(name) || known.has(camelCase) || camelCase.startsWith('log.rawData.')
}

function under(holder: string, names: readonly string[]): string[] {
  return names.map((name) => `${holder}.${name}`)
}
