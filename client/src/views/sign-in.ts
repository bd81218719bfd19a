import { isPossibleKey } from '../access-key.js'
import { brand } from './brand.js'
import { element, setText, show } from './element.js'

const REFUSED = 'This key was refused. It may belong to another installation, or have been changed since.'
const IMPOSSIBLE = 'This cannot be a key: it is empty or has characters that no key has.'

/** Asks for the key; `wasRefused` says that the last one was not valid. */
export function signIn(wasRefused: boolean, submit: (key: string) => void): HTMLElement {
  const input = element('input', {
    id: 'key',
    name: 'key',
    type: 'password',
    autocomplete: 'current-password',
    autocapitalize: 'off',
    spellcheck: 'false',
    'aria-describedby': 'key-fault key-help',
  })
  const fault = element('p', { id: 'key-fault', class: 'fault', role: 'alert' }, wasRefused ? REFUSED : '')
  show(fault, wasRefused)
  if (wasRefused) input.setAttribute('aria-invalid', 'true')
  const form = element(
    'form',
    { class: 'panel' },
    brand(),
    element('label', { for: 'key' }, 'API key'),
    input,
    fault,
    element('button', { class: 'primary' }, 'Sign in'),
    help(),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const key = input.value.trim()
    if (isPossibleKey(key)) return submit(key)
    setText(fault, IMPOSSIBLE)
    show(fault, true)
    input.setAttribute('aria-invalid', 'true')
    input.focus()
  })
  // Focus is possible only once the form is on the page.
  queueMicrotask(() => input.focus())
  return element('main', { class: 'sign-in' }, form)
}

function help(): HTMLElement {
  return element(
    'div',
    { id: 'key-help', class: 'help' },
    element('p', {}, 'Where to find it:'),
    element(
      'ul',
      {},
      element(
        'li',
        {},
        'The very first start printed an address that ends in ',
        element('code', {}, '#key=…'),
        ': open it, and you are in.',
      ),
      element(
        'li',
        {},
        'Later it lies in the file ',
        element('code', {}, 'api-key'),
        ' of the data directory (',
        element('code', {}, 'DATA_DIR'),
        ', ',
        element('code', {}, './data'),
        ' unless set).',
      ),
      element('li', {}, 'Where ', element('code', {}, 'API_KEY'), ' is set, it is that.'),
    ),
  )
}
