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

/**
 * AES-256-GCM under a key derived from `secretKey` by scrypt, since people may choose a short one; that takes some
 * 50 ms, so make one box and keep it. The key id in each sealed text tells another key from damage.
 */
export function createSecretBox(secretKey: string): SecretBox {
  // The salt is fixed: every replica must derive the same key from the same setting and nothing else.
  const root = scryptSync(secretKey, 'giftpulse secret box', 32)
  const key = Buffer.from(hkdfSync('sha256', root, '', 'encryption', 32))
  const keyId = Buffer.from(hkdfSync('sha256', root, '', 'key id', 6)).toString('base64url')
  const prefix = `${VERSION}.${keyId}`

  return {
    seal(plain) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(prefix))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${prefix}.${iv.toString('base64url')}.${body.toString('base64url')}`
    },

    open(sealed) {
      if (!SEALED.test(sealed))
        throw new SecretBoxError('not-sealed', 'The stored secret is not in sealed form.')
      const [, id, iv = '', body = ''] = sealed.split('.')
      if (id !== keyId) {
        throw new SecretBoxError('wrong-key', 'The stored secret was encrypted with another SECRET_KEY.')
      }
      return decrypt(key, prefix, Buffer.from(iv, 'base64url'), Buffer.from(body, 'base64url'))
    },
  }
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

function decrypt(key: Buffer, prefix: string, iv: Buffer, body: Buffer): string {
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(prefix))
    .setAuthTag(body.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    throw new SecretBoxError('damaged', 'The stored secret is damaged and cannot be decrypted.')
  }
}
