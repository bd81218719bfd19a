import { inWords } from '../../../components/in-words.js'
import { say } from '../../../strings.js'

/** A name that the API has given; any other, such as that of a header, was given by who wrote it. */
const API_NAME = /^[a-z][A-Za-z]*$/

/** What a changed field is called on the screen: `config.headers.X-Team` is `Headers › X-Team`. */
export function auditField(path: string): string {
  return path
    .replace(/^config\./, '')
    .split('.')
    .map((name) => say.audit.fields[name] ?? (API_NAME.test(name) ? inWords(name) : name))
    .join(' › ')
}
