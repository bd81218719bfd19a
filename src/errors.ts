/** One bad input field: `path` names it as the caller spelled it, `message` says what was expected. */
export interface FieldFault {
  readonly path: string
  readonly message: string
}

/** The codes that clients may see; CONTRACT.md fixes the set. */
export type ErrorCode =
  | 'BAD_USER_INPUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'COMPLEXITY_LIMIT'
  | 'CURSOR_EXPIRED'
  | 'INTERNAL_SERVER_ERROR'

/** A failure that its receiver may read: the message is written for clients, the code is part of the contract. */
export class PublicError extends Error {
  override readonly name: string = 'PublicError'

  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message)
  }
}

/** Bad fields that are told at once. */
const MOST_FAULTS = 100

/** Input that cannot be accepted, with every bad field at once; of more than a hundred, the first hundred. */
export class InputError extends PublicError {
  override readonly name = 'InputError'

  readonly fields: readonly FieldFault[]

  constructor(faults: readonly FieldFault[]) {
    const fields = faults.slice(0, MOST_FAULTS)
    super('BAD_USER_INPUT', fields.map((fault) => `${fault.path}: ${fault.message}`).join('; '))
    this.fields = fields
  }
}

/** The object named by an id is not there, or no longer. */
export class NotFoundError extends PublicError {
  override readonly name = 'NotFoundError'

  constructor(noun: string, id: string) {
    super('NOT_FOUND', `There is no ${noun} with the id ${id}.`)
  }
}

/** The request is well formed but does not fit the state things are in. */
export class ConflictError extends PublicError {
  override readonly name = 'ConflictError'

  constructor(message: string) {
    super('CONFLICT', message)
  }
}

/** Nobody has said who is asking: no key, or none that is valid. */
export class UnauthenticatedError extends PublicError {
  override readonly name = 'UnauthenticatedError'

  constructor(message = 'A valid key is needed, in X-API-Key or as Authorization: Bearer.') {
    super('UNAUTHENTICATED', message)
  }
}

/** Who is asking may not do this. */
export class ForbiddenError extends PublicError {
  override readonly name = 'ForbiddenError'

  constructor(message: string) {
    super('FORBIDDEN', message)
  }
}

/** Too much was asked for in too short a time. */
export class RateLimitedError extends PublicError {
  override readonly name = 'RateLimitedError'

  constructor(
    message: string,
    /** After how many seconds it is worth trying again; 1 or more. */
    readonly retryAfterSeconds: number,
  ) {
    super('RATE_LIMITED', message)
  }
}

/** Something that the answer depends on is away for now; trying again later helps. */
export class UnavailableError extends PublicError {
  override readonly name = 'UnavailableError'

  constructor(message: string) {
    super('INTERNAL_SERVER_ERROR', message)
  }
}

/** A start that makes no sense as things are: the message is for the person who starts it, and says all that there is to say. */
export class StartError extends Error {
  override readonly name: string = 'StartError'
}

/** The message of anything that was thrown, without its stack and without what hangs on it. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
