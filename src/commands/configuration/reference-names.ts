const LONGEST_PART = 60

/** Names the variables of an export: `GIFTPULSE_<rule>_<action>_<place>`, the same each time, and no name twice. */
export class ReferenceNames {
  /** @param taken names that mean something else already */
  constructor(private readonly taken: Set<string>) {}

  /** @param parts from the widest to the narrowest: what it is called, its type, the place in its config */
  next(...parts: readonly string[]): string {
    const wanted = ['GIFTPULSE', ...parts.map(inCapitals)].filter(Boolean).join('_')
    let name = wanted
    for (let round = 2; this.taken.has(name); round += 1) name = `${wanted}_${round}`
    this.taken.add(name)
    return name
  }
}

/** What of a text may stand in the name of a variable; nothing where none of it may. */
function inCapitals(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}+/gu, '')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .slice(0, LONGEST_PART)
    .replaceAll(/^_|_$/g, '')
}
