import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** The keys that an installation without given ones makes for itself. */
export type DataKeyName = 'api-key' | 'secret-key'

/** A key of the data directory; `created` is true for the one start that made it. */
export interface DataKey {
  readonly key: string
  readonly created: boolean
  readonly path: string
}

/** A key file is there but holds no usable key: replacing it silently would lock out its users or lose secrets. */
export class DataKeyError extends Error {
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

  const key = prefixes[name] + randomBytes(RANDOM_BYTES).toString('base64url')
  if (await createFile(path, key)) return { key, created: true, path }
  // Another starter was faster; a link is there whole or not at all.
  return { key: (await readKey(path)) ?? '', created: false, path }
}

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
