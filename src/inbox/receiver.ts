/** How receivers are named: as it stands in a URL. */
export const RECEIVER_NAME = /^[a-z0-9-]{1,64}$/

/** Where webhooks of other systems come in, by the name in their URL. */
export interface Receiver {
  readonly id: string
  /** As {@link RECEIVER_NAME} has it, unique; it never changes, since logs carry it. */
  readonly name: string
  readonly description: string | null
  readonly enabled: boolean
  /** For Standard Webhooks signatures; sealed. */
  readonly secret: string | null
  /** A bearer token; sealed. */
  readonly token: string | null
  readonly mapping: ReceiverMapping
  /** The largest body, in bytes. */
  readonly maxBytes: number
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly lastReceivedAt: Date | null
  /** Webhooks received, repeats left out. */
  readonly receivedCount: number
  /** The set of files that manages it; null where nobody but the API does. */
  readonly managedBy: string | null
}

/** What of a log is read from a body. */
export const mappedFields = ['id', 'timestamp', 'status', 'errorCode', 'message'] as const
export type MappedField = (typeof mappedFields)[number]

/** Where in the body each is found: a dotted path or a JSON pointer; null = the field of that name. */
export type ReceiverMapping = Readonly<Record<MappedField, string | null>>

export const plainMapping: ReceiverMapping = {
  id: null,
  timestamp: null,
  status: null,
  errorCode: null,
  message: null,
}

/** What of a receiver can be set. */
export type ReceiverSettings = Pick<
  Receiver,
  'description' | 'enabled' | 'secret' | 'token' | 'mapping' | 'maxBytes'
>

/** The storage of receivers. */
export interface ReceiverStore {
  byName(name: string): Promise<Receiver | null>
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Receiver>>
  /** null where the name is taken. */
  insert(name: string, settings: ReceiverSettings): Promise<Receiver | null>
  /**
   * Gives it the settings that `change` makes of it as it stands, while nobody else can change it; null where there is none. What
   * `change` throws leaves it as it is. It may be called more than once.
   */
  update(id: string, change: (standing: Receiver) => ReceiverSettings): Promise<Receiver | null>
  /** Whether it was there, managed by no file. */
  delete(id: string): Promise<boolean>
}
