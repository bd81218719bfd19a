import type { Plugin, Rollup } from 'vite'

/** `client/src/pages/live/page.tsx` is the page of `/live`. */
const PAGE = /[\\/]pages[\\/](\w+)[\\/]page\.tsx$/
/** The page of `/`, whose file is `index.html`. */
const HOME = 'overview'
/** Asked for as soon as the part that imports it runs; any other part that is imported when it is needed waits for that. */
const AT_ONCE = /[\\/]charts[\\/]plot\.tsx$/

/**
 * Leaves an HTML file for each page of the dashboard, which names the parts that the page is made of: the browser asks for them together
 * with those of every page, and not once these have run. `src/http/page.ts` serves them.
 */
export function pageFiles(): Plugin {
  return {
    name: 'page-files',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const index = bundle['index.html']
      if (index?.type !== 'asset') throw new Error('There is no index.html to make the pages of.')
      const html = String(index.source)
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        const [, page] = PAGE.exec(chunk.facadeModuleId ?? '') ?? []
        if (page === undefined) continue
        const source = html.replace('</head>', `${linksTo(chunk, bundle, html)}</head>`)
        if (page === HOME) index.source = source
        else this.emitFile({ type: 'asset', fileName: `${page}.html`, source })
      }
    },
  }
}

/** To every file that a part needs and `html` does not name yet. */
function linksTo(part: Rollup.OutputChunk, bundle: Rollup.OutputBundle, html: string): string {
  const parts = [...partsOf(part, bundle)]
  const late = parts.flatMap(({ dynamicImports }) =>
    dynamicImports
      .map((file) => bundle[file])
      .filter((one) => isChunk(one) && AT_ONCE.test(one.facadeModuleId ?? '')),
  ) as Rollup.OutputChunk[]
  const all = new Set([...parts, ...late.flatMap((one) => [...partsOf(one, bundle)])])
  const styles = new Set([...all].flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]))
  const links = [
    ...[...all].map(({ fileName }) => ({ rel: 'modulepreload', file: fileName })),
    ...[...styles].map((file) => ({ rel: 'stylesheet', file })),
  ]
  return links
    .filter(({ file }) => !html.includes(`"./${file}"`))
    .map(({ rel, file }) => `  <link rel="${rel}" crossorigin href="./${file}">\n  `)
    .join('')
}

/** A part and all that it imports. */
function partsOf(
  part: Rollup.OutputChunk,
  bundle: Rollup.OutputBundle,
  found = new Set<Rollup.OutputChunk>(),
): ReadonlySet<Rollup.OutputChunk> {
  if (found.has(part)) return found
  found.add(part)
  for (const file of part.imports) {
    const imported = bundle[file]
    if (isChunk(imported)) partsOf(imported, bundle, found)
  }
  return found
}

function isChunk(file: Rollup.OutputBundle[string] | undefined): file is Rollup.OutputChunk {
  return file?.type === 'chunk'
}
