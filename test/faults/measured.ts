import { spawnSync } from 'node:child_process'

/** The commit that is proven, marked where the sources have been changed since, and the day. @param page what is written itself */
export function measuredAt(page: string): string {
  const isChanged = git('status', '--porcelain', '--', '.', `:!${page}`) !== ''
  const commit = git('rev-parse', '--short=7', 'HEAD') || 'no commit'
  return `${commit}${isChanged ? ' and changes' : ''}, ${new Date().toISOString().slice(0, 10)}`
}

function git(...parameters: string[]): string {
  const { status, stdout } = spawnSync('git', parameters, { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : ''
}
