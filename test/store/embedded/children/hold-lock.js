// Acquires the directory argv[2], writes `in <pid>` and, some milliseconds later, `out <pid>` to the file argv[3].
// Without a file: prints `held` and keeps the directory until its standard input ends.
import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { acquireDataDirLock } from '../../../../dist/store/embedded/data-dir-lock.js'

const [, , directory, file] = process.argv
const release = await acquireDataDirLock(directory, { waitMs: 25_000 })
if (file) {
  appendFileSync(file, `in ${process.pid}\n`)
  await sleep(20)
  appendFileSync(file, `out ${process.pid}\n`)
} else {
  process.stdout.write('held\n')
  for await (const _ of process.stdin);
}
await release()
