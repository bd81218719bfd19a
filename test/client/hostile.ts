import type { Page } from 'playwright-core'

/** What somebody may send in a text message, hoping that it runs where it is shown, or leaves no room for anything else. */
export const HOSTILE = `<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>"'{{7*7}}javascript:hack()${'W'.repeat(400)}`

/** What somebody may send for an address, hoping that it runs where it is clicked. */
export const HOSTILE_URL = 'javascript:window.hacked=3'

/** What somebody may write where others write a time, hoping that whoever reads it as one fails. */
export const HOSTILE_MOMENT = '2026-99-99T99:99:99Z'

/** Fields of answers and events whose text comes from outside. */
const TEXTS = new Set([
  'actorName',
  'body',
  'description',
  'errorCode',
  'errorMessage',
  'error',
  'fromNumber',
  'message',
  'name',
  'objectName',
  'response',
  'status',
  'summary',
  'text',
  'title',
  'toNumber',
])

/** Fields that are an address, Twilio's own spelling of them too. */
const URLS = new Set(['consoleUrl', 'media', 'media_url', 'uri', 'url'])

/** Puts the hostile text and address in the place of every such field that the server answers to a query, or tells on the live socket. */
export async function poison(page: Page): Promise<void> {
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: poisoned(await response.json()) })
  })
  await page.routeWebSocket(/\/graphql$/, (socket) => {
    socket.connectToServer().onMessage((message) => {
      const told = JSON.parse(String(message)) as { readonly type: string }
      socket.send(told.type === 'next' ? JSON.stringify(poisoned(told)) : message)
    })
  })
}

function poisoned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(poisoned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (inner === null || typeof inner === 'string') {
        if (TEXTS.has(name)) return [name, HOSTILE]
        if (URLS.has(name)) return [name, HOSTILE_URL]
      }
      if (name === 'changes') return [name, { description: { from: HOSTILE, to: HOSTILE_MOMENT } }]
      // Of a demo no address of Twilio's is shown.
      return [name, name === 'demo' ? false : poisoned(inner)]
    }),
  )
}
