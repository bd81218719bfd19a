/** How many records of one list are asked for at once. */
export interface PageSize {
  /** How many the next reading of the list asks for from its first page on. */
  begin(): number
  /** Learns from a page that came. */
  came(page: { readonly records: number; readonly characters: number }): void
  /** Learns from a page of so many that was cut off since it was too long to be read. */
  wasTooLong(asked: number): void
}

/** The most that Twilio gives (twilio-oai: `PageSize`, maximum 1000). */
export const LARGEST_PAGE = 1_000
/**
 * What is asked for instead where records are long. Like the largest each divides the 10,000 alerts after which a query ends, so that
 * its last page is a whole one.
 */
const SMALLER_PAGES = [500, 250, 100, 50, 20, 10]
/** So much JSON is read, parsed and looked through within some ten milliseconds in which nothing else can be done. */
const PAGE_CHARACTERS = 2_000_000
/** Fewer say nothing of how long the others are. */
const TELLING_RECORDS = 10

/**
 * As many records as Twilio gives, and fewer where they are long: a page is parsed in one go, and one of long texts would keep
 * everything else waiting meanwhile, or be cut off. The longest page of a reading counts, and after a reading without long ones the next
 * takes one step back to larger pages.
 */
export function createPageSize(most: number): PageSize {
  const sizes = [most, ...SMALLER_PAGES.filter((size) => size < most)]
  const fitting = (limit: number) => sizes.find((size) => size <= limit) ?? (sizes.at(-1) as number)
  let size = most
  /** What would have fitted of the longest page since the list was last begun. */
  let fits: number | null = null
  const learn = (limit: number) => {
    fits = Math.min(fits ?? limit, limit)
    size = Math.min(size, fitting(limit))
  }
  return {
    begin() {
      const larger = sizes[sizes.indexOf(size) - 1]
      if (larger !== undefined && fits !== null && larger <= fits) size = larger
      fits = null
      return size
    },
    came({ records, characters }) {
      if (records >= TELLING_RECORDS || characters > PAGE_CHARACTERS)
        learn((PAGE_CHARACTERS * records) / characters)
    },
    wasTooLong(asked) {
      learn(asked / 10)
    },
  }
}
