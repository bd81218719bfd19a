// Loaded before the command line (`node --import`): kills the process before the step of KILL_AT, counted from 1, of a rotation. Steps
// are the changes of the key files, and the statements that write secrets with the commit behind each.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { isMainThread, MessagePort } from 'node:worker_threads'

const WRITES = /UPDATE (actions SET config|receivers SET secret)/
let steps = 0
const step = () => {
  steps += 1
  if (steps === Number(process.env.KILL_AT)) process.kill(process.pid, 'SIGKILL')
}

if (isMainThread) {
  for (const name of ['link', 'open', 'rename', 'rm']) {
    const original = fs.promises[name]
    fs.promises[name] = (...given) => {
      if (String(given[0]).includes('secret-key')) step()
      return original(...given)
    }
  }
  syncBuiltinESMExports()

  let hasWritten = false
  const { postMessage } = MessagePort.prototype
  MessagePort.prototype.postMessage = function (message, ...rest) {
    const text = message instanceof Uint8Array ? Buffer.from(message).toString('latin1') : ''
    const ends = hasWritten && text.includes('COMMIT')
    if (WRITES.test(text) || ends) step()
    hasWritten = !ends && (hasWritten || WRITES.test(text))
    return postMessage.call(this, message, ...rest)
  }
}
