import { formOf, signedForm } from '../../fixtures/signed-by-twilio.js'
import { type Fault, proof } from '../fault.js'
import { endWell } from '../ledgers.js'
import { differenceInTime, otherThan, SIGNIFICANT } from '../refusal-times.js'

const PATH = '/webhooks/twilio'
const callback = { MessageSid: `SM${'0'.repeat(32)}`, MessageStatus: 'delivered' }
const SIGNATURE = 'x-twilio-signature'

export const signatureTimes: Fault = {
  row: 16,
  name: "the time in which a forged signature of Twilio's is refused, 2 x 5,000",
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const broken: string[] = []
    const product = await bed.ready()
    const body = formOf(callback)
    const headers = signedForm(callback, PATH, bed.twilio.authToken, product.url)
    const right = headers[SIGNATURE] ?? ''
    const statusOf = async (signature: string): Promise<number> => {
      const answer = await fetch(product.url + PATH, {
        method: 'POST',
        headers: { ...headers, [SIGNATURE]: signature },
        body,
      })
      await answer.arrayBuffer()
      return answer.status
    }
    // Right but for its end: what is compared from the beginning on finds that out last.
    const nearly = right.replace(/\w(?==*$)/, otherThan)
    const t = await differenceInTime(bed.draws, { nearly, not: otherThan(right) }, async (signature) => {
      const status = await statusOf(signature)
      if (status !== 403) throw new Error(`a forged signature was answered by ${status}`)
    })
    if (Math.abs(t) > SIGNIFICANT) broken.push(`how long a refusal takes tells of a signature: t = ${t}`)
    const [stored] = await bed.database.query<{ count: number }>('SELECT count(*)::int AS count FROM inbox')
    if (stored?.count !== 0) broken.push(`${stored?.count} forged webhooks were stored`)
    const taken = await statusOf(right)
    if (taken >= 300) broken.push(`the right signature was answered by ${taken}`)
    broken.push(...(await endWell(product)))
    return proof({ broken, notes: [`a signature like the right one: t = ${t.toFixed(2)}`] })
  },
}
