import type { ReceiverTextFragment } from '../../api/documents.js'
import { say } from '../../strings.js'

type Mapping = ReceiverTextFragment['mapping']

/** What an example sends of each field. */
const samples = {
  id: 'backup-42',
  status: 'failed',
  errorCode: 'E17',
  message: say.receivers.exampleMessage,
} as const satisfies Partial<Record<keyof Mapping, string>>

/** A command line that sends one record, each field where the mapping looks for it, and with the proof that the receiver takes. */
export function exampleCommand({ url, hasToken, mapping }: ReceiverTextFragment): string {
  const proof = hasToken ? 'X-Receiver-Token: $TOKEN' : 'X-API-Key: $KEY'
  return [
    `curl ${url}`,
    `-H "${proof}"`,
    `-H "Content-Type: application/json"`,
    `-d '${JSON.stringify(exampleBody(mapping))}'`,
  ].join(' \\\n  ')
}

/** A body of the form that the mapping reads. */
export function exampleBody(mapping: Mapping): Readonly<Record<string, unknown>> {
  const body: Record<string, unknown> = {}
  for (const [field, sample] of Object.entries(samples)) {
    const steps = stepsOf(mapping[field as keyof Mapping] ?? field)
    let at = body
    for (const step of steps.slice(0, -1)) {
      if (typeof at[step] !== 'object') at[step] = {}
      at = at[step] as Record<string, unknown>
    }
    at[steps.at(-1) ?? field] = sample
  }
  return body
}

/** Names joined by dots, or a JSON pointer. */
function stepsOf(path: string): readonly string[] {
  if (!path.startsWith('/')) return path.split('.')
  const unescaped = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~')
  return path.slice(1).split('/').map(unescaped)
}
