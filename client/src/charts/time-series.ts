/** One row of figures over time. */
export interface Series {
  readonly key: string
  readonly name: string
  /** The name of a colour in `tokens.css`. */
  readonly colour: Colour
  /** One for each bucket; null where there is none. */
  readonly values: readonly (number | null)[]
}

export type Colour =
  '--series-1' | '--series-2' | '--series-3' | '--series-4' | '--series-5' | '--series-6' | '--series-other'

const palette: readonly Colour[] = [
  '--series-1',
  '--series-2',
  '--series-4',
  '--series-5',
  '--series-6',
  '--series-3',
]

/** The counts of groups in buckets, as the API gives them. */
export interface Counted {
  readonly groups: readonly { readonly key: string; readonly count: number }[]
  readonly buckets: readonly {
    readonly counts: readonly { readonly key: string; readonly count: number }[]
  }[]
}

/** What the API calls what is beyond the largest groups. */
const OTHER = 'other'

/**
 * A series for each of the largest groups, and one for the rest. A group gets the colour that it likes where no larger one
 * has it already.
 */
export function seriesOf(
  { groups, buckets }: Counted,
  nameOf: (key: string) => string,
  likes: (key: string) => Colour | null,
  most = palette.length,
): readonly Series[] {
  const shown = groups.filter(({ key }) => key !== OTHER).slice(0, most)
  const isShown = new Set(shown.map(({ key }) => key))
  const wanted = new Set(shown.map(({ key }) => likes(key)))
  const taken = new Set<Colour>()
  const take = (key: string): Colour => {
    const liked = likes(key)
    const colour =
      liked !== null && !taken.has(liked)
        ? liked
        : (palette.find((one) => !taken.has(one) && !wanted.has(one)) ??
          palette.find((one) => !taken.has(one)) ??
          '--series-other')
    taken.add(colour)
    return colour
  }
  const series = shown.map(({ key }) => ({
    key,
    name: nameOf(key),
    colour: take(key),
    values: buckets.map(({ counts }) => counts.find((one) => one.key === key)?.count ?? 0),
  }))
  if (groups.length === shown.length) return series
  const rest = buckets.map(({ counts }) =>
    counts.reduce((sum, { key, count }) => (isShown.has(key) ? sum : sum + count), 0),
  )
  return [...series, { key: OTHER, name: nameOf(OTHER), colour: '--series-other', values: rest }]
}

/** Each series on top of those before it, for bars that stand on one another. */
export function stacked(series: readonly Series[]): readonly (readonly number[])[] {
  const sums: number[][] = []
  for (const { values } of series) {
    const below = sums.at(-1)
    sums.push(values.map((value, place) => (value ?? 0) + (below?.[place] ?? 0)))
  }
  return sums
}

/** `part` of `whole` in percent, bucket by bucket; null where there is nothing to compare. */
export function shares(
  part: readonly (number | null)[],
  whole: readonly (number | null)[],
): readonly (number | null)[] {
  return whole.map((all, place) => (all ? ((part[place] ?? 0) / all) * 100 : null))
}
