import { AsYouType, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** How many characters of a number, its `+` included, tell its region: a calling code and, where several regions share it, an area. */
export const REGION_PREFIX = 5

/** Endings that make whole numbers of prefixes: some plan has numbers that go on like one of them. */
const ENDINGS = ['5550123456', '7946095812', '2345678901', '0000000000']
const SHORTEST_NUMBER = 7

const known = new Map<string, string>()

/**
 * The region that a number is called in: two letters such as `US`, or the calling code such as `+800` where no region is known.
 *
 * @param prefix how the number begins, `REGION_PREFIX` characters of it, in the form +14155550100.
 * @returns '' for what is no phone number.
 */
export function callingRegion(prefix: string): string {
  let region = known.get(prefix)
  if (region === undefined) known.set(prefix, (region = regionOf(prefix)))
  return region
}

function regionOf(prefix: string): string {
  if (!/^\+\d{2,4}$/.test(prefix)) return ''
  for (const ending of ENDINGS)
    for (let length = SHORTEST_NUMBER; length <= prefix.length + ending.length; length++) {
      const country = parsePhoneNumberFromString((prefix + ending).slice(0, length + 1))?.country
      if (country) return country
    }
  const whole = new AsYouType()
  whole.input(prefix)
  const code = whole.getCallingCode()
  return code === undefined ? '' : `+${code}`
}
