// Writes `docs/cli.md` and `docs/giftpulse.schema.json` again: `npm run cli:docs`.
import { writeFileSync } from 'node:fs'
import { commandLinePage, schemaFile } from './documents.js'

const project = new URL('../../', import.meta.url)
writeFileSync(new URL('docs/cli.md', project), commandLinePage())
writeFileSync(new URL('docs/giftpulse.schema.json', project), schemaFile())
