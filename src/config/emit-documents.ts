// Writes `.env.example` and `docs/configuration.md` again: `npm run build && node dist/config/emit-documents.js`.
import { writeFileSync } from 'node:fs'
import { configurationPage, envExample } from './documents.js'

const project = new URL('../../', import.meta.url)
writeFileSync(new URL('.env.example', project), envExample())
writeFileSync(new URL('docs/configuration.md', project), configurationPage())
