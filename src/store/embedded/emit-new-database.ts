/** Makes a new database with all tables in the folder that is given: `scripts/build.js` lays it beside the code that copies it. */
import { pino } from 'pino'
import { Database } from '../database.js'
import { openEmbeddedPostgres } from './embedded-postgres.js'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Give the folder that the database is to be made in.')
const postgres = await openEmbeddedPostgres(folder)
const database = await Database.open({ poolOptions: postgres.poolOptions }, pino({ level: 'silent' }))
await database.close()
await postgres.stop()
