import { MASK } from './config-secrets.js'

const KEPT_BYTES = 2048

/**
 * The first 2 kB of what the other side answered, as text that any database stores: no NUL, no lone surrogates, no
 * half characters.
 *
 * @param hidden secrets that an echoing server may send back; each is masked
 */
export function answerText(answer: Buffer | string, hidden: readonly string[] = []): string {
  let text = Buffer.from(answer).toString('utf8').replaceAll('\0', '\uFFFD')
  for (const secret of hidden) text = text.replaceAll(secret, MASK)
  // In stream mode the decoder holds a cut last character back instead of replacing it.
  return new TextDecoder().decode(Buffer.from(text).subarray(0, KEPT_BYTES), { stream: true })
}
