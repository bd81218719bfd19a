import { setTimeout as pause } from 'node:timers/promises'
import type { Limits } from '../../src/actions/limits.js'
import type { Connection } from '../../src/store/data-source.js'
import type { Statements } from '../../src/store/database.js'
import { sourceNames } from '../../src/sources/log.js'
import type { SimulatedTwilio } from '../fixtures/simulated-twilio.js'
import { Account, type LivingRecord, stateOf } from './account.js'
import { Process } from './process.js'
import { Receiver } from './receiver.js'
import type { Version } from './reference.js'
import { families, type Scenario, type Settings, type State, type Step } from './steps.js'
import { Stored } from './stored.js'

/** How often everything is swept at the end before it must have come to rest. */
const ROUNDS = 20

/** How often a process may fail to come up in a row. */
const STARTS = 5

export interface Ground {
  readonly connection: Connection
  /** Of the same database, on connections that nobody cuts. */
  readonly observer: Statements
  readonly twilio: SimulatedTwilio
}

/** What became of a sequence of steps. */
export interface Played {
  readonly account: Account
  readonly receiver: Receiver
  readonly stored: Stored
  readonly versions: ReadonlyMap<string, readonly Version[]>
  /** Of each log the states in which it was seen stored, in their order. */
  readonly seen: ReadonlyMap<string, readonly State[]>
  /** What was wrong on the way, in words. */
  readonly broken: readonly string[]
}

/** Plays it on the real thing, then lets it come to rest: all is well again, and time passes. */
export async function play(ground: Ground, given: Scenario): Promise<Played> {
  const { isReadBefore, rules, steps, sendsAMinute } = given
  const playing = new Playing(ground, { emailMaxPerMinute: 0, stormMaxPerMinute: sendsAMinute })
  await playing.stored.empty()
  try {
    if (isReadBefore) await playing.step({ do: 'poll', fault: null })
    for (const rule of rules) await playing.step({ do: 'create', ...rule })
    for (const step of steps) await playing.step(step)
    await playing.rest()
  } finally {
    await playing.end()
  }
  return playing
}

class Playing implements Played {
  readonly account: Account
  readonly receiver = new Receiver()
  readonly stored: Stored
  readonly versions = new Map<string, Version[]>()
  readonly seen = new Map<string, State[]>()
  readonly broken: string[] = []
  private process: Process | null = null
  private readonly stamps = new Map<string, string>()
  /** Leases on deliveries that a dead process left. */
  private orphans: string[] = []
  /** For how many more steps what broke lasts. */
  private downFor = 0
  private planned: { readonly lasts: number } | null = null

  constructor(
    private readonly ground: Ground,
    private readonly limits: Limits,
  ) {
    this.account = new Account(ground.twilio)
    this.stored = new Stored(ground.observer)
  }

  async step(step: Step): Promise<void> {
    if (this.downFor > 0) this.downFor -= 1
    else await this.heal()
    await this.act(step)
    const wentWell = (await this.process?.sweep()) ?? false
    await this.lookAround()
    if (step.do === 'callback' && wentWell) await this.expectTold(step)
    await this.bury()
  }

  /** Until nothing is left to be done. */
  async rest(): Promise<void> {
    this.receiver.answer = 'ok'
    this.account.wellAgain()
    this.process?.wire.disarm()
    this.process?.wire.restore()
    await this.process?.stop()
    this.process = null
    for (let round = 0; round < ROUNDS; round++) {
      await this.stored.expireLeases(await this.stored.leases())
      this.process ??= await this.start()
      await this.stored.letTimePass()
      const read = await this.process.poll()
      await this.process.sweep()
      await this.lookAround()
      if (read.length === sourceNames.length && (await this.stored.left()) === 0) return
    }
    this.broken.push(`it never came to rest: ${await this.stored.left()} things are left to be done`)
  }

  async end(): Promise<void> {
    this.account.wellAgain()
    await this.process?.die()
  }

  /** What it does, as far as there is a process to do it with. What fails on the way fails for whoever asked, as it would in life. */
  private async act(step: Step): Promise<void> {
    const { account, process } = this
    switch (step.do) {
      case 'records':
        for (const what of step.what)
          if ('add' in what) account.add(what.add, what.minutesAgo)
          else account.move(what.move)
        return
      case 'receiver':
        this.receiver.answer = step.answers
        return
      case 'wait':
        await this.stored.expireLeases(this.orphans)
        return this.stored.letTimePass()
      case 'poll':
        return this.poll(step)
      case 'callback': {
        const told = account.callback(step.record, step.older)
        if (!told) return
        for (let n = 0; n < step.times; n++) await process?.callback(told.form).catch(ignore)
        return
      }
      case 'create':
        await process?.rules
          .createRule({
            name: 'a rule',
            ...settingsOf(step.family, step.pattern),
            cooldownMinutes: step.cooldown,
            actions: Array.from({ length: step.actions }, () => ({ actionType: 'log', config: {} })),
          })
          .catch(ignore)
        return
      case 'edit':
      case 'delete':
        return this.changeRule(step)
      case 'crash':
      case 'cut':
        process?.wire.breakAt(step.after, step.moment, step.do === 'crash' ? 'dead' : 'cut')
        this.planned = step
        return
      case 'restart':
        await process?.stop()
        return
    }
  }

  private async poll({ fault }: Extract<Step, { do: 'poll' }>): Promise<void> {
    if (!this.process) return
    await this.ground.observer.query('UPDATE poll_cursors SET next_poll_at = now()')
    if (fault) this.account.fail(fault)
    const read = await this.process.poll()
    this.account.wellAgain()
    for (const source of read) this.account.read.add(source)
    const stored = new Map((await this.stored.logs()).map((log) => [log.sid, log]))
    for (const record of this.account.records) {
      if (!read.includes(record.life.source)) continue
      const log = stored.get(record.sid)
      const { status, errorCode } = stateOf(record)
      if (log?.status !== status || log.code !== textOf(errorCode))
        this.broken.push(
          `a poll that ended well left ${record.sid} ${log?.status} ${log?.code}, where it is ${status} ${errorCode}`,
        )
    }
  }

  private async changeRule(step: Extract<Step, { do: 'edit' | 'delete' }>): Promise<void> {
    const rules = (await this.stored.rules()).filter(({ isDeleted }) => !isDeleted)
    const rule = rules[step.rule % Math.max(1, rules.length)]
    if (!rule || !this.process) return
    const { rules: commands } = this.process
    if (step.do === 'delete') await commands.deleteRule(rule.id).catch(ignore)
    else {
      const family = rule.patternType === 'threshold' ? 1 : 0
      const { change } = step
      const input =
        'pattern' in change
          ? settingsOf(family, change.pattern)
          : 'toggle' in change
            ? { enabled: !rule.enabled }
            : { cooldownMinutes: change.cooldown }
      await commands.updateRule(rule.id, input).catch(ignore)
    }
  }

  /** A status callback that was taken and worked has left its log where it says, or further. */
  private async expectTold(step: Extract<Step, { do: 'callback' }>): Promise<void> {
    const told = this.account.callback(step.record, step.older)
    if (!told || !(await this.stored.isInboxDone())) return
    const { record, form } = told
    const log = (await this.stored.logs()).find(({ sid }) => sid === record.sid)
    const status = form['MessageStatus'] ?? form['CallStatus'] ?? ''
    if (!log || placeOf(record, log.status) < placeOf(record, status))
      this.broken.push(`a callback told that ${record.sid} is ${status}, and it is stored as ${log?.status}`)
  }

  /** Notes what is stored now, and the versions of rules that came with this step. */
  private async lookAround(): Promise<void> {
    if (this.process && this.process.wire.state !== 'open') await this.untilQuiet()
    for (const { sid, status, code } of await this.stored.logs()) {
      const states = this.seen.get(sid) ?? []
      const last = states.at(-1)
      const state = { status, errorCode: code === null ? null : Number(code) }
      if (last?.status === state.status && last.errorCode === state.errorCode) continue
      this.seen.set(sid, [...states, state])
    }
    const after = await this.stored.lastTransition()
    for (const { id, stamp, ...rule } of await this.stored.rules()) {
      if (this.stamps.get(id) === stamp) continue
      this.stamps.set(id, stamp)
      const version = { ...rule, after, count: rule.count ?? 1, windowMinutes: rule.windowMinutes ?? 0 }
      this.versions.set(id, [...(this.versions.get(id) ?? []), version])
    }
  }

  /** What a broken connection had asked for is done or undone, and will not change any more. */
  private async untilQuiet(): Promise<void> {
    while (!(await this.stored.isQuiet())) await pause(1)
  }

  /** Takes a process that died in this step out of the way, and notes what it left. */
  private async bury(): Promise<void> {
    const { process } = this
    if (process && process.ruleFailures.length > 0)
      this.broken.push(`a rule threw: ${process.ruleFailures[0]}`)
    if (!process || process.wire.state === 'open') return
    if (this.planned) this.downFor = this.planned.lasts
    this.planned = null
    if (!process.isDead) return
    await process.die()
    await this.untilQuiet()
    this.orphans = await this.stored.leases()
    this.process = null
  }

  private async heal(): Promise<void> {
    this.process?.wire.restore()
    this.process ??= await this.start()
  }

  /** Whoever runs it starts it again where it does not come up: on a busy machine a connection may take longer than it waits. */
  private async start(): Promise<Process> {
    const { connection, twilio } = this.ground
    for (let tries = 1; ; tries++) {
      try {
        return await Process.start(connection, twilio, this.receiver, this.limits)
      } catch (failure) {
        if (tries === STARTS) throw failure
      }
    }
  }
}

const ignore = () => undefined

function settingsOf(family: number, pattern: number): Settings {
  const settings = families[family] as (typeof families)[number]
  return settings[pattern % settings.length] as Settings
}

function placeOf({ life }: LivingRecord, status: string | null): number {
  return life.states.findIndex((state) => state.status === status)
}

export function textOf(errorCode: number | null): string | null {
  return errorCode === null ? null : String(errorCode)
}
