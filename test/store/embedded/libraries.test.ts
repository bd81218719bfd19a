import 'reflect-metadata'
import { rm } from 'node:fs/promises'
import { Agenda, InMemoryNotificationChannel } from 'agenda'
import { PostgresBackend } from '@agendajs/postgres-backend'
import { Pool } from 'pg'
import { Column, DataSource, Entity, PrimaryGeneratedColumn } from 'typeorm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/store/embedded/embedded-postgres.js'
import { aDatabaseDir } from '../../fixtures/database-dir.js'

@Entity('notes')
class Note {
  @PrimaryGeneratedColumn('uuid')
  id!: string

  @Column({ type: 'text', unique: true })
  title!: string

  @Column({ type: 'jsonb', default: {} })
  details!: Record<string, unknown>
}

let dataDir: string
let database: EmbeddedPostgres

beforeAll(async () => {
  dataDir = await aDatabaseDir()
  database = await openEmbeddedPostgres(dataDir)
})

afterAll(async () => {
  await database.stop()
  await rm(dataDir, { recursive: true, force: true })
})

describe('TypeORM on the embedded database', () => {
  let source: DataSource

  beforeAll(async () => {
    source = await new DataSource({
      type: 'postgres',
      entities: [Note],
      synchronize: true,
      installExtensions: false,
      uuidExtension: 'pgcrypto',
      extra: database.poolOptions,
    }).initialize()
  })

  afterAll(() => source.destroy())

  it('creates, reads, updates and deletes', async () => {
    const notes = source.getRepository(Note)
    const { id } = await notes.save({ title: 'first', details: { tags: ['a'] } })
    expect(await notes.findOneByOrFail({ id })).toMatchObject({ title: 'first', details: { tags: ['a'] } })
    await notes.update({ id }, { title: 'renamed' })
    expect(await notes.countBy({ title: 'renamed' })).toBe(1)
    await notes.delete({ id })
    expect(await notes.countBy({ id })).toBe(0)
  })

  it('runs concurrent transactions as if each were alone, half of them rolled back', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        source.transaction(async (manager) => {
          await manager.insert(Note, { title: `transaction ${i}` })
          const seen = await manager.countBy(Note, { title: `transaction ${i}` })
          if (i % 2 === 1) throw new Error(`changed its mind after ${seen}`)
        }),
      ),
    )
    expect(results.filter((result) => result.status === 'rejected')).toHaveLength(10)
    const kept = await source.getRepository(Note).find({ order: { title: 'ASC' } })
    const even = [0, 2, 4, 6, 8, 10, 12, 14, 16, 18].map((i) => `transaction ${i}`)
    expect(kept.map((note) => note.title)).toEqual([...even].sort())
  })

  it('tells inserted from updated rows in an upsert', async () => {
    const upsert = async (...titles: string[]) => {
      const { raw } = await source
        .createQueryBuilder()
        .insert()
        .into(Note)
        .values(titles.map((title) => ({ title, details: {} })))
        .orUpdate(['details'], ['title'])
        .returning('title, (xmax = 0) AS inserted')
        .execute()
      return raw as unknown
    }
    expect(await upsert('known')).toEqual([{ title: 'known', inserted: true }])
    expect(await upsert('known', 'new')).toEqual([
      { title: 'known', inserted: false },
      { title: 'new', inserted: true },
    ])
  })
})

describe('Agenda on the embedded database', () => {
  it('runs jobs through its Postgres backend', async () => {
    const pool = new Pool(database.poolOptions)
    const agenda = new Agenda({
      backend: new PostgresBackend({ pool, disableNotifications: true }),
      notificationChannel: new InMemoryNotificationChannel(),
      processEvery: 200,
      removeOnComplete: true,
    })
    agenda.on('error', (error) => expect.unreachable(String(error)))
    const done: number[] = []
    agenda.define('note', async (job) => {
      done.push((job.attrs.data as { n: number }).n)
    })
    await agenda.start()
    await Promise.all([1, 2, 3, 4, 5].map((n) => agenda.now('note', { n })))
    await expect.poll(() => [...done].sort(), { timeout: 15_000 }).toEqual([1, 2, 3, 4, 5])
    // With a bound, as the product does: Agenda may wait for ever for a job that it locked and did not run.
    await agenda.drain(2_000)
    await pool.end()
  })
})
