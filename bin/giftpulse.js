#!/usr/bin/env node
// The command line. In a clone that was not built yet it builds first.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const program = new URL('../dist/cli/main.js', import.meta.url)
if (!existsSync(program)) {
  const builder = fileURLToPath(new URL('../scripts/build.js', import.meta.url))
  // The output belongs to the command that was asked for.
  const { status } = spawnSync(process.execPath, [builder], { stdio: ['ignore', 2, 2] })
  if (status !== 0) process.exit(1)
}
await import(program.href)
