/** Makes a new database with all tables in the folder that is given: `scripts/build.js` lays it beside the code that copies it. */
import { createDataSource } from '../data-source.js'
import { migrate } from '../database.js'
import { openEmbeddedPostgres } from './embedded-postgres.js'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Give the folder that the database is to be made in.')
const postgres = await openEmbeddedPostgres(folder)
const dataSource = await createDataSource({ poolOptions: postgres.poolOptions }).initialize()
await migrate(dataSource)
await dataSource.destroy()
await postgres.stop()
