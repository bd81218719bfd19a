import { createDataSource } from './data-source.js'
import { migrate } from './database.js'

/** Brings the tables up to date; gives the names of what ran. Throws what `pg` throws while the server is away. */
export async function migrateDatabase(url: string): Promise<string[]> {
  const dataSource = await createDataSource({ url }).initialize()
  try {
    return await migrate(dataSource)
  } finally {
    await dataSource.destroy()
  }
}
