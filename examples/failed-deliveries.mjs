// Lists what could not be delivered, with the last try of each. With --retry each is owed again, at once.
const { GIFTPULSE_URL = 'http://127.0.0.1:8000', API_KEY: apiKey } = process.env

async function ask(query, variables = {}) {
  const response = await fetch(`${GIFTPULSE_URL}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = await response.json()
  if (errors) throw new Error(errors.map(({ message }) => message).join('; '))
  return data
}

let after = null
let count = 0
do {
  const { deliveries } = await ask(
    `query ($after: String) {
      deliveries(filter: { status: [FAILED] }, first: 100, after: $after) {
        nodes { id alert { rule { name } summary } action { actionType } attemptCount attempts { statusCode error } }
        pageInfo { hasNextPage endCursor }
      }
    }`,
    { after },
  )
  for (const { id, alert, action, attemptCount, attempts } of deliveries.nodes) {
    const { error, statusCode } = attempts.at(-1) ?? {}
    console.log(
      `${alert.rule.name}: ${action.actionType} failed after ${attemptCount} ${attemptCount === 1 ? 'try' : 'tries'}: ${error ?? statusCode}`,
    )
    count += 1
    if (process.argv.includes('--retry'))
      await ask('mutation ($id: ID!) { retryDelivery(id: $id) { delivery { status } } }', { id })
  }
  after = deliveries.pageInfo.hasNextPage ? deliveries.pageInfo.endCursor : null
} while (after)
console.log(`${count} failed ${count === 1 ? 'delivery' : 'deliveries'}`)
