import { existsSync, writeFileSync } from 'node:fs'
import type { ProductEnvironment } from '../../fixtures/product.js'

/** Where distributions put the library of the package `faketime`. */
const places = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib64/faketime/libfaketimeMT.so.1',
  '/usr/lib/faketime/libfaketimeMT.so.1',
]

/** The library that tells a process another time, or null where it is not installed. */
export function fakeTimeLibrary(): string | null {
  return places.find((place) => existsSync(place)) ?? null
}

/** The wall clock of a process, which a test sets; as on a real machine, the clock that never jumps does not follow. */
export class FakeClock {
  readonly env: ProductEnvironment

  /** @param file where the process looks up what time it is */
  constructor(
    private readonly file: string,
    ahead: string,
  ) {
    this.set(ahead)
    this.env = {
      LD_PRELOAD: fakeTimeLibrary() ?? '',
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      DONT_FAKE_MONOTONIC: '1',
    }
  }

  /** How far it is ahead of the right time, such as `+1h`, `-1h` or `+0`; the process knows within a second. */
  set(ahead: string): void {
    writeFileSync(this.file, ahead)
  }
}
