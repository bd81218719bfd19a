// Prints the newest alerts, then each new one as it comes. The page is read first and the subscription begins at the cursor that
// came with it, so nothing that opens between the two is missed. Ctrl+C ends it; so does the number of new alerts in COUNT.
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'

const { GIFTPULSE_URL = 'http://127.0.0.1:8000', API_KEY: apiKey, COUNT = 'Infinity' } = process.env

const FIELDS = 'triggeredAt summary deliveries { status }'

const response = await fetch(`${GIFTPULSE_URL}/graphql`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
  body: JSON.stringify({ query: `{ alerts(first: 10) { feedCursor nodes { ${FIELDS} } } }` }),
})
const { data, errors } = await response.json()
if (errors) throw new Error(errors[0].message)
for (const alert of data.alerts.nodes.toReversed()) print(alert)

let after = data.alerts.feedCursor
const client = createClient({
  url: `${GIFTPULSE_URL.replace('http', 'ws')}/graphql`,
  webSocketImpl: WebSocket,
  connectionParams: { apiKey },
  retryAttempts: Infinity,
  shouldRetry: (problem) => problem?.code !== 4403,
})
const live = client.iterate({
  query: `subscription ($after: String) { alertTriggered(after: $after) { cursor alert { ${FIELDS} } } }`,
  variables: {
    // Asked for again after every cut: it goes on behind what was printed last.
    get after() {
      return after
    },
  },
})
let seen = 0
for await (const { data: event, errors: problems } of live) {
  if (problems) throw new Error(problems[0].message)
  after = event.alertTriggered.cursor
  print(event.alertTriggered.alert)
  if (++seen >= Number(COUNT)) break
}
await client.dispose()

// A summary begins with the name of its rule.
function print({ triggeredAt, summary, deliveries: { length } }) {
  console.log(`${triggeredAt}  ${summary} (${length} ${length === 1 ? 'delivery' : 'deliveries'})`)
}
