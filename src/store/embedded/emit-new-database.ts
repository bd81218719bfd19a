/** Writes a new, empty database, packed, to the file that is given: `scripts/build.js` lays it beside the code that unpacks it. */
import { writeFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('Give the file that the database is to be written to.')
const database = await PGlite.create()
const packed = await database.dumpDataDir('gzip')
await database.close()
await writeFile(file, Buffer.from(await packed.arrayBuffer()))
