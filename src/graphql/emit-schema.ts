import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { describeSchema } from './schema.js'

/** The committed description of the API, descriptions included; sorted, so that only real changes show. */
export function printedSchema(): string {
  return `# Written by \`npm run schema\`; do not edit.\n\n${printSchema(lexicographicSortSchema(describeSchema()))}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../../schema.graphql', import.meta.url), printedSchema())
}
