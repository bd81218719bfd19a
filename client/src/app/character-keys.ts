import { remember, remembered } from '../components/device-memory.js'

const STORED_AS = 'giftpulse-keys'

/** Whether keys that write a character are shortcuts on this device. */
export function readCharacterKeys(): boolean {
  return remembered(STORED_AS) !== 'off'
}

/** Remembers it on this device where the browser lets it. */
export function storeCharacterKeys(areOn: boolean): void {
  remember(STORED_AS, areOn ? 'on' : 'off')
}
