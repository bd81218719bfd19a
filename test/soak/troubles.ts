import type { ServerResponse } from 'node:http'
import { MongoClient } from 'mongodb'
import { serverError, slowDrip, tooManyRequests } from '../fixtures/twilio-faults.js'
import type { TcpProxy } from '../fixtures/tcp-proxy.js'
import type { Bed } from '../faults/bed.js'
import { whatIsMissing } from '../faults/surroundings.js'
import type { Need } from '../faults/fault.js'

/** What a soak can do to its services and to the process that may be killed. */
export interface Surroundings {
  readonly bed: Bed
  /** Between the product and MongoDB; null where there is none. */
  readonly mongodb: TcpProxy | null
  /** Ends the process that may die, and starts it again after so many milliseconds. */
  restart(how: 'SIGKILL' | 'SIGTERM', afterMs: number): Promise<void>
}

/** Something that goes wrong for a while. */
export interface Trouble {
  readonly name: string
  readonly needs: readonly Need[]
  /** How long, in seconds, from and to; 0 where it is over at once. */
  readonly seconds: readonly [number, number]
  /** Begins it; what it answers ends it. */
  begin(around: Surroundings): Promise<() => Promise<void> | void> | (() => Promise<void> | void)
}

const over = () => undefined

const troubles: readonly Trouble[] = [
  {
    name: 'kill -9, started again',
    needs: [],
    seconds: [0, 0],
    begin: async ({ restart, bed }) => {
      await restart('SIGKILL', bed.draws.between(0, 8_000))
      return over
    },
  },
  {
    name: 'SIGTERM, started again',
    needs: [],
    seconds: [0, 0],
    begin: async ({ restart }) => {
      await restart('SIGTERM', 0)
      return over
    },
  },
  {
    name: 'Postgres cut off',
    needs: [],
    seconds: [3, 15],
    begin: ({ bed }) => {
      bed.postgres.cut()
      return () => bed.postgres.restore()
    },
  },
  {
    name: 'Postgres frozen',
    needs: [],
    seconds: [3, 15],
    begin: ({ bed }) => {
      bed.postgres.freeze()
      return () => bed.postgres.restore()
    },
  },
  {
    name: 'Postgres crashed',
    needs: ['postgres'],
    seconds: [1, 8],
    begin: async ({ bed }) => {
      await bed.services.postgres?.stop('immediate')
      return () => bed.services.postgres?.start()
    },
  },
  {
    name: 'Redis killed, started again empty',
    needs: ['redis'],
    seconds: [3, 15],
    begin: async ({ bed }) => {
      await bed.services.redis?.kill()
      return () => bed.services.redis?.start()
    },
  },
  {
    name: 'Redis flushed',
    needs: ['redis'],
    seconds: [0, 0],
    begin: async ({ bed }) => {
      await bed.services.redis?.command('FLUSHALL')
      return over
    },
  },
  {
    name: 'MongoDB cut off',
    needs: ['mongodb'],
    seconds: [3, 15],
    begin: ({ mongodb }) => {
      mongodb?.cut()
      return () => mongodb?.restore()
    },
  },
  {
    name: 'MongoDB wiped',
    needs: ['mongodb'],
    seconds: [0, 0],
    begin: async ({ bed }) => {
      const client = await MongoClient.connect(bed.jobs?.url ?? '')
      await client.db().dropDatabase()
      await client.close()
      return over
    },
  },
  twilioAnswers('429', (bed) => (bed.draws.chance(0.8) ? tooManyRequests() : pass)),
  twilioAnswers('5xx', (bed) => serverError(bed.draws.pick([500, 503]))),
  twilioAnswers('a slow drip', () => slowDrip(200)),
  receiverAnswers('500', (response) => void response.writeHead(500).end()),
  receiverAnswers('429', (response) => void response.writeHead(429, { 'retry-after': '2' }).end()),
  {
    name: 'the receiver takes everything and answers nothing',
    needs: [],
    seconds: [5, 20],
    begin: ({ bed }) => {
      const held: ServerResponse[] = []
      bed.http.answerWith((response) => void held.push(response))
      return () => {
        bed.http.answerWith((response) => response.end('ok'))
        for (const response of held) response.end('ok')
      }
    },
  },
]

/** Those that can be made here, and whose name has that in it. */
export function possibleTroubles(bed: Bed, named: string): [Trouble, ...Trouble[]] {
  const [first, ...others] = troubles.filter(
    ({ name, needs }) => name.includes(named) && whatIsMissing(needs, bed.services) === null,
  )
  if (!first) throw new Error(`no trouble that can be made here is named "${named}"`)
  return [first, ...others]
}

const pass = (_exchange: unknown, next: () => void) => next()

function twilioAnswers(
  name: string,
  answer: (bed: Bed) => Parameters<Bed['twilio']['faults']['next']>[0],
): Trouble {
  return {
    name: `Twilio answers ${name}`,
    needs: [],
    seconds: [5, 15],
    begin: ({ bed }) => {
      bed.twilio.faults.next((exchange, next) => answer(bed)(exchange, next), { times: Infinity })
      return () => bed.twilio.faults.clear()
    },
  }
}

function receiverAnswers(name: string, answer: (response: ServerResponse) => void): Trouble {
  return {
    name: `the receiver answers ${name}`,
    needs: [],
    seconds: [5, 15],
    begin: ({ bed }) => {
      bed.http.answerWith(answer)
      return () => bed.http.answerWith((response) => response.end('ok'))
    },
  }
}
