import { spawn } from 'node:child_process'

/** Runs statements by Postgres's own client, one after the other; rejects with what it complained of. */
export function psql(databaseUrl: string, statements: readonly string[]): Promise<void> {
  const parameters = ['--no-psqlrc', '--quiet', '--set', 'ON_ERROR_STOP=1', '--dbname', databaseUrl]
  for (const statement of statements) parameters.push('--command', statement)
  return new Promise((resolve, reject) => {
    const child = spawn('psql', parameters, { stdio: ['ignore', 'ignore', 'pipe'] })
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
    child.on('error', () => reject(new Error('psql is needed, the client that comes with Postgres')))
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`psql: ${complaint}`))))
  })
}
