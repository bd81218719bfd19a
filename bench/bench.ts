import type { Figure } from './figure.js'

/** What the benches run on, as the environment says. */
export interface Setting {
  /** An administrator's URL of a real Postgres (`TEST_DATABASE_URL`), or null. */
  readonly databaseUrl: string | null
  /** `MONGODB_URL` and `TEST_REDIS_URL`: where processes wake each other, or null. */
  readonly mongodbUrl: string | null
  readonly redisUrl: string | null
  /** How many of so many there are to be in this run (`BENCH_SCALE`). */
  scaled(count: number): number
}

/** One row of what is measured. */
export interface Bench {
  /** What it is called on the command line. */
  readonly name: string
  readonly needsPostgres: boolean
  readonly needsBrowser?: true
  run(setting: Setting): Promise<readonly Figure[]> | readonly Figure[]
}
