import { type SettingName, settingNames } from './settings.js'

/** More edits than this and the two words are simply different. */
const MOST_EDITS = 4

/** The setting whose name is most like `word`, or null where none is near. */
export function nearestName(word: string, mostEdits = MOST_EDITS): SettingName | null {
  const wanted = word.toUpperCase().replaceAll('-', '_')
  let nearest: { name: SettingName; edits: number } | null = null
  for (const name of settingNames) {
    const edits = editsBetween(wanted, name)
    if (edits <= mostEdits && edits < (nearest?.edits ?? Infinity)) nearest = { name, edits }
  }
  return nearest && nearest.edits < wanted.length / 2 ? nearest.name : null
}

/** The Levenshtein distance: letters to add, drop or change to make one word the other. */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1]
    for (let at = 1; at <= to.length; at += 1) {
      const kept = (row[at - 1] ?? 0) + (letter === to[at - 1] ? 0 : 1)
      next.push(Math.min(kept, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
