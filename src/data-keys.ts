import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartError } from './errors.js'

/** The keys that an installation without given ones makes for itself. */
export type DataKeyName = 'api-key' | 'secret-key'

/** A key of the data directory; `created` is true for the one start that made it. */
export interface DataKey {
  readonly key: string
  readonly created: boolean
  readonly path: string
}

/** A key file is there but holds no usable key: replacing it silently would lock out its users or lose secrets. */
export class DataKeyError extends StartError {
  override readonly name = 'DataKeyError'
  readonly code = 'DATA_KEY_UNUSABLE'

  constructor(readonly path: string) {
    super(
      `${path} holds no key of ${LEAST_CHARACTERS} characters or more; restore it, or delete it to make a new one`,
    )
  }
}

const RANDOM_BYTES = 32
const LEAST_CHARACTERS = 16

/** Marks an API key as one of ours where it turns up, for people and secret scanners. */
const prefixes = { 'api-key': 'gp_', 'secret-key': '' } as const satisfies Record<DataKeyName, string>

/**
 * Reads the key `DATA_DIR/<name>`, or makes it: 32 random bytes as base64url, readable by its owner only. Of several
 * starters at once one makes it and all get the same.
 * @throws {DataKeyError} where the file holds no usable key; Node's own errors where the directory cannot be used
 */
export async function ensureKey(dataDir: string, name: DataKeyName): Promise<DataKey> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, name)
  const existing = await readKey(path)
  if (existing !== null) return { key: existing, created: false, path }

  const key = newKey(name)
  if (await createFile(path, key)) return { key, created: true, path }
  // Another starter was faster; a link is there whole or not at all.
  return { key: (await readKey(path)) ?? '', created: false, path }
}

/** The API key of the data directory. */
export interface OwnApiKey {
  readonly key: string
  readonly path: string
  /** No start has come as far as showing it to whoever set the installation up. */
  readonly isUnseen: boolean
  /** From now on somebody has seen it. */
  seen(): Promise<void>
}

/**
 * Reads or makes `DATA_DIR/api-key` as {@link ensureKey} does. What nobody has seen of it is kept beside it: a start that makes the key
 * may fail before it can show it.
 */
export async function ensureApiKey(dataDir: string): Promise<OwnApiKey> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const unseen = join(dataDir, 'api-key.unseen')
  if ((await readKey(join(dataDir, 'api-key'))) === null) await writeFile(unseen, '')
  const { key, path } = await ensureKey(dataDir, 'api-key')
  return { key, path, isUnseen: existsSync(unseen), seen: () => rm(unseen, { force: true }) }
}

/** The key that seals what is stored, and those that still open what they sealed. */
export interface SecretKeys {
  readonly current: string
  readonly old: readonly string[]
}

/** As they are given, or as they lie in the data directory, in the middle of a rotation too. */
export async function secretKeysOf({
  dataDir,
  secretKey,
  secretKeyOld,
}: {
  readonly dataDir: string
  readonly secretKey: string | null
  readonly secretKeyOld: string | null
}): Promise<SecretKeys> {
  const given = secretKeyOld === null ? [] : [secretKeyOld]
  if (secretKey !== null) return { current: secretKey, old: given }
  const { key } = await ensureKey(dataDir, 'secret-key')
  const replaced = await readKey(oldKeyPath(dataDir))
  return { current: key, old: replaced === null ? given : [...given, replaced] }
}

/**
 * Replaces the secret key of the data directory by a new one. The one of before lies beside it until {@link endKeyRotation}, so that
 * a process killed at any moment finds every key that it needs.
 */
export async function beginKeyRotation(dataDir: string): Promise<void> {
  const { key, path } = await ensureKey(dataDir, 'secret-key')
  const replaced = await readKey(oldKeyPath(dataDir))
  // A rotation that was killed after this step is gone on with.
  if (replaced !== null && replaced !== key) return
  if (replaced === null) await link(path, oldKeyPath(dataDir))
  const draft = `${path}.new`
  await rm(draft, { force: true })
  await createFile(draft, newKey('secret-key'))
  await rename(draft, path)
}

/** Nothing is sealed any more with the key of before: it goes, and with it whatever drafts of keys a kill has left. */
export async function endKeyRotation(dataDir: string): Promise<void> {
  const drafts = (await readdir(dataDir)).filter((name) => /^secret-key\..+\.draft$/.test(name))
  for (const name of drafts) await rm(join(dataDir, name), { force: true })
  await rm(oldKeyPath(dataDir), { force: true })
}

const oldKeyPath = (dataDir: string): string => join(dataDir, 'secret-key.old')

const newKey = (name: DataKeyName): string => prefixes[name] + randomBytes(RANDOM_BYTES).toString('base64url')

async function readKey(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  })
  if (text === null) return null
  const key = text.trim()
  if (key.length < LEAST_CHARACTERS) throw new DataKeyError(path)
  return key
}

/** Makes the file with its whole content in one step; false where it is there already. */
async function createFile(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${randomBytes(8).toString('hex')}.draft`
  try {
    const file = await open(draft, 'wx', 0o600)
    await file.writeFile(`${text}\n`)
    await file.sync()
    await file.close()
    await link(draft, path)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
