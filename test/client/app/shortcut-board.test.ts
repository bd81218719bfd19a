import { describe, expect, it } from 'vitest'
import { ShortcutBoard } from '../../../client/src/app/shortcut-board.js'

function aBoard() {
  const done: string[] = []
  const board = new ShortcutBoard()
  const shortcut = (keys: string, does = keys) => ({ keys, does, run: () => void done.push(does) })
  const removeList = board.add({ title: 'list', shortcuts: [shortcut('l', 'list')] })
  board.add({ title: 'everywhere', shortcuts: [shortcut('g l'), shortcut('g o'), shortcut('?')] })
  return { board, done, removeList, shortcut }
}

describe('shortcuts', () => {
  it('are one key, or two after one another', () => {
    const { board, done } = aBoard()
    expect([board.press('g', 0), board.press('l', 500), board.press('?', 600)]).toEqual([false, true, true])
    expect(done).toEqual(['g l', '?'])
  })

  it('forget the first key when the second comes late, or is another', () => {
    const { board, done } = aBoard()
    board.press('g', 0)
    board.press('l', 5_000)
    board.press('g', 6_000)
    board.press('x', 6_100)
    board.press('l', 6_200)
    expect(done).toEqual(['list', 'list'])
  })

  it('are without the single keys where these are switched off', () => {
    const { board, done, shortcut } = aBoard()
    board.add({ title: 'list', shortcuts: [shortcut('Escape'), shortcut('Space')] })
    board.areCharactersOn = false
    for (const key of ['g', 'l', '?', 'Space', 'Escape']) board.press(key, 0)
    expect(done).toEqual(['Escape'])
  })

  it('of what was shown last go first, until it is gone', () => {
    const { board, done, shortcut } = aBoard()
    const remove = board.add({ title: 'dialog', shortcuts: [shortcut('?', 'of the dialog')] })
    board.press('?', 0)
    remove()
    board.press('?', 1)
    expect(done).toEqual(['of the dialog', '?'])
    expect(board.list().map(({ title }) => title)).toEqual(['list', 'everywhere'])
  })
})
