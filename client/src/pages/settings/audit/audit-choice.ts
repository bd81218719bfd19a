import type { AuditAction, AuditActor, AuditFilter, AuditObject } from '../../../api/documents.js'
import { parametersWith, textsOf } from '../../../app/address-texts.js'
import { boundsOf, type When } from '../../../time/bounds.js'

/** Which changes the reader wants to see, as the address holds it. */
export interface AuditChoice extends When {
  /** A kind of caller, or the id of a key; empty = anybody. */
  readonly who: string
  readonly did: readonly AuditAction[]
  readonly to: readonly AuditObject[]
  /** The id of what it was done to; empty = anything. */
  readonly object: string
  /** The request that made them; empty = any. */
  readonly request: string
}

export const everyChange: AuditChoice = {
  who: '',
  did: [],
  to: [],
  object: '',
  request: '',
  since: '',
  until: '',
}

/** All of an enum, in this order: where one is missing it does not compile. */
const all =
  <One extends string>() =>
  <const List extends readonly One[]>(list: [One] extends [List[number]] ? List : never): readonly One[] =>
    list

export const auditActors = all<AuditActor>()(['ADMINISTRATOR', 'KEY', 'CLI', 'SYSTEM'])

/** What is done most, first. */
export const auditActions = all<AuditAction>()([
  'CREATE',
  'UPDATE',
  'DELETE',
  'RETRY',
  'TEST',
  'APPLY',
  'REVOKE',
  'REPLAY',
  'POLL',
  'READ',
  'ERASE',
  'ROTATE',
  'RESTORE',
])

export const auditObjects = all<AuditObject>()([
  'RULE',
  'ACTION',
  'DELIVERY',
  'RECEIVER',
  'RECEIVED',
  'API_KEY',
  'CONFIGURATION',
  'NUMBER',
  'PERSONAL_DATA',
  'SECRETS',
  'INSTALLATION',
])

/** Reads an address; what makes no sense in it is passed over. */
export function auditChoiceIn(parameters: URLSearchParams): AuditChoice {
  const names = ['did', 'to', 'who', 'object', 'request', 'since', 'until'] as const
  const { did, to, ...texts } = textsOf(parameters, names)
  return { ...texts, did: namedIn(did, auditActions), to: namedIn(to, auditObjects) }
}

function namedIn<Value extends string>(text: string, known: readonly Value[]): readonly Value[] {
  const named = text.toUpperCase().split(',')
  return known.filter((value) => named.includes(value))
}

/** The choice as an address holds it: what is not chosen is not in it. */
export function auditParametersOf(choice: AuditChoice): URLSearchParams {
  const { did, to, who, object, request, since, until } = choice
  const list = (values: readonly string[]): string => values.join(',').toLowerCase()
  return parametersWith({ did: list(did), to: list(to), who, object, request, since, until })
}

/** The choice as the API's filter; `now` in milliseconds. */
export function auditFilterOf(choice: AuditChoice, now: number): AuditFilter {
  const { who, did, to, object, request } = choice
  const actor = auditActors.find((one) => one === who.toUpperCase())
  return {
    ...(actor ? { actor: [actor] } : who !== '' && { keyId: [who] }),
    ...(did.length > 0 && { action: did }),
    ...(to.length > 0 && { objectType: to }),
    ...(object !== '' && { objectId: [object] }),
    ...(request !== '' && { requestId: request }),
    ...boundsOf(choice, now),
  }
}
