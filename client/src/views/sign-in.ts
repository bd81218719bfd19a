import { isPossibleKey } from '../access-key.js'
import { brand } from './brand.js'
import { element, setText, show } from './element.js'

const REFUSED = 'This key was refused. It may belong to another installation, or have been changed since.'
const IMPOSSIBLE = 'This cannot be a key: it is empty or has characters that no key has.'

/** Asks for the key; `wasRefused` says that the last one was not valid. */
export function signIn(wasRefused: boolean, submit: (key: string) => void): HTMLElement {
  const input = keyInput()
  const fault = element('p', { id: 'key-fault', class: 'fault', role: 'alert' })
  const say = (words: string | null): void => {
    setText(fault, words ?? '')
    show(fault, words !== null)
    if (words !== null) input.setAttribute('aria-invalid', 'true')
  }
  say(wasRefused ? REFUSED : null)
  const label = element('label', { for: 'key' }, 'API key')
  const button = element('button', { class: 'primary' }, 'Sign in')
  const form = element('form', { class: 'panel' }, brand(), label, account(), input, fault, button, help())
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const key = input.value.trim()
    if (isPossibleKey(key)) return submit(key)
    say(IMPOSSIBLE)
    input.focus()
  })
  // Focus is possible only once the form is on the page.
  queueMicrotask(() => input.focus())
  return element('main', { class: 'sign-in' }, form)
}

function keyInput(): HTMLInputElement {
  return element('input', {
    id: 'key',
    type: 'password',
    autocomplete: 'current-password',
    autocapitalize: 'off',
    spellcheck: 'false',
    'aria-describedby': 'key-fault key-help',
  })
}

/** Password managers want a name to keep a key under. */
function account(): HTMLInputElement {
  return element('input', { type: 'text', autocomplete: 'username', value: 'GiftPulse', hidden: '' })
}

function help(): HTMLElement {
  const code = (text: string): HTMLElement => element('code', {}, text)
  const places = [
    ['The very first start printed an address that ends in ', code('#key=…'), ': open it, and you are in.'],
    [
      'Later it lies in the file ',
      code('api-key'),
      ' of the data directory (',
      code('DATA_DIR'),
      ', ',
      code('./data'),
      ' unless set).',
    ],
    ['Where ', code('API_KEY'), ' is set, it is that.'],
  ]
  const list = element('ul', {}, ...places.map((place) => element('li', {}, ...place)))
  return element('div', { id: 'key-help', class: 'help' }, element('p', {}, 'Where to find it:'), list)
}
