import { PostgresBackend } from '@agendajs/postgres-backend'
import { RedisNotificationChannel } from '@agendajs/redis-backend'
import { InMemoryNotificationChannel, type AgendaBackend, type NotificationChannel } from 'agenda'

/** Where Agenda keeps its jobs, and how its processes tell each other of new ones. */
export interface JobStore {
  readonly kind: 'mongodb' | 'postgres'
  /** Connects anew. Rejects while the store is away. */
  connect(): Promise<{ backend: AgendaBackend; channel: NotificationChannel; close(): Promise<void> }>
}

export interface JobStoreSettings {
  readonly mongodbUrl: string | null
  /** A new connection to Redis, to be ended by whoever asked for it; null where there is none. */
  readonly openRedis: (() => JobRedis) | null
  /** A new pool on the product's own database, to be ended by whoever asked for it. */
  readonly openPool: () => JobPool
  /** Told of every connection error; the product goes on without jobs. */
  readonly onError: (error: unknown) => void
}

/** A `pg` pool. */
export type JobPool = NonNullable<NonNullable<ConstructorParameters<typeof PostgresBackend>[0]>['pool']>

/** An `ioredis` connection. */
export type JobRedis = NonNullable<
  NonNullable<ConstructorParameters<typeof RedisNotificationChannel>[0]>['redis']
>

/** Advisory lock of this product, by number: Agenda's tables are made by one process at a time. */
const TABLES_LOCK = 7_203

/** How long one attempt to reach a store may take, in milliseconds. */
const CONNECT_MS = 3_000

/**
 * How many connections to MongoDB at most, how long one may lie idle, and how long a request may wait for one before it fails, in
 * milliseconds. Jobs run one at a time each: the driver's 100 would be opened by every trouble that lets requests pile up, and kept for
 * ever. What the URL says of these goes first.
 */
const MONGODB_POOL = { maxPoolSize: 10, maxIdleTimeMS: 60_000, waitQueueTimeoutMS: CONNECT_MS } as const

export function createJobStore(settings: JobStoreSettings): JobStore {
  const { mongodbUrl } = settings
  return mongodbUrl === null
    ? { kind: 'postgres', connect: () => connectPostgres(settings) }
    : { kind: 'mongodb', connect: () => connectMongo(mongodbUrl, settings) }
}

async function connectMongo(url: string, settings: JobStoreSettings) {
  // Loaded where there is one only: the two take longer to load than anything else but TypeORM and Apollo.
  const [{ MongoBackend }, { MongoClient }] = await Promise.all([
    import('@agendajs/mongo-backend'),
    import('mongodb'),
  ])
  const client = new MongoClient(url, {
    serverSelectionTimeoutMS: CONNECT_MS,
    connectTimeoutMS: CONNECT_MS,
    socketTimeoutMS: 10_000,
    ...poolSettings(url),
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
    const backend = await connected(new MongoBackend({ mongo: database, collection: 'agendaJobs' }))
    const { channel, end } = createChannel(settings)
    return { backend, channel, close: () => end().finally(() => client.close()) }
  } catch (failure) {
    await client.close().catch(settings.onError)
    throw failure
  }
}

async function connectPostgres(settings: JobStoreSettings) {
  const pool = settings.openPool()
  pool.on('error', settings.onError)
  try {
    const backend = new PostgresBackend({ pool, disableNotifications: true, tableName: 'agenda_jobs' })
    await oneAtATime(pool, () => connected(backend))
    const { channel, end } = createChannel(settings)
    return { backend, channel, close: () => end().finally(() => pool.end()) }
  } catch (failure) {
    await pool.end().catch(settings.onError)
    throw failure
  }
}

/**
 * Connects a backend before Agenda does. Agenda says to nobody that its own attempt failed: the rejection goes unhandled, and
 * everything that it is asked for waits for ever.
 */
async function connected<Backend extends AgendaBackend>(backend: Backend): Promise<Backend> {
  await backend.connect()
  return Object.assign(backend, { connect: async () => undefined })
}

/** Processes that start together would fail over each other's tables (`tuple concurrently updated`). */
async function oneAtATime(pool: JobPool, work: () => Promise<unknown>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [TABLES_LOCK])
    await work()
    await client.query('SELECT pg_advisory_unlock($1)', [TABLES_LOCK])
    client.release()
  } catch (failure) {
    // The lock goes with its connection.
    client.release(true)
    throw failure
  }
}

/** Through Redis where there is one; otherwise processes find each other's jobs when they next look. */
function createChannel({ openRedis, onError }: JobStoreSettings): {
  channel: NotificationChannel
  end: () => Promise<void>
} {
  if (openRedis === null) return { channel: new InMemoryNotificationChannel(), end: () => Promise.resolve() }
  // The channel gives a connection that it opens itself no listener for errors, and takes no settings for it.
  const redis = openRedis()
  redis.on('error', onError)
  const endCopies = keepOneCopy(redis)
  const channel = new RedisNotificationChannel({ redis, channelName: 'giftpulse:jobs' })
  channel.on('error', onError)
  return {
    channel,
    end: async () => {
      // An attempt to subscribe that fails only now would schedule the next one after all timers were cleared.
      channel.connect = () => Promise.resolve()
      await channel.disconnect().catch(onError)
      endCopies()
      redis.disconnect()
    },
  }
}

/**
 * The channel copies its connection for each attempt to subscribe, several in a second while Redis is away, and forgets the copies of those
 * that failed, which reach Redis by themselves later and stay. Each copy ends here with the next one; what is answered ends the last.
 */
function keepOneCopy(redis: JobRedis): () => void {
  let copy: JobRedis | null = null
  const duplicate = redis.duplicate.bind(redis)
  redis.duplicate = (settings) => {
    copy?.disconnect()
    copy = duplicate(settings)
    return copy
  }
  return () => copy?.disconnect()
}

/** Options that the driver is given go before those of the URL, so it is given none that the URL has; it takes them in any case. */
function poolSettings(url: string): Partial<typeof MONGODB_POOL> {
  const options = new URLSearchParams(url.split('?')[1])
  const named = new Set([...options.keys()].map((name) => name.toLowerCase()))
  return Object.fromEntries(Object.entries(MONGODB_POOL).filter(([name]) => !named.has(name.toLowerCase())))
}

/** The database named in the URL, which may list several hosts and so is none that `URL` could read. */
function databaseOf(url: string): string {
  const named = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(url)?.[1]
  return named === undefined ? 'giftpulse' : decodeURIComponent(named)
}
