// Messages that failed in the last day. `FailingMessagesDocument` carries the types of its answer and its variables, so the compiler
// knows that `nodes` is a list, that `errorCode` may be null, and that `since` must be given.
import { FailingMessagesDocument, type TypedDocumentString } from './documents.js'

const { GIFTPULSE_URL = 'http://127.0.0.1:8000', API_KEY = '' } = process.env
const DAY_MS = 86_400_000

async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await fetch(`${GIFTPULSE_URL}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': API_KEY },
    body: JSON.stringify({ query: document.toString(), variables }),
  })
  const { data, errors } = (await response.json()) as { data?: Result; errors?: { message: string }[] }
  if (data === undefined || errors) throw new Error(errors?.[0]?.message ?? `HTTP ${response.status}`)
  return data
}

const { logs } = await ask(FailingMessagesDocument, { since: new Date(Date.now() - DAY_MS).toISOString() })
for (const { timestamp, twilioSid, errorCode, toNumber, transitions } of logs.nodes) {
  const way = transitions.map(({ status }) => status ?? '-').join(' → ')
  console.log(timestamp, twilioSid, errorCode ?? 'no code', toNumber ?? 'to nobody', way)
}
console.log(`${logs.totalCount} messages failed in the last 24 hours`)
