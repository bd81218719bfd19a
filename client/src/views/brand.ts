import signAddress from '../../icon.svg'
import { element } from './element.js'

/** The product's sign and name. */
export function brand(): HTMLElement {
  const sign = element('img', { src: signAddress, alt: '', width: '28', height: '28' })
  return element('h1', { class: 'brand' }, sign, 'GiftPulse')
}
