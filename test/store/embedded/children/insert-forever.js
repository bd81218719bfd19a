// Opens the database in argv[2] and inserts numbered rows for ever; prints each number once its commit is acknowledged.
import { Pool } from 'pg'
import { openEmbeddedPostgres } from '../../../../dist/store/embedded/embedded-postgres.js'

const { poolOptions } = await openEmbeddedPostgres(process.argv[2])
const pool = new Pool(poolOptions)
await pool.query(
  'CREATE TABLE IF NOT EXISTS kept (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text)',
)
for (;;) {
  const { rows } = await pool.query('INSERT INTO kept (note) VALUES ($1) RETURNING id', ['x'.repeat(500)])
  process.stdout.write(`${rows[0].id}\n`)
}
