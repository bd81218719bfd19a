import { MongoBackend } from '@agendajs/mongo-backend'
import { PostgresBackend } from '@agendajs/postgres-backend'
import { RedisNotificationChannel } from '@agendajs/redis-backend'
import { InMemoryNotificationChannel, type AgendaBackend, type NotificationChannel } from 'agenda'
import { MongoClient } from 'mongodb'

/** Where Agenda keeps its jobs, and how its processes tell each other of new ones. */
export interface JobStore {
  readonly kind: 'mongodb' | 'postgres'
  /** Connects anew. Rejects while the store is away. */
  connect(): Promise<{ backend: AgendaBackend; channel: NotificationChannel; close(): Promise<void> }>
}

export interface JobStoreSettings {
  readonly mongodbUrl: string | null
  readonly redisUrl: string | null
  /** A new pool on the product's own database, to be ended by whoever asked for it. */
  readonly openPool: () => JobPool
  /** Told of every connection error; the product goes on without jobs. */
  readonly onError: (error: unknown) => void
}

/** A `pg` pool. */
export type JobPool = NonNullable<NonNullable<ConstructorParameters<typeof PostgresBackend>[0]>['pool']>

/** How long one attempt to reach a store may take, in milliseconds. */
const CONNECT_MS = 3_000

export function createJobStore(settings: JobStoreSettings): JobStore {
  const { mongodbUrl } = settings
  return mongodbUrl === null
    ? { kind: 'postgres', connect: () => connectPostgres(settings) }
    : { kind: 'mongodb', connect: () => connectMongo(mongodbUrl, settings) }
}

async function connectMongo(url: string, settings: JobStoreSettings) {
  const client = new MongoClient(url, {
    serverSelectionTimeoutMS: CONNECT_MS,
    connectTimeoutMS: CONNECT_MS,
    socketTimeoutMS: 10_000,
    appName: 'giftpulse',
  })
  client.on('error', settings.onError)
  try {
    await client.connect()
    const database = client.db(databaseOf(url))
    // Agenda's MongoDB backend makes no unique index itself: two processes that start at once would each add every recurring job.
    await database
      .collection('agendaJobs')
      .createIndex(
        { name: 1 },
        { name: 'one_recurring_job_per_name', unique: true, partialFilterExpression: { type: 'single' } },
      )
    return {
      backend: new MongoBackend({ mongo: database, collection: 'agendaJobs' }),
      channel: createChannel(settings),
      close: () => client.close(),
    }
  } catch (failure) {
    await client.close().catch(settings.onError)
    throw failure
  }
}

async function connectPostgres(settings: JobStoreSettings) {
  const pool = settings.openPool()
  pool.on('error', settings.onError)
  try {
    await pool.query('SELECT 1')
    return {
      backend: new PostgresBackend({ pool, disableNotifications: true, tableName: 'agenda_jobs' }),
      channel: createChannel(settings),
      close: () => pool.end(),
    }
  } catch (failure) {
    await pool.end().catch(settings.onError)
    throw failure
  }
}

/** Through Redis where there is one; otherwise processes find each other's jobs when they next look. */
function createChannel({ redisUrl, onError }: JobStoreSettings): NotificationChannel {
  if (redisUrl === null) return new InMemoryNotificationChannel()
  const channel = new RedisNotificationChannel({
    connectionString: redisUrl,
    channelName: 'giftpulse:jobs',
    redisOptions: { maxRetriesPerRequest: 1, connectTimeout: CONNECT_MS },
  })
  channel.on('error', onError)
  return channel
}

/** The database named in the URL, which may list several hosts and so is none that `URL` could read. */
function databaseOf(url: string): string {
  const named = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(url)?.[1]
  return named === undefined ? 'giftpulse' : decodeURIComponent(named)
}
