import { Agent, request } from 'node:http'
import { productKey } from '../test/fixtures/product.js'

const agent = new Agent({ keepAlive: true })

/** One GraphQL operation over one kept connection, with little of its own to measure. Rejects with what was found wrong. */
export function ask(
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${url}/graphql`, {
      method: 'POST',
      agent,
      headers: { 'content-type': 'application/json', 'x-api-key': productKey },
    })
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const { data, errors } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Answer
        if (errors || !data) reject(new Error(JSON.stringify(errors)))
        else resolve(data)
      })
    })
    outgoing.end(JSON.stringify({ query, variables }))
  })
}

interface Answer {
  readonly data?: Record<string, unknown>
  readonly errors?: unknown
}
