import { afterEach, describe, expect, it } from 'vitest'
import type { SimulatorOptions } from '../../src/demo/twilio-simulator.js'
import { simulatedTwilio, type SimulatedTwilio } from '../fixtures/simulated-twilio.js'
import type { Order } from '../fixtures/scripted-world.js'
import { twilioClient } from '../fixtures/twilio-client.js'

const noon = Date.parse('2026-08-18T12:00:00Z')
const minutesAfterNoon = (minutes: number) => new Date(noon + minutes * 60_000)

let running: SimulatedTwilio | null = null

async function start(
  options: Partial<Omit<SimulatorOptions, 'world'>> & { readonly order?: Order } = {},
): Promise<{ twilio: SimulatedTwilio; client: ReturnType<typeof twilioClient> }> {
  const twilio = await simulatedTwilio(options)
  running = twilio
  return { twilio, client: twilioClient(twilio, twilio.accountSid, twilio.authToken) }
}

afterEach(async () => {
  await running?.stop()
  running = null
})

describe('the lists', () => {
  it('give 50 records a page unless told, newest first, with a relative next link in the 2010 API', async () => {
    const { twilio, client } = await start()
    const sids = Array.from({ length: 51 }, (_, n) => twilio.world.addMessage({}, minutesAfterNoon(n)).sid)
    const first = await client.messages.page()
    expect(first.instances.map(({ sid }) => sid)).toEqual(sids.toReversed().slice(0, 50))
    const answer = await rawGet(twilio, `/2010-04-01/Accounts/${twilio.accountSid}/Messages.json`)
    expect(answer).toMatchObject({ page: 0, page_size: 50, start: 0, end: 49, previous_page_uri: null })
    expect(answer['next_page_uri']).toMatch(/^\/2010-04-01\/.*PageToken=PASM/)
  })

  it('lose and repeat nothing while records come in at the head between pages', async () => {
    const { twilio, client } = await start()
    const sids = Array.from({ length: 7 }, (_, n) => twilio.world.addCall({}, minutesAfterNoon(n)).sid)
    const seen: string[] = []
    const first = await client.calls.page({ pageSize: 2 })
    let page: Pick<typeof first, 'instances' | 'nextPage'> = first
    for (let n = 0; ; n += 1) {
      seen.push(...page.instances.map(({ sid }) => sid))
      twilio.world.addCall({}, minutesAfterNoon(100 + n))
      const next = await page.nextPage()
      if (!next) break
      page = next
    }
    expect(seen).toEqual(sids.toReversed())
    expect(twilio.requests.entries.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  })

  it('keep the filters in the next link', async () => {
    const { twilio, client } = await start()
    const wanted = [1, 3, 5].map(
      (n) => twilio.world.addMessage({ to: '+12025550101' }, minutesAfterNoon(n)).sid,
    )
    for (const n of [2, 4, 6]) twilio.world.addMessage({}, minutesAfterNoon(n))
    const found = await client.messages.list({ to: '+12025550101', pageSize: 1 })
    expect(found.map(({ sid }) => sid)).toEqual(wanted.toReversed())
  })

  it('page alerts by an absolute link to Twilio’s own host, without the fields of the instance', async () => {
    const { twilio, client } = await start()
    const sids = [1, 2, 3].map((n) => twilio.world.addAlert({}, minutesAfterNoon(n)).sid)
    const answer = await rawGet(twilio, '/v1/Alerts?PageSize=2')
    const { meta, alerts } = answer as { meta: { next_page_url: string }; alerts: object[] }
    expect(meta.next_page_url).toMatch(/^https:\/\/monitor\.twilio\.com\/v1\/Alerts\?.*PageToken=PANO/)
    expect(alerts[0]).not.toHaveProperty('response_body')
    const listed = await client.monitor.v1.alerts.list({ pageSize: 2 })
    expect(listed.map(({ sid }) => sid)).toEqual(sids.toReversed())
    const fetched = await client.monitor.v1.alerts(sids[0] ?? '').fetch()
    expect(fetched.responseBody).toBe('<html>502</html>')
    expect(fetched.dateGenerated).toEqual(minutesAfterNoon(1))
  })

  it('end after 10,000 alerts', async () => {
    const { twilio, client } = await start()
    for (let n = 0; n < 10_050; n += 1) twilio.world.addAlert({}, minutesAfterNoon(n))
    expect(await client.monitor.v1.alerts.list({ pageSize: 1000 })).toHaveLength(10_000)
  })

  it('can be ordered by the date of sending, as a message scheduled long ago shows', async () => {
    const scheduledLongAgo = { date_sent: 'Tue, 18 Aug 2026 12:30:00 +0000' }
    for (const order of ['created', 'sent'] as const) {
      const { twilio, client } = await start({ order })
      const old = twilio.world.addMessage(scheduledLongAgo, minutesAfterNoon(-600)).sid
      const young = twilio.world.addMessage({}, minutesAfterNoon(0)).sid
      const listed = (await client.messages.list({ pageSize: 10 })).map(({ sid }) => sid)
      expect(listed).toEqual(order === 'sent' ? [old, young] : [young, old])
      await twilio.stop()
    }
    running = null
  })

  it('refuse a page over 1000 (20007) and a token that leads nowhere (21481)', async () => {
    const { twilio, client } = await start()
    const sid = twilio.world.addMessage({}, minutesAfterNoon(0)).sid
    twilio.world.addMessage({}, minutesAfterNoon(1))
    twilio.world.addMessage({}, minutesAfterNoon(2))
    await expect(client.messages.page({ pageSize: 1001 })).rejects.toMatchObject({ status: 400, code: 20007 })
    const first = await client.messages.page({ pageSize: 2 })
    expect((await first.nextPage())?.instances.map((one) => one.sid)).toEqual([sid])
    for (const { sid: shown } of first.instances) twilio.world.remove(shown)
    await expect(first.nextPage()).rejects.toMatchObject({ status: 400, code: 21481 })
  })
})

describe('date filters', () => {
  const late = minutesAfterNoon(30)

  it('cut a datetime to its day, or honour the second, as told', async () => {
    for (const dateGranularity of ['day', 'second'] as const) {
      const { twilio, client } = await start({ dateGranularity })
      const early = twilio.world.addCall({}, minutesAfterNoon(0)).sid
      const young = twilio.world.addCall({}, late).sid
      const found = await client.calls.list({ startTimeAfter: minutesAfterNoon(10), pageSize: 10 })
      expect(found.map(({ sid }) => sid)).toEqual(dateGranularity === 'day' ? [young, early] : [young])
      await twilio.stop()
    }
    running = null
  })

  it('leave the named day out before it for calls and take it in for messages', async () => {
    const { twilio, client } = await start()
    twilio.world.addCall({}, late)
    twilio.world.addMessage({}, late)
    expect(await client.calls.list({ startTimeBefore: late, pageSize: 10 })).toHaveLength(0)
    expect(await client.messages.list({ dateSentBefore: late, pageSize: 10 })).toHaveLength(1)
  })

  it('never show a record without that date', async () => {
    const { twilio, client } = await start()
    twilio.world.addMessage({ status: 'queued', date_sent: null }, late)
    twilio.world.addCall({ status: 'queued', start_time: null, end_time: null }, late)
    expect(await client.messages.list({ dateSentAfter: new Date(noon), pageSize: 10 })).toHaveLength(0)
    expect(await client.calls.list({ startTimeAfter: new Date(noon), pageSize: 10 })).toHaveLength(0)
  })

  it('honour the second for alerts, both ends included, and select by level', async () => {
    const { twilio, client } = await start()
    const [, second] = [0, 1, 2].map((n) => twilio.world.addAlert({}, minutesAfterNoon(n)).sid)
    twilio.world.addAlert({ log_level: 'warning' }, minutesAfterNoon(1))
    const at = minutesAfterNoon(1)
    const found = await client.monitor.v1.alerts.list({ startDate: at, endDate: at, logLevel: 'error' })
    expect(found.map(({ sid }) => sid)).toEqual([second])
  })

  it('refuse what is no date with 20001', async () => {
    const { twilio } = await start()
    const path = `/2010-04-01/Accounts/${twilio.accountSid}/Messages.json?DateSent==>2026-01-01`
    expect(await rawGet(twilio, path)).toMatchObject({ status: 400, code: 20001 })
  })
})

describe('one record', () => {
  it('is fetched by its SID with Twilio’s date and number forms, and shows a later change', async () => {
    const { twilio, client } = await start()
    const { sid } = twilio.world.addMessage({ status: 'sent' }, minutesAfterNoon(0))
    twilio.world.update(sid, { status: 'undelivered', error_code: 30003 }, minutesAfterNoon(2))
    const fetched = await client.messages(sid).fetch()
    expect(fetched).toMatchObject({ status: 'undelivered', errorCode: 30003, numSegments: '1' })
    expect(fetched.dateUpdated).toEqual(minutesAfterNoon(2))
    const raw = await rawGet(twilio, `/2010-04-01/Accounts/${twilio.accountSid}/Messages/${sid}.json`)
    expect(raw['date_created']).toBe('Tue, 18 Aug 2026 12:00:00 +0000')
  })

  it('that is gone, or another kind of record, is 404 / 20404', async () => {
    const { twilio, client } = await start()
    const call = twilio.world.addCall().sid
    const removed = twilio.world.addCall().sid
    twilio.world.remove(removed)
    await expect(client.calls(removed).fetch()).rejects.toMatchObject({ status: 404, code: 20404 })
    await expect(client.messages(call).fetch()).rejects.toMatchObject({ status: 404, code: 20404 })
  })
})

describe('credentials', () => {
  it('are the account’s token or an API key; anything else is 401 / 20003', async () => {
    const key = `SK${'a'.repeat(32)}`
    const { twilio } = await start({ apiKeys: { [key]: 'key-secret' } })
    twilio.world.addMessage()
    const withKey = twilioClient(twilio, key, 'key-secret', twilio.accountSid)
    expect(await withKey.messages.list({ pageSize: 10 })).toHaveLength(1)
    const refused = { status: 401, code: 20003 }
    const wrongToken = twilioClient(twilio, twilio.accountSid, 'wrong')
    await expect(wrongToken.messages.list({ pageSize: 10 })).rejects.toMatchObject(refused)
    const wrongKey = twilioClient(twilio, `SK${'b'.repeat(32)}`, 'key-secret', twilio.accountSid)
    await expect(wrongKey.monitor.v1.alerts.list({ pageSize: 10 })).rejects.toMatchObject(refused)
    const bare = await fetch(`${twilio.url}/v1/Alerts`)
    expect(bare.status).toBe(401)
  })

  it('do not reach another account', async () => {
    const { twilio, client } = await start()
    twilio.world.addMessage()
    const other = client.api.v2010.accounts(`AC${'f'.repeat(32)}`)
    await expect(other.messages.list({ pageSize: 10 })).rejects.toMatchObject({ status: 404, code: 20404 })
  })
})

async function rawGet(twilio: SimulatedTwilio, path: string): Promise<Record<string, unknown>> {
  const authorization = `Basic ${btoa(`${twilio.accountSid}:${twilio.authToken}`)}`
  const response = await fetch(twilio.url + path, { headers: { authorization } })
  return (await response.json()) as Record<string, unknown>
}
