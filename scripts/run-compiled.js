import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = dirname(dirname(fileURLToPath(import.meta.url)))

/** Compiles a folder with a tsconfig.json, and the product with it, into the cache folder of that name, then runs `run.ts` in it. */
export function runCompiled(folder, name) {
  const compiled = join(project, 'node_modules', '.cache', name)
  const manifest = createRequire(import.meta.url).resolve('typescript/package.json')
  rmSync(compiled, { recursive: true, force: true })
  mkdirSync(compiled, { recursive: true })
  copyData(compiled)
  run([join(dirname(manifest), 'bin', 'tsc'), '-p', join(folder, 'tsconfig.json')])
  run(['--enable-source-maps', join(compiled, folder, 'run.js'), ...process.argv.slice(2)])
}

function run(parameters) {
  const { status, error } = spawnSync(process.execPath, parameters, { cwd: project, stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

/** The compiler takes only code along; the data beside it, and package.json with the version, are read at run time. */
function copyData(compiled) {
  const keep = (path) => extname(path) === '' || extname(path) === '.json'
  cpSync(join(project, 'src'), join(compiled, 'src'), { recursive: true, filter: keep })
  cpSync(join(project, 'package.json'), join(compiled, 'package.json'))
}
