// A web server that takes the webhooks of GiftPulse: it checks the signature over the bytes as they came, answers at once, and
// knows a repeat by its id, since delivery is at least once. Give the webhook action the same SECRET.
import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'

const { SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD', PORT = '8080' } = process.env
const webhook = new Webhook(SECRET)
// In earnest this is a table with a unique column: ids must outlive the process.
const seen = new Set()

const server = createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  try {
    const { type, text } = webhook.verify(Buffer.concat(chunks).toString('utf8'), request.headers)
    const id = request.headers['webhook-id']
    response.writeHead(204).end()
    if (seen.has(id)) return
    seen.add(id)
    console.log(`${type}: ${text}`)
  } catch (problem) {
    // 4xx: GiftPulse does not try again. A passing trouble of your own should be a 5xx.
    response.writeHead(401).end(problem.message)
  }
})
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
