import { setTimeout as pause } from 'node:timers/promises'
import { reply, startSmtpSink } from '../../actions/smtp-sink.js'
import { unauthorized } from '../../fixtures/twilio-faults.js'
import { type Fault, proof } from '../fault.js'
import { compareLedgers, emailSends, endWell, sendsTo } from '../ledgers.js'
import {
  BEATS_MS,
  beats,
  degradations,
  heartbeatOf,
  noticeTroubles,
  toldOnly,
  untilItBeats,
  untilNoticed,
  untilNoticedOver,
} from '../parts/watching-itself.js'
import { until } from '../until.js'
import { addMessages, CAUGHT_UP_MS, toWebhook, untilSettled, untilSwept, watchFailures } from '../work.js'

export const credentialsRevoked: Fault = {
  row: 45,
  name: 'Twilio revokes the credentials (401), for 90 s: one notice, and one that it is over',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const broken: string[] = []
    const product = await bed.ready(heartbeatOf(bed))
    await watchFailures(product, toWebhook(bed))
    await noticeTroubles(bed, product)
    await untilItBeats(bed)
    // Long enough for the lists to grow stale as well, which is no second piece of news.
    bed.progress('every request is answered 401 for 90 s')
    bed.twilio.requests.clear()
    bed.twilio.faults.next(unauthorized, { times: Infinity })
    addMessages(bed, { failed: 10 })
    await pause(60_000)
    const asked = bed.twilio.requests.entries.length
    // Ten intervals of a second between two tries, three lists: the way up to that included, 12 for each.
    if (asked > 36) broken.push(`${asked} requests in a minute of 401`)
    broken.push(...(await untilNoticed(bed)))
    const beaten = beats(bed)
    await pause(30_000)
    if (beats(bed) > beaten) broken.push('the heartbeat went on')
    broken.push(...toldOnly(bed, 'triggered'))
    if ((await product.status('/readyz')) !== 200) broken.push('/readyz was not 200')
    const { health } = await product.graphql<{ health: { sources: { error: string | null }[] } }>(
      '{ health { sources { error } } }',
    )
    if (health.sources.some(({ error }) => error === null)) broken.push('health did not say what is wrong')
    bed.twilio.faults.clear()
    const recovered = await untilSettled(bed, CAUGHT_UP_MS)
    broken.push(...(await untilNoticedOver(bed)))
    await untilItBeats(bed)
    broken.push(...(await endWell(product)))
    return proof({
      ...(await compareLedgers(bed, sendsTo('/hook', bed))),
      recoveredMs: [recovered],
      broken,
      notes: [`${asked} requests in the first minute`],
    })
  },
}

/** Alerts while the credentials of the receivers are refused; each owes an email and a webhook. */
const REFUSED = 5

export const receiversRefuse: Fault = {
  row: 45,
  name: 'the mail server refuses the password (535) and a chat its token (403 invalid_auth): each delivery is tried once, and it is said',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const broken: string[] = []
    const now = { isRefused: true, logins: 0 }
    const sink = await startSmtpSink({
      disabledCommands: ['STARTTLS'],
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username }, _session, answer) => {
        now.logins += 1
        if (now.isRefused) answer(reply(535, '5.7.8 Username and Password not accepted'))
        else answer(null, { user: username })
      },
    })
    bed.http.answerWith((response, { path }) => {
      if (path === '/chat' && now.isRefused) response.writeHead(403).end('invalid_auth')
      else response.end('ok')
    })
    try {
      const product = await bed.ready({
        ...heartbeatOf(bed),
        SMTP_PORT: String(sink.settings.port),
        SMTP_USER: 'giftpulse',
        SMTP_PASSWORD: 'a password that was right',
      })
      await product.graphql(
        'mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id } } }',
        {
          input: {
            name: 'to whoever refuses',
            patternType: 'ERROR_CODE',
            patternValue: '30003',
            actions: [
              { actionType: 'EMAIL', config: { recipients: ['ops@example.com'] } },
              { actionType: 'WEBHOOK', config: { url: `http://127.0.0.1:${bed.http.port}/chat` } },
            ],
          },
        },
      )
      await untilSwept(product)
      await untilItBeats(bed)
      addMessages(bed, { failed: REFUSED })
      const ends = () =>
        bed.database.query<{ id: string; status: string; tries: number }>(
          'SELECT id, status, attempt_count AS tries FROM deliveries WHERE log_id IS NOT NULL',
        )
      const allAre = async (status: string) =>
        (await ends()).filter((end) => end.status === status).length === 2 * REFUSED
      await until('every delivery was refused', () => allAre('failed'))
      if ((await ends()).some(({ tries }) => tries !== 1)) broken.push('a refused delivery was tried again')
      await until('/readyz says which actions fail', async () => {
        const said = await degradations(product)
        return said.includes('email action') && said.includes('webhook action')
      })
      if ((await product.status('/readyz')) !== 200) broken.push('/readyz was not 200')
      const beaten = beats(bed)
      await pause(BEATS_MS)
      if (beats(bed) > beaten) broken.push('the heartbeat went on although nothing reaches anybody')
      const [logins, posts] = [now.logins, sendsTo('/chat', bed).length]
      if (logins > REFUSED) broken.push(`${logins} logins for ${REFUSED} mails`)
      if (posts > REFUSED) broken.push(`${posts} requests for ${REFUSED} webhooks`)
      await noticeTroubles(bed, product)
      broken.push(...(await untilNoticed(bed, 2)))
      now.isRefused = false
      for (const { id } of await ends())
        await product.graphql('mutation ($id: ID!) { retryDelivery(id: $id) { delivery { id } } }', { id })
      const recovered = await until('what is retried arrives', () => allAre('delivered'))
      await until('/readyz names nothing', async () => (await degradations(product)) === '')
      broken.push(...(await untilNoticedOver(bed, 2)))
      await untilItBeats(bed)
      broken.push(...(await endWell(product)))
      const arrived = new Set([...emailSends(sink.received), ...sendsTo('/chat', bed)])
      return proof({
        missed: (await ends()).filter(({ id }) => !arrived.has(id)).length,
        recoveredMs: [recovered],
        recovery: 'until what is retried has arrived',
        broken,
        notes: [
          `${logins} logins and ${posts} requests for ${REFUSED} alerts, a notice of each action and one of its end, no heartbeat meanwhile`,
        ],
      })
    } finally {
      await sink.stop()
    }
  },
}

export const wrongSecretKey: Fault = {
  row: 45,
  name: 'another SECRET_KEY than that of before: refused at the start; with the right one all goes on',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const broken: string[] = []
    const product = await bed.ready()
    const config = { url: bed.http.url, headers: { Authorization: 'Bearer of the receiver' } }
    await watchFailures(product, { actionType: 'WEBHOOK', config })
    broken.push(...(await endWell(product)))
    addMessages(bed, { failed: 10 })
    const refused = bed.start({ SECRET_KEY: 'another secret than the one before' })
    const { code } = await refused.ended
    if (code !== 1) broken.push(`with the wrong key it ended with ${code}`)
    if (!refused.lines.some((line) => line.includes('SECRET_KEY is not the key')))
      broken.push('it did not say that the key is wrong')
    if (bed.http.received.length > 0) broken.push('something was sent without its secret')
    const restartedAt = performance.now()
    const heir = await bed.ready()
    await untilSettled(bed)
    const recovered = performance.now() - restartedAt
    broken.push(...(await endWell(heir)))
    if (bed.http.received.some(({ headers }) => headers.authorization !== 'Bearer of the receiver'))
      broken.push('a webhook came without the secret that was stored')
    return proof({
      ...(await compareLedgers(bed, sendsTo('/hook', bed))),
      recoveredMs: [recovered],
      broken,
    })
  },
}
