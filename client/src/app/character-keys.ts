const STORED_AS = 'giftpulse-keys'

/** Whether keys that write a character are shortcuts on this device. */
export function readCharacterKeys(): boolean {
  try {
    return localStorage.getItem(STORED_AS) !== 'off'
  } catch {
    return true
  }
}

/** Remembers it on this device where the browser lets it. */
export function storeCharacterKeys(areOn: boolean): void {
  try {
    localStorage.setItem(STORED_AS, areOn ? 'on' : 'off')
  } catch {
    // Then it lasts until the next reload.
  }
}
