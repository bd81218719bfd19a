// Says which of the files that the sources generate are no longer what they would generate, and how to write them again.
import { readFileSync } from 'node:fs'
import { commandLinePage, schemaFile } from '../dist/cli/documents.js'
import { configurationPage, envExample } from '../dist/config/documents.js'
import { printedSchema } from '../dist/graphql/emit-schema.js'
import { documentSets, typedDocuments } from './typed-documents.js'

const generated = [
  { path: 'schema.graphql', text: printedSchema(), command: 'npm run schema' },
  { path: '.env.example', text: envExample(), command: 'npm run config:docs' },
  { path: 'docs/configuration.md', text: configurationPage(), command: 'npm run config:docs' },
  { path: 'docs/cli.md', text: commandLinePage(), command: 'npm run cli:docs' },
  { path: 'docs/giftpulse.schema.json', text: schemaFile(), command: 'npm run cli:docs' },
  ...(await Promise.all(
    documentSets.map(async (set) => ({
      path: set.target,
      text: await typedDocuments(set, printedSchema()),
      command: 'npm run documents',
    })),
  )),
]

const stale = generated.filter(({ path, text }) => read(path) !== text)
for (const { path, command } of stale) console.error(`${path} is not what the sources say: ${command}`)
if (stale.length > 0) process.exitCode = 1

function read(path) {
  try {
    return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
  } catch {
    return null
  }
}
