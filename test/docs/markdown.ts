import { readFileSync, readdirSync } from 'node:fs'

/** A fenced block of a document. */
export interface Snippet {
  /** `docs/rules.md:22`, for the words of a failure. */
  readonly place: string
  readonly language: string
  /** What follows the language: what the block is an example of. */
  readonly label: string
  readonly text: string
}

/** A document for people, by its path. */
export interface Page {
  readonly path: string
  readonly text: string
}

export const pages: readonly Page[] = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].map((path) => ({ path, text: readFileSync(path, 'utf8') }))

const FENCE = /^```(\w*) ?(\w*)\n([\s\S]*?)^```$/gm

/** The fenced blocks of every page, in a language. */
export function snippetsIn(language: string): Snippet[] {
  return pages.flatMap(({ path, text }) =>
    [...text.matchAll(FENCE)]
      .filter((found) => found[1] === language)
      .map((found) => ({
        place: `${path}:${lineOf(text, found.index)}`,
        language,
        label: found[2] ?? '',
        text: found[3] ?? '',
      })),
  )
}

/** Where each link of a page leads: `docs/rules.md#threshold`, relative to the project; links out of it are left out. */
export function linksOf({ path, text }: Page): string[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) =>
      target.startsWith('#') ? path + target : new URL(folder + target, 'file:///').href.slice(8),
    )
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    (heading ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
