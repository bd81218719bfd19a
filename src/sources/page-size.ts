/** How many records of one list are asked for at once. */
export interface PageSize {
  readonly records: number
  /** Learns from a page that came. */
  came(page: { readonly records: number; readonly characters: number }): void
  /** Learns from a page that was cut off since it was too long to be read. */
  wasTooLong(): void
}

/** The most that Twilio gives (twilio-oai: `PageSize`, maximum 1000). */
const MOST = 1_000
const FEWEST = 10
/** So much JSON is read, parsed and looked through within some ten milliseconds in which nothing else can be done. */
const PAGE_CHARACTERS = 2_000_000

/**
 * As many records as Twilio gives, and fewer where they are long: a page is parsed in one go, and one of long texts would keep
 * everything else waiting meanwhile, or be cut off at each poll anew.
 */
export function createPageSize(most = MOST): PageSize {
  let size = most
  return {
    get records() {
      return size
    },
    came({ records, characters }) {
      const tellsOfMore = records >= size || characters > PAGE_CHARACTERS
      if (!tellsOfMore || records === 0) return
      const fitting = Math.floor((PAGE_CHARACTERS * records) / characters)
      size = Math.min(most, Math.max(FEWEST, fitting))
    },
    wasTooLong() {
      size = Math.max(Math.min(FEWEST, most), Math.floor(size / 10))
    },
  }
}
