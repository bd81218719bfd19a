import { renameSync, writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

// Loaded into a process that is looked at, before the product: at SIGUSR2 it collects its garbage and writes down what is left, in
// bytes. What a process seems to take from the system says little: V8 keeps what it may need again, and gives it back when it likes.

const file = process.env['HELD_FILE'] ?? ''
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

process.on('SIGUSR2', () => {
  collect()
  const { heapUsed, external } = process.memoryUsage()
  writeFileSync(`${file}.new`, String(heapUsed + external))
  renameSync(`${file}.new`, file)
})
