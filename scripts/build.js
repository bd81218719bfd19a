// Builds dist/: `node scripts/build.js` always, with `--if-stale` only where a source changed since the last build.
// A build is made aside and swapped in whole, so two at once, or one that fails, never leave half a dist/ behind.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const project = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(project, 'dist')
const stampFile = join(dist, '.build')
// Inside node_modules: ignored by every tool and, unlike the system's temporary folder, on the same disk as dist/.
const workshop = join(project, 'node_modules', '.cache', 'giftpulse')
const sources = [
  'src',
  'client',
  'scripts/build.js',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
]

/** What is compressed; other files are so by themselves. */
const TEXTS = new Set(['.js', '.css', '.html', '.svg'])
/** A smaller file fits into the first packets as it is. */
const WORTH_BYTES = 1_024
/** One above takes more than twice as long for two hundredths less. */
const BROTLI = { [constants.BROTLI_PARAM_QUALITY]: 10 }

/** Makes the database that an embedded installation begins with. */
const EMITTER = join('store', 'embedded', 'emit-new-database.js')

class BuildError extends Error {}

function main() {
  const onlyIfStale = process.argv.includes('--if-stale')
  const stamp = stampOf(sources.flatMap(filesUnder))
  if (onlyIfStale && isCurrent(stamp)) return
  console.log('Building GiftPulse ...')
  const draft = join(workshop, `build-${process.pid}-${Date.now()}`)
  try {
    mkdirSync(draft, { recursive: true })
    runTool('typescript', 'tsc', ['-p', 'tsconfig.build.json', '--outDir', draft])
    copyData(draft)
    if (existsSync(join(draft, EMITTER))) layNewDatabase(draft)
    if (existsSync(join(project, 'client', 'index.html'))) {
      const page = ['--outDir', join(draft, 'client'), '--emptyOutDir', '--logLevel', 'warn']
      runTool('vite', 'vite', ['build', 'client', ...page])
      compressTexts(join(draft, 'client'))
    }
    writeFileSync(join(draft, '.build'), stamp)
    // Another build of the same sources may have ended meanwhile, and its product may already run from dist/.
    if (!(onlyIfStale && isCurrent(stamp))) swapIn(draft)
    console.log('Built.')
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function isCurrent(stamp) {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
}

/** A hash of the paths and contents: a checkout or a copy changes times, but not what would be built. */
function stampOf(files) {
  const hash = createHash('sha256')
  for (const file of files) {
    const content = readFileSync(file)
    hash.update(`${relative(project, file)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** The file itself, or all files in the folder, in a fixed order; none where there is neither. */
function filesUnder(path) {
  const full = join(project, path)
  if (!existsSync(full)) return []
  if (extname(full) !== '') return [full]
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function runTool(packageName, binary, parameters) {
  const require = createRequire(join(project, 'package.json'))
  let manifest
  try {
    manifest = require.resolve(`${packageName}/package.json`)
  } catch {
    throw new BuildError(`${packageName} is not installed: run npm ci, without --omit=dev.`)
  }
  const entry = join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin[binary])
  const { status, error } = spawnSync(process.execPath, [entry, ...parameters], {
    cwd: project,
    stdio: 'inherit',
    // Tests build too, and the page must be the same then: React takes its parts for development otherwise.
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (error) throw new BuildError(`${binary} could not be started: ${error.message}`)
  if (status !== 0) throw new BuildError(`${binary} found the faults above; dist/ is as it was.`)
}

/** The compiler takes only code along; data files are read beside it at run time. */
function copyData(target) {
  for (const file of filesUnder('src').filter((path) => path.endsWith('.json'))) {
    cpSync(file, join(target, relative(join(project, 'src'), file)))
  }
}

/** Lays it beside the code that copies it. It depends on the engine and the migrations only, and takes long to make, so it is kept. */
function layNewDatabase(target) {
  const { version } = JSON.parse(
    readFileSync(join(project, 'node_modules', '@electric-sql', 'pglite', 'package.json'), 'utf8'),
  )
  const tables = stampOf(filesUnder(join('src', 'store', 'migrations'))).slice(0, 16)
  const kept = join(workshop, `new-database-${version}-${tables}`)
  if (!existsSync(kept)) makeNewDatabase(target, kept)
  cpSync(kept, join(target, 'store', 'embedded', 'new-database'), { recursive: true })
}

/** Made aside, in a folder of the build's own, which goes with it; another build of the same may be done first. */
function makeNewDatabase(target, kept) {
  const draft = join(target, 'new-database')
  const { status } = spawnSync(process.execPath, [join(target, EMITTER), draft], {
    cwd: project,
    stdio: 'inherit',
  })
  if (status !== 0) throw new BuildError('the embedded database could not be made; dist/ is as it was.')
  for (const name of readdirSync(workshop))
    if (name.startsWith('new-database-') && join(workshop, name) !== kept)
      rmSync(join(workshop, name), { recursive: true, force: true })
  try {
    renameSync(draft, kept)
  } catch (failure) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(failure.code)) throw failure
    rmSync(draft, { recursive: true })
  }
}

/** Leaves beside each text of the page what of it goes over the wire: `src/http/static-files.ts` serves the copies. */
function compressTexts(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !TEXTS.has(extname(entry.name))) continue
    const file = join(entry.parentPath, entry.name)
    const content = readFileSync(file)
    if (content.length < WORTH_BYTES) continue
    writeFileSync(`${file}.br`, brotliCompressSync(content, { params: BROTLI }))
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
  }
}

/** Puts the finished folder in the place of dist/, whatever other builds do at the same time. */
function swapIn(draft) {
  for (let round = 0; ; round += 1) {
    try {
      renameSync(draft, dist)
      return
    } catch (error) {
      // A folder with something in it cannot be replaced by a rename, so it is moved away first.
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code) || round === 100) throw error
    }
    const old = `${draft}-old-${round}`
    try {
      renameSync(dist, old)
    } catch (error) {
      if (error.code !== 'ENOENT') throw error
    }
    rmSync(old, { recursive: true, force: true })
  }
}

try {
  main()
} catch (error) {
  if (!(error instanceof BuildError)) throw error
  console.error(`The build failed: ${error.message}`)
  process.exitCode = 1
}
