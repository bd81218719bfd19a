import type { Plugin } from 'vite'
import { say } from './src/strings.js'

/** Puts the texts of `strings.ts` into the HTML files, which name them so: `%say.shell.noScript%`. */
export function htmlWords(): Plugin {
  return {
    name: 'html-words',
    // Before Vite looks for variables of the environment, which are written alike.
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replaceAll(/%say\.([\w.]+)%/g, (_, path: string) => textAt(path)),
    },
  }
}

function textAt(path: string): string {
  const text = path
    .split('.')
    .reduce<unknown>((at, step) => (at as Readonly<Record<string, unknown>>)[step], say)
  if (typeof text !== 'string') throw new Error(`An HTML file names say.${path}, which is no text.`)
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
