import type { Applied, Change } from './apply-files.js'
import { colors, print, warn } from './terminal.js'

const marks = {
  CREATE: (text: string) => colors.green(`+ ${text}`),
  UPDATE: (text: string) => colors.yellow(`~ ${text}`),
  DELETE: (text: string) => colors.red(`- ${text}`),
  KEEP: (text: string) => `  ${text}`,
}

/** Whether anything differs. */
export const differs = ({ changes }: Applied): boolean => changes.some(({ action }) => action !== 'KEEP')

/** Prints what is done, or would be; what stays as it is only where there is something to say of it. */
export async function showChanges(applied: Applied, done: boolean): Promise<void> {
  for (const warning of applied.warnings) warn(warning)
  for (const { kind, name, action, details } of applied.changes) {
    if (action === 'KEEP' && details.length === 0) continue
    await print(marks[action](`${kind.toLowerCase()} ${JSON.stringify(name)}`))
    for (const detail of details) await print(`    ${detail}`)
  }
  await print(summaryOf(applied.changes, done))
}

function summaryOf(changes: readonly Change[], done: boolean): string {
  const count = (action: Change['action']): number =>
    changes.filter((change) => change.action === action).length
  const words = done
    ? ([
        ['CREATE', 'created'],
        ['UPDATE', 'changed'],
        ['DELETE', 'deleted'],
      ] as const)
    : ([
        ['CREATE', 'to create'],
        ['UPDATE', 'to change'],
        ['DELETE', 'to delete'],
      ] as const)
  const parts = words
    .filter(([action]) => count(action) > 0)
    .map(([action, word]) => `${count(action)} ${word}`)
  if (parts.length === 0) return `Nothing differs: ${count('KEEP')} as the files say.`
  return `${parts.join(', ')}, ${count('KEEP')} unchanged.`
}
