/** By how many milliseconds the clock of the server is ahead of the device's, as far as that is known. */
let ahead = 0

/**
 * The clock of the server stood at `time` somewhere between two moments of the device's: what it is ahead by is corrected no further
 * than that shows for certain, so that a slow network makes no right clock wrong. All in milliseconds.
 */
export function serverSaid(time: number, asked: number, answered: number): void {
  ahead = Math.min(Math.max(ahead, time - answered), time - asked)
}

/** Now by the clock of the server, in milliseconds: what its times are compared with, on a device whose own clock may be wrong. */
export function serverNow(): number {
  return Date.now() + ahead
}
