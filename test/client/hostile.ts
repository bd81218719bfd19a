import type { Page } from 'playwright-core'

/** What somebody may send in a text message, hoping that it runs where it is shown. */
export const HOSTILE = `<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>"'{{7*7}}javascript:hack()`

/** Fields of answers whose text comes from outside. */
const TEXTS = new Set([
  'body',
  'errorCode',
  'errorMessage',
  'error',
  'fromNumber',
  'name',
  'status',
  'summary',
  'text',
  'toNumber',
])

/** Puts the hostile text in the place of every such text that the server answers to a query. */
export async function poison(page: Page): Promise<void> {
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: poisoned(await response.json()) })
  })
}

function poisoned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(poisoned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      TEXTS.has(name) && (typeof inner === 'string' || inner === null) ? HOSTILE : poisoned(inner),
    ]),
  )
}
