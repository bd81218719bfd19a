const STORED_AS = 'giftpulse-key'

/** Where the key is kept, in the manner of `sessionStorage`: it must survive a reload, but not the tab. */
export interface KeyStorage {
  getItem(name: string): string | null
  setItem(name: string, value: string): void
  removeItem(name: string): void
}

/** The key in the fragment of the address that the first start prints (`#key=…`); null where there is none. */
export function keyInFragment(fragment: string): string | null {
  const given = /^#?(?:.*&)?key=([^&]+)/.exec(fragment)?.[1]
  if (given === undefined) return null
  try {
    return decodeURIComponent(given)
  } catch {
    return given
  }
}

/** Whether a text could be a key at all: HTTP headers carry visible ASCII only. */
export function isPossibleKey(text: string): boolean {
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text)
}

/** The key of this tab. Where the browser forbids storage it is kept until the next reload. */
export class AccessKey {
  private inMemory: string | null = null

  constructor(private readonly storage: () => KeyStorage) {}

  read(): string | null {
    return this.inMemory ?? this.attempt((storage) => storage.getItem(STORED_AS))
  }

  keep(key: string): void {
    this.inMemory = key
    this.attempt((storage) => storage.setItem(STORED_AS, key))
  }

  forget(): void {
    this.inMemory = null
    this.attempt((storage) => storage.removeItem(STORED_AS))
  }

  private attempt<Result>(use: (storage: KeyStorage) => Result): Result | null {
    try {
      return use(this.storage())
    } catch {
      return null
    }
  }
}
