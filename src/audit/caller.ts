/** Who changes something: the key of API_KEY, another key, the command line beside the database, or the program by itself. */
export const AuditActor = {
  ADMINISTRATOR: 'administrator',
  KEY: 'key',
  CLI: 'cli',
  SYSTEM: 'system',
} as const
export type AuditActor = (typeof AuditActor)[keyof typeof AuditActor]

/** Whoever asks for a command, as it is noted of what they change. */
export interface Caller {
  readonly actor: AuditActor
  /** What the key is called; of all others the actor. */
  readonly name: string
  /** null for whoever has no key that is a row. */
  readonly keyId: string | null
  /** Of the request that asked; null where it was none. */
  readonly requestId: string | null
  /** The address that sent it. */
  readonly ip: string | null
}

/** The program, asking by itself. */
export const theProgram: Caller = nobodyElse(AuditActor.SYSTEM)

/** A command that works on the database itself, past the API. */
export const theCommandLine: Caller = nobodyElse(AuditActor.CLI)

function nobodyElse(actor: AuditActor): Caller {
  return { actor, name: actor, keyId: null, requestId: null, ip: null }
}
