import { createHash, randomBytes, randomUUID } from 'node:crypto'

/** 32 random bytes need no slow hash: nobody guesses them, however fast. */
const SECRET_BYTES = 32
const HINT_CHARACTERS = 4

/** The form of a key: `gp_<id>_<secret>`, the id a UUID without its dashes, the secret as base64url. */
const FORM = /^gp_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([\w-]{43})$/

/** A new key: its text for whoever asked for it, and what is kept of it. */
export function newKeyText(): { text: string; id: string; hash: Buffer; hint: string } {
  const id = randomUUID()
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  const text = `gp_${id.replaceAll('-', '')}_${secret}`
  return { text, id, hash: hashOf(secret), hint: secret.slice(-HINT_CHARACTERS) }
}

/** The parts of a key; null for a text that is none. */
export function readKeyText(text: string): { id: string; secret: string } | null {
  const parts = FORM.exec(text)?.slice(1)
  const secret = parts?.pop()
  return parts && secret ? { id: parts.join('-'), secret } : null
}

/** SHA-256, which is also what is stored of a secret. */
export function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
