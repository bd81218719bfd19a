import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, scryptSync } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const VERSION = 'gpsec1'
const IV_BYTES = 12
const TAG_BYTES = 16
const SEALED = /^gpsec1\.[\w-]{8}\.[\w-]{16}\.[\w-]{22,}$/

/** Encrypts secrets for storage. */
export interface SecretBox {
  /** `gpsec1.<key id>.<iv>.<ciphertext and tag>`, base64url parts: safe in URLs and headers, different each time. */
  seal(plain: string): string
  /** Throws `SecretBoxError`. */
  open(sealed: string): string
  /** Whether it has the form of what is sealed, with whichever key. */
  isSealed(text: string): boolean
  /** Whether it was sealed with the key that seals now. */
  isCurrent(sealed: string): boolean
  /** Whether it was sealed with a key that is not at hand. */
  isForeign(sealed: string): boolean
}

/** A sealed secret that cannot be opened. Says why, never what was inside. */
export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError'

  constructor(
    readonly code: 'wrong-key' | 'damaged' | 'not-sealed',
    message: string,
  ) {
    super(message)
  }
}

/** A key as it is used, with the name that each sealed text carries. */
interface SealingKey {
  readonly key: Buffer
  readonly prefix: string
}

/**
 * AES-256-GCM under a key derived from `secretKey` by scrypt, since people may choose a short one; that takes some
 * 50 ms, so make one box and keep it. The key id in each sealed text tells another key from damage, and which of several
 * opens it.
 *
 * @param older keys that open what they sealed, and seal nothing any more
 */
export function createSecretBox(secretKey: string, older: readonly string[] = []): SecretBox {
  const current = sealingKey(secretKey)
  const keys = new Map([...older.map(sealingKey), current].map((one) => [idIn(one.prefix), one]))

  return {
    seal(plain) {
      const { key, prefix } = current
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(prefix))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${prefix}.${iv.toString('base64url')}.${body.toString('base64url')}`
    },

    open(sealed) {
      if (!SEALED.test(sealed))
        throw new SecretBoxError('not-sealed', 'The stored secret is not in sealed form.')
      const found = keys.get(idIn(sealed))
      if (!found)
        throw new SecretBoxError('wrong-key', 'The stored secret was encrypted with another SECRET_KEY.')
      const [, , iv = '', body = ''] = sealed.split('.')
      return decrypt(found, Buffer.from(iv, 'base64url'), Buffer.from(body, 'base64url'))
    },

    isSealed: (text) => SEALED.test(text),
    isCurrent: (sealed) => SEALED.test(sealed) && idIn(sealed) === idIn(current.prefix),
    isForeign: (sealed) => SEALED.test(sealed) && !keys.has(idIn(sealed)),
  }
}

function sealingKey(secretKey: string): SealingKey {
  // The salt is fixed: every replica must derive the same key from the same setting and nothing else.
  const root = scryptSync(secretKey, 'giftpulse secret box', 32)
  const key = Buffer.from(hkdfSync('sha256', root, '', 'encryption', 32))
  const keyId = Buffer.from(hkdfSync('sha256', root, '', 'key id', 6)).toString('base64url')
  return { key, prefix: `${VERSION}.${keyId}` }
}

/** The id of the key, in a sealed text or at its beginning. */
function idIn(sealed: string): string {
  return sealed.split('.')[1] ?? ''
}

/** Whether two sealed texts hold the same; one that cannot be opened holds nothing that is known. */
export function sealsTheSame(box: SecretBox, one: string, other: string): boolean {
  if (one === other) return true
  try {
    return box.open(one) === box.open(other)
  } catch (thrown) {
    if (thrown instanceof SecretBoxError) return false
    throw thrown
  }
}

function decrypt({ key, prefix }: SealingKey, iv: Buffer, body: Buffer): string {
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(prefix))
    .setAuthTag(body.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    throw new SecretBoxError('damaged', 'The stored secret is damaged and cannot be decrypted.')
  }
}
