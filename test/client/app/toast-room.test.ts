import { expect, it } from 'vitest'
import { withAnother } from '../../../client/src/components/toast-room.js'

/** What is shown after toasts of these names came; something waits for the end of those with a capital. */
function after(names: string): string {
  const toasts = [...names].map((name) => ({
    name,
    ...(name === name.toUpperCase() && { ended: () => {} }),
  }))
  const none: readonly { readonly name: string; readonly ended?: () => void }[] = []
  return toasts
    .reduce(withAnother, none)
    .map(({ name }) => name)
    .join('')
}

it('shows the newest four', () => {
  expect(after('abc')).toBe('abc')
  expect(after('abcdef')).toBe('cdef')
})

it('lets a toast go before an older one whose end something waits for', () => {
  expect(after('AbCde')).toBe('ACde')
})

it('shows more than four where none of them may go yet', () => {
  expect(after('ABCDE')).toBe('ABCDE')
  expect(after('ABCDEfg')).toBe('ABCDEg')
})
