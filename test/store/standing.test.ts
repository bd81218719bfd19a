import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ActionError } from '../../src/actions/handler.js'
import { DeliveryReads } from '../../src/store/delivery-reads.js'
import { readFailing } from '../../src/store/failing-reads.js'
import { FailingRules } from '../../src/store/failing-rules.js'
import { readStanding } from '../../src/store/standing-reads.js'
import { weaknessesOf } from '../../src/watch/weaknesses.js'
import { Delivering, ok } from '../actions/delivering.js'

let delivering: Delivering
beforeAll(async () => {
  delivering = await Delivering.open()
})
afterEach(() => delivering.reset())
afterAll(() => delivering.close())

const standing = () => readStanding(delivering)
const deliver = async () => {
  const dispatcher = delivering.dispatcher()
  await dispatcher.wake()
  await dispatcher.drain(10_000)
}
const refuse = () => {
  delivering.handler.script = () => Promise.reject(new ActionError('refused', '535 no', { permanent: true }))
}
const onlyAction = async () => (await delivering.query<{ id: string }>(`SELECT id FROM actions`))[0]!.id

describe('an action', () => {
  it('fails from the first try that does until one works; nothing is said of one that was never tried', async () => {
    const { name } = await delivering.owe(1)
    expect(await standing()).toMatchObject({ failingActions: {}, workingActions: 0 })
    refuse()
    await deliver()
    expect(await standing()).toMatchObject({ failingActions: { log: [name] }, workingActions: 0 })
    expect(weaknessesOf(await standing())).toEqual([
      {
        code: 'ACTION_FAILS',
        text: `The log action of the rule "${name}" has failed at every try since it last worked: its deliveries say why.`,
      },
    ])
    expect(await readFailing(delivering)).toMatchObject({ rules: [], actions: [{ actionType: 'log' }] })
    delivering.handler.script = async () => ok
    await delivering.fire(1)
    await deliver()
    expect(await standing()).toMatchObject({ failingActions: {}, workingActions: 1 })
    expect(await readFailing(delivering)).toEqual({ rules: [], actions: [] })
  })

  it('has those of its deliveries called failing that were tried in vain since it last worked, given up or not', async () => {
    const reads = new DeliveryReads(delivering)
    const failing = async () => {
      const { rows } = await reads.page({ failing: true }, { first: 50, after: null })
      return rows.map(({ status }) => status)
    }
    const rule = await delivering.owe(1)
    refuse()
    await deliver()
    expect(await failing()).toEqual(['failed'])
    delivering.handler.script = async () => ok
    await delivering.fire(1)
    await deliver()
    // What failed before it worked is over, and so is what was not tried.
    expect(await failing()).toEqual([])
    delivering.handler.script = () => Promise.reject(new ActionError('http-503', 'busy'))
    await delivering.fire(2)
    await deliver()
    await delivering.fire(1)
    expect(await failing()).toEqual(['pending', 'pending'])
    refuse()
    await delivering.makeDue()
    await deliver()
    expect(await failing()).toEqual(['failed', 'failed', 'failed'])
    await delivering.commands.updateRule(rule.id, { enabled: false })
    expect(await failing()).toEqual([])
  })

  it('has what it keeps failing tried again by itself, and not what failed before it last worked', async () => {
    await delivering.owe(1)
    refuse()
    await deliver()
    delivering.handler.script = async () => ok
    await delivering.fire(1)
    await deliver()
    refuse()
    await delivering.fire(1)
    await deliver()
    const which = { alertId: null, ruleId: null, since: null }
    const retry = async (failing: boolean | null) => {
      await delivering.commands.retryFailedDeliveries({ ...which, failing })
      return (await delivering.deliveries()).map(({ status }) => status)
    }
    expect(await retry(true)).toEqual(['failed', 'delivered', 'pending'])
    await deliver()
    expect(await retry(false)).toEqual(['pending', 'delivered', 'failed'])
    expect(await retry(null)).toEqual(['pending', 'delivered', 'pending'])
  })

  it('neither fails nor works any more once its config is another', async () => {
    await delivering.owe(1)
    refuse()
    await deliver()
    await delivering.commands.updateAction(await onlyAction(), { config: { level: 'warn' } })
    expect(await standing()).toMatchObject({ failingActions: {}, workingActions: 0 })
  })

  it('does not count where nobody uses it', async () => {
    const rule = await delivering.owe(1)
    refuse()
    await deliver()
    await delivering.commands.updateRule(rule.id, { enabled: false })
    expect(await standing()).toMatchObject({ failingActions: {} })
  })

  it('fails where its tries kill the process, and each delivery that is given up is told', async () => {
    await delivering.owe(1)
    const givenUp: string[] = []
    const dispatcher = () => delivering.dispatcher({ onGivenUp: (type) => void givenUp.push(type) })
    await delivering.query(
      `UPDATE deliveries SET crashed_tries = 4, lease_token = gen_random_uuid(), lease_until = now() - interval '1 s'`,
    )
    await delivering.query(
      `INSERT INTO delivery_attempts (delivery_id, lease_token) SELECT id, lease_token FROM deliveries`,
    )
    await dispatcher().wake()
    expect(await delivering.delivery()).toMatchObject({ status: 'failed', crashedTries: 5 })
    expect(givenUp).toEqual(['log'])
    expect(await standing()).toMatchObject({ failingActions: { log: [expect.any(String)] } })
  })
})

describe('a rule that throws', () => {
  it('is seen by every process until it is edited, and noted now and then only', async () => {
    const rule = await delivering.core.createRule({ name: 'of mine' }, [{}])
    let now = 0
    const failing = new FailingRules(delivering, () => now)
    await failing.note(rule.id)
    expect(await standing()).toMatchObject({ failingRules: ['of mine'] })
    expect(await readFailing(delivering)).toMatchObject({ rules: [{ name: 'of mine' }] })
    await delivering.query(`UPDATE rules SET failed_at = NULL`)
    now = 4_999
    await failing.note(rule.id)
    expect(await standing()).toMatchObject({ failingRules: [] })
    now = 5_000
    await failing.note(rule.id)
    expect(await standing()).toMatchObject({ failingRules: ['of mine'] })
    await delivering.commands.updateRule(rule.id, { description: 'written otherwise' })
    expect(await standing()).toMatchObject({ failingRules: [] })
  })
})

describe('the time', () => {
  it('is told as the clock of the database has it', async () => {
    const before = await delivering.query<{ at: Date }>('SELECT clock_timestamp() AS at')
    const { databaseTime } = await standing()
    expect(databaseTime.getTime()).toBeGreaterThanOrEqual(before[0]!.at.getTime())
  })
})
