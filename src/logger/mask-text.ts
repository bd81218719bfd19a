const MASK = '***'

/**
 * `user:password@` behind the scheme of a URL; the last @ before the path ends it, as WHATWG URLs read it.
 * The bound on the scheme keeps the search linear on long dotted text.
 */
const urlCredentials = /(\b[a-z][a-z\d+.-]{0,20}:\/\/)[^\s/?#"'<>\\]*@/gi

/** The value of an Authorization header, wherever it is quoted; a plain word ("Basic authentication") is not one. */
const authorization = /\b([Bb]asic|[Bb]earer)\s+(?=[\w.~+/-]*[A-Z\d=])[\w.~+/-]{6,}=*/g

/** The key that the first start prints behind the address of the page. */
const keyFragment = /#key=[^\s"'<>\\]+/gi

/** The text without the credentials that URLs and Authorization headers in it carry. */
export function maskText(text: string): string {
  return text
    .replace(urlCredentials, `$1${MASK}@`)
    .replace(authorization, `$1 ${MASK}`)
    .replace(keyFragment, `#key=${MASK}`)
}
