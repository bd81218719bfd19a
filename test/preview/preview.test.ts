import { describe, expect, it } from 'vitest'
import type { RuleSettings } from '../../src/commands/rule-input.js'
import { createPreview, type RulePreview, type Trial } from '../../src/preview/preview.js'
import type { History } from '../../src/preview/history.js'
import { PatternType } from '../../src/rules/rule.js'
import { aRuleSettings } from '../fixtures/core.js'
import { at, scriptedHistory } from './scripted-history.js'

const day = { since: at(0), until: at(24) }

function tried(
  history: History,
  settings: Partial<RuleSettings> = {},
  trial: Partial<Trial> = {},
  elapsed = () => 0,
): Promise<RulePreview> {
  const usual = { actionCount: 2, span: day, includeBackfilled: false, textAsJudged: null }
  return createPreview(
    history,
    elapsed,
  )({ settings: { ...aRuleSettings(), ...settings }, ...usual, ...trial })
}

const opened = ({ alerts }: RulePreview) => alerts.map(({ logId, matchCount }) => `${logId} × ${matchCount}`)

describe('a preview', () => {
  it('tells matches and alerts, newest first, with what each alert would owe', async () => {
    const preview = await tried(
      scriptedHistory([
        { sid: 'SM1', time: at(1) },
        { sid: 'SM2', time: at(2), states: [{ at: at(2), errorCode: null }, { at: at(3) }] },
        { sid: 'SM3', time: at(4), states: [{ at: at(4), errorCode: '30005' }] },
      ]),
    )
    expect(preview).toMatchObject({
      logCount: 3,
      matchCount: 2,
      alertCount: 2,
      deliveryCount: 4,
      matches: [
        { logId: 'SM2', at: at(3) },
        { logId: 'SM1', at: at(1) },
      ],
      alerts: [
        { logId: 'SM2', triggeredAt: at(3), matchCount: 1, deliveryCount: 2 },
        { logId: 'SM1', triggeredAt: at(1), summary: 'a rule: message SM1 failed with error 30003' },
      ],
      isComplete: true,
      warnings: [],
    })
  })

  it('lets a cooldown run by the time at which each state was stored', async () => {
    const history = scriptedHistory([
      { sid: 'SM1', time: at(1) },
      { sid: 'SM2', time: at(1, 29) },
      // It happened inside the cooldown, but was known only after it.
      { sid: 'SM3', time: at(1, 20), states: [{ at: at(1, 30) }] },
      { sid: 'SM4', time: at(1, 59) },
    ])
    expect(opened(await tried(history, { cooldownMinutes: 30 }))).toEqual(['SM3 × 2', 'SM1 × 2'])
  })

  it('searches no text before the poll that brought it after a webhook', async () => {
    const pushed = (sid: string, minute: number) => ({
      sid,
      time: at(1, minute),
      text: 'a code',
      states: [{ at: at(1, minute) }, { at: at(1, 5), completes: true }],
    })
    const rule = { patternType: PatternType.REGEX, patternValue: 'a code', cooldownMinutes: 1 }
    expect(opened(await tried(scriptedHistory([pushed('SM1', 0), pushed('SM2', 2)]), rule))).toEqual([
      'SM1 × 2',
    ])
  })

  it('keeps its clock from going back where two stored at once', async () => {
    const history = scriptedHistory([
      { sid: 'SM1', time: at(1), states: [{ at: at(3, 1) }] },
      { sid: 'SM2', time: at(2), states: [{ at: at(3) }] },
    ])
    expect((await tried(history)).alerts).toMatchObject([
      { logId: 'SM2', triggeredAt: at(3, 1) },
      { logId: 'SM1', triggeredAt: at(3, 1) },
    ])
  })

  it('lets a threshold fire again at the first match after its cooldown', async () => {
    const threshold = {
      patternType: PatternType.THRESHOLD,
      patternValue: 'code:30003',
      thresholdCount: 2,
      thresholdWindowMinutes: 60,
    }
    const history = scriptedHistory(
      [0, 20, 40, 60, 80].map((minute) => ({ sid: `SM${minute}`, time: at(1, minute) })),
    )
    expect(opened(await tried(history, threshold))).toEqual(['SM20 × 5'])
    expect(opened(await tried(history, { ...threshold, cooldownMinutes: 30 }))).toEqual([
      'SM60 × 2',
      'SM20 × 3',
    ])
  })

  it('counts what lies before the span in windows that reach into it, and calls it no match', async () => {
    const history = scriptedHistory([
      { sid: 'SM1', time: at(-1, 10) },
      { sid: 'SM2', time: at(-1, 50) },
      { sid: 'SM3', time: at(0, 5) },
    ])
    const preview = await tried(history, {
      patternType: PatternType.THRESHOLD,
      thresholdCount: 2,
      thresholdWindowMinutes: 20,
      patternValue: null,
    })
    expect(preview).toMatchObject({ logCount: 1, matchCount: 1, alertCount: 1 })
    expect(opened(preview)).toEqual(['SM3 × 2'])
  })

  it('fires nothing for backfilled logs, and says so', async () => {
    const history = scriptedHistory([
      { sid: 'SM1', time: at(1), backfilled: true, states: [{ at: at(9) }] },
      { sid: 'SM2', time: at(2), backfilled: true, states: [{ at: at(9), errorCode: null }, { at: at(10) }] },
    ])
    const preview = await tried(history)
    expect(opened(preview)).toEqual(['SM2 × 1'])
    expect(preview.warnings).toEqual([expect.stringMatching(/^1 matching log opened no alert/)])
  })

  it('judges backfilled logs as if they had been read when they came to be, where asked to', async () => {
    const history = scriptedHistory([
      // A first sweep reads the newest page first.
      { sid: 'SM2', time: at(2), backfilled: true, states: [{ at: at(9) }] },
      { sid: 'SM1', time: at(1), backfilled: true, states: [{ at: at(9) }] },
    ])
    const preview = await tried(history, { cooldownMinutes: 30 }, { includeBackfilled: true })
    expect(preview.alerts).toMatchObject([
      { logId: 'SM2', triggeredAt: at(2) },
      { logId: 'SM1', triggeredAt: at(1) },
    ])
    expect(preview.warnings).toEqual([])
  })

  it('divides the span into equal parts of a round width, by the time of the logs', async () => {
    const { buckets } = await tried(
      scriptedHistory([{ sid: 'SM1', time: at(1, 40), states: [{ at: at(20) }] }]),
    )
    expect(buckets).toHaveLength(48)
    expect(buckets.slice(2, 5)).toEqual([
      { from: at(1), matches: 0, alerts: 0 },
      { from: at(1, 30), matches: 1, alerts: 1 },
      { from: at(2), matches: 0, alerts: 0 },
    ])
  })

  it('lists the newest 100 and counts all', async () => {
    const logs = Array.from({ length: 250 }, (_, n) => ({ sid: `SM${n}`, time: at(1, n) }))
    const preview = await tried(scriptedHistory(logs))
    expect(preview).toMatchObject({ matchCount: 250, alertCount: 250 })
    expect(preview.matches.map(({ logId }) => logId)).toEqual(
      logs
        .map(({ sid }) => sid)
        .slice(-100)
        .toReversed(),
    )
    expect(preview.alerts).toHaveLength(100)
  })

  it('stops when its time is over, and says how far back it came', async () => {
    let slices = 0
    const history = scriptedHistory(
      Array.from({ length: 10 }, (_, hour) => ({ sid: `SM${hour}`, time: at(hour) })),
      () => (slices += 1),
    )
    const preview = await tried(history, {}, {}, () => slices * 3_000)
    expect(preview).toMatchObject({ logCount: 6, matchCount: 6, isComplete: false })
    expect(preview.warnings).toEqual([expect.stringContaining(`since ${at(4).toISOString()}`)])
  })
})
