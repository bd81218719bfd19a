/** Why a question brought no answer. */
export type ApiFault =
  /** The key is not, or no longer, valid. */
  | 'refused'
  /** The key is valid, but may not do this. */
  | 'forbidden'
  /** Nobody was reached. */
  | 'unreachable'
  /** It was sent, and no answer of the server came back: what it asks for may be going on. */
  | 'unanswered'
  /** The input is wrong; `fields` say where. */
  | 'invalid'
  | 'not-found'
  /** What was asked for does not fit how things stand now. */
  | 'conflict'
  /** Too many or too heavy questions; later it may work. */
  | 'busy'
  | 'failed'

/** What is wrong with one field of an input; `path` as the server names it, such as `input.actions.0.config.url`. */
export interface FieldFault {
  readonly path: string
  readonly message: string
}

export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly fault: ApiFault,
    message: string,
    readonly fields: readonly FieldFault[] = [],
    /** What of an answer is missing that came all the same, such as `alert.log`. */
    readonly places: readonly string[] = [],
  ) {
    super(message)
  }
}

/** Whether asking again may bring an answer. */
export function mayHeal(error: unknown): boolean {
  return error instanceof ApiError && ['unreachable', 'unanswered', 'failed', 'busy'].includes(error.fault)
}

/** As the contract has it. */
export interface GraphqlError {
  readonly message: string
  readonly path?: unknown
  readonly extensions?: { readonly code?: unknown; readonly fields?: unknown }
}

const faults: Readonly<Record<string, ApiFault>> = {
  UNAUTHENTICATED: 'refused',
  FORBIDDEN: 'forbidden',
  BAD_USER_INPUT: 'invalid',
  NOT_FOUND: 'not-found',
  CONFLICT: 'conflict',
  RATE_LIMITED: 'busy',
  COMPLEXITY_LIMIT: 'busy',
}

/** The fault of the first error that has a known code; a refused key goes before everything else. */
export function faultOf(errors: readonly GraphqlError[]): ApiFault {
  const known = errors.flatMap(({ extensions }) => faults[String(extensions?.code)] ?? [])
  return known.includes('refused') ? 'refused' : (known[0] ?? 'failed')
}

export function fieldFaultsOf(errors: readonly GraphqlError[]): readonly FieldFault[] {
  return errors.flatMap(({ extensions }) =>
    Array.isArray(extensions?.fields) ? extensions.fields.filter(isFieldFault) : [],
  )
}

/** Where in the answer the errors lie, each place once; which one of a list it was says nothing to a reader. */
export function placesOf(errors: readonly GraphqlError[]): readonly string[] {
  const places = errors.flatMap(({ path }) =>
    Array.isArray(path) ? [path.filter((part) => typeof part === 'string').join('.')] : [],
  )
  return [...new Set(places)]
}

function isFieldFault(value: unknown): value is FieldFault {
  if (typeof value !== 'object' || value === null) return false
  return (
    'path' in value &&
    typeof value.path === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  )
}
