import { rm } from 'node:fs/promises'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { Client, DatabaseError, type QueryConfig, type QueryResult } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { DatabaseStream } from '../../../src/store/embedded/database-stream.js'
import { openEngine } from '../../../src/store/embedded/engine.js'
import { EngineBrokenError, Multiplexer, type Engine } from '../../../src/store/embedded/multiplexer.js'
import { frontend, messageOfType } from '../../../src/store/embedded/protocol.js'
import { servePort } from '../../../src/store/embedded/serve-port.js'
import { aDatabaseDir } from '../../fixtures/database-dir.js'

let dataDir: string
let engine: Awaited<ReturnType<typeof openEngine>>
let multiplexer: Multiplexer
let clients: Client[] = []

beforeAll(async () => {
  dataDir = await aDatabaseDir()
  engine = await openEngine(dataDir)
  multiplexer = new Multiplexer(engine, (cause) => {
    throw cause
  })
  await (await aClient()).query('CREATE TABLE notes (id int PRIMARY KEY, note text)')
})

afterEach(async () => {
  await Promise.all(clients.map((client) => client.end()))
  clients = []
})

afterAll(async () => {
  await multiplexer.stop()
  await engine.close()
  await rm(dataDir, { recursive: true, force: true })
})

async function openPort(): Promise<MessagePort> {
  const { port1, port2 } = new MessageChannel()
  servePort(multiplexer, port2)
  return port1
}

async function aClient(): Promise<Client> {
  const stream = () => new DatabaseStream(openPort)
  const client = new Client({ stream, user: 'postgres', database: 'postgres', host: 'here', ssl: false })
  await client.connect()
  clients.push(client)
  return client
}

const numbers = (result: QueryResult) => result.rows.map((row: { n: number }) => row.n)

describe('Multiplexer', () => {
  it('keeps equal names of prepared statements of two clients apart', async () => {
    const [one, two] = [await aClient(), await aClient()]
    const ask = (client: Client, text: string) => client.query({ name: 'ask', text, values: [20] })
    for (let round = 0; round < 2; round += 1) {
      expect(numbers(await ask(one, 'SELECT $1::int + 1 AS n'))).toEqual([21])
      expect(numbers(await ask(two, 'SELECT $1::int + 2 AS n'))).toEqual([22])
    }
  })

  it('drops the prepared statements of a client that has left', async () => {
    const leaver = await aClient()
    await leaver.query({ name: 'left behind', text: 'SELECT 42 AS answer' })
    await leaver.end()
    const { rows } = await (
      await aClient()
    ).query("SELECT 1 FROM pg_prepared_statements WHERE statement LIKE '%42 AS answer'")
    expect(rows).toEqual([])
  })

  it('makes others wait until a transaction has ended, and shows them its result', async () => {
    const [one, two] = [await aClient(), await aClient()]
    const events: string[] = []
    await one.query('BEGIN')
    const other = two.query('SELECT note FROM notes WHERE id = 1').then((result) => {
      events.push('the other reads')
      return result.rows
    })
    await one.query("INSERT INTO notes VALUES (1, 'committed')")
    await one.query('COMMIT').then(() => events.push('committed'))
    expect(await other).toEqual([{ note: 'committed' }])
    expect(events).toEqual(['committed', 'the other reads'])
  })

  it('lets new clients connect while a transaction is open', async () => {
    const one = await aClient()
    await one.query('BEGIN')
    await aClient()
    await one.query('COMMIT')
  })

  it('rolls back what a dead client had not committed', async () => {
    const [dying, other] = [await aClient(), await aClient()]
    dying.on('error', () => {})
    await dying.query('BEGIN')
    await dying.query("INSERT INTO notes VALUES (2, 'lost')")
    streamOf(dying).destroy()
    const { rows } = await other.query('SELECT 1 FROM notes WHERE id = 2')
    expect(rows).toEqual([])
  })

  it('rolls back an unfinished cycle of a dead client', async () => {
    const port = await openPort()
    const answered = new Promise((resolve) => port.once('message', resolve))
    const insert = "INSERT INTO notes VALUES (3, 'lost')"
    port.postMessage(
      new Uint8Array(
        Buffer.concat([
          Buffer.from([0, 0, 0, 9, 0, 3, 0, 0, 0]),
          messageOfType(frontend.parse, '', insert, Buffer.alloc(2)),
          messageOfType(frontend.bind, '', '', Buffer.alloc(6)),
          messageOfType(frontend.execute, '', Buffer.alloc(4)),
          messageOfType(frontend.flush),
        ]),
      ),
      [],
    )
    await answered
    port.close()
    const { rows } = await (await aClient()).query('SELECT 1 FROM notes WHERE id = 3')
    expect(rows).toEqual([])
  })

  it('reads a result in portions', async () => {
    const client = await aClient()
    const query = { text: 'SELECT n FROM generate_series(1, 5) AS n', rows: 2 }
    expect(numbers(await client.query(query as QueryConfig))).toEqual([1, 2, 3, 4, 5])
  })

  it('refuses COPY FROM STDIN with an error, and goes on', async () => {
    const client = await aClient()
    const refusal = await client.query('COPY notes FROM STDIN').catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(DatabaseError)
    expect((refusal as Error).message).toContain('the embedded database cannot read COPY data; use INSERT')
    const parameterised = client.query({ text: 'COPY notes FROM STDIN', values: [] })
    await expect(parameterised).rejects.toThrow('cannot read COPY data')
    expect(numbers(await client.query('SELECT 1 AS n'))).toEqual([1])
  })

  it('answers a client that asks for encryption with a plain no', async () => {
    const client = new Client({ stream: () => new DatabaseStream(openPort), ssl: true })
    await expect(client.connect()).rejects.toThrow('does not support SSL')
  })

  it('closes the connection of whoever speaks another protocol, and serves the others', async () => {
    const port = await openPort()
    const closed = new Promise<void>((resolve) => port.once('close', () => resolve()))
    port.postMessage(new Uint8Array(Buffer.from('GET / HTTP/1.1\r\n\r\n')), [])
    await closed
    expect(numbers(await (await aClient()).query('SELECT 1 AS n'))).toEqual([1])
  })

  it('reports an engine that stops in the middle of a cycle', async () => {
    const dead: Engine = { greeting: new Uint8Array(), run: async () => {} }
    const cause = await new Promise((resolve) => {
      const client = new Multiplexer(dead, resolve).connect({ send: () => {}, close: () => {} })
      client.receive(Buffer.from([0, 0, 0, 9, 0, 3, 0, 0, 0]))
      client.receive(messageOfType(frontend.query, 'SELECT 1'))
    })
    expect(cause).toBeInstanceOf(EngineBrokenError)
  })
})

/** The driver keeps its stream to itself, but a death is what happens to the stream. */
function streamOf(client: Client): DatabaseStream {
  return (client as unknown as { connection: { stream: DatabaseStream } }).connection.stream
}
