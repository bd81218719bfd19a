// Compiles bench/ and what it measures into the cache folder, then runs it: `npm run bench`, or `npm run bench -- <name>`.

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = dirname(dirname(fileURLToPath(import.meta.url)))
const compiled = join(project, 'node_modules', '.cache', 'giftpulse-bench')

function run(parameters) {
  const { status, error } = spawnSync(process.execPath, parameters, { cwd: project, stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

/** The compiler takes only code along; the data beside it, and package.json with the version, are read at run time. */
function copyData() {
  const keep = (path) => extname(path) === '' || extname(path) === '.json'
  cpSync(join(project, 'src'), join(compiled, 'src'), { recursive: true, filter: keep })
  cpSync(join(project, 'package.json'), join(compiled, 'package.json'))
}

const manifest = createRequire(import.meta.url).resolve('typescript/package.json')
rmSync(compiled, { recursive: true, force: true })
mkdirSync(compiled, { recursive: true })
copyData()
run([join(dirname(manifest), 'bin', 'tsc'), '-p', 'bench/tsconfig.json'])
run(['--enable-source-maps', join(compiled, 'bench', 'run.js'), ...process.argv.slice(2)])
