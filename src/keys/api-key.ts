import type { ApiScope } from './scope.js'

/** A key that opens the API, as people may see it; the key itself is shown once and stored nowhere. */
export interface ApiKey {
  readonly id: string
  /** What people call it; names need not be unique. */
  readonly name: string
  readonly scopes: readonly ApiScope[]
  /** The last four characters of the key, to tell keys apart. */
  readonly hint: string
  readonly createdAt: Date
  /** null = never. */
  readonly expiresAt: Date | null
  /** To the minute. */
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}

/** What is stored of a new key. */
export interface NewKey extends Pick<ApiKey, 'id' | 'name' | 'scopes' | 'hint' | 'expiresAt'> {
  readonly hash: Buffer
}

/** What a key is checked against. */
export interface KnownKey extends Pick<ApiKey, 'id' | 'name' | 'scopes'> {
  readonly hash: Buffer
  /** Neither revoked nor expired. */
  readonly isUsable: boolean
}

/** Keys as they are checked. Rejects while the database is away. */
export interface KeyReader {
  known(id: string): Promise<KnownKey | null>
  /** Notes that it was used, at most once a minute whoever asks. */
  noteUse(id: string): Promise<void>
}

/** Keys as they are made and revoked. */
export interface KeyBook {
  add(key: NewKey): Promise<ApiKey>
  /** Once revoked it stays so, since when it first was; null where there is none with this id. */
  revoke(id: string): Promise<ApiKey | null>
}
