import { vi } from 'vitest'
import { PATIENCE } from './browser.js'
import { makeReceiver, sendTo } from './receivers.js'
import type { StartedProduct } from './started-product.js'

export interface EveryPage {
  readonly path: string
  /** What tells that it is there. */
  readonly sign: string
  /** Who does not administer is told so in its place. */
  readonly isForAdministrators?: true
}

/** All pages there are, those of one log, alert, rule and receiver too. */
export async function everyPageOf(product: StartedProduct): Promise<readonly EveryPage[]> {
  // The first sweep brings much to judge, and a rule is made in its turn.
  await vi.waitUntil(() => product.isRead(), { ...PATIENCE, interval: 500 })
  const { id, url } = await makeReceiver(product, 'backups')
  await sendTo(url, { id: 'night-1', status: 'failed', message: 'The disk is full' })
  const { createRule } = await product.ask<{ createRule: { rule: { id: string } } }>(RULE)
  const alert = await vi.waitUntil(() => triedAlert(product, createRule.rule.id), {
    ...PATIENCE,
    interval: 250,
  })
  const [log] = await product.logIds(1)
  return [
    { path: '', sign: '.overview .plot canvas' },
    { path: 'live', sign: '.log' },
    { path: 'logs', sign: '.log' },
    { path: `logs?log=${log}`, sign: '.timeline li' },
    { path: 'alerts', sign: 'a.alert' },
    { path: `alerts/${alert}`, sign: '.attempt' },
    { path: 'deliveries', sign: '.delivery-row' },
    { path: 'actions', sign: '.action-row' },
    { path: 'rules', sign: '.rule-row' },
    { path: `rules/${createRule.rule.id}`, sign: '.preview-found' },
    { path: 'rules/new', sign: '.rule-editor' },
    { path: 'settings', sign: '.setting-facts' },
    { path: 'settings/keys', sign: 'main .panel', isForAdministrators: true },
    { path: 'settings/receivers', sign: '.received' },
    { path: `settings/receivers/${id}`, sign: '.received' },
    { path: 'settings/audit', sign: '.audit-entry', isForAdministrators: true },
    { path: 'settings/retention', sign: '.retention-row', isForAdministrators: true },
    { path: 'settings/configuration', sign: '.configuration-row', isForAdministrators: true },
    { path: 'graphiql', sign: '.cm-editor, .explorer' },
    { path: 'nowhere', sign: 'main .state' },
  ]
}

const RULE = `mutation {
  createRule(
    input: {
      name: "Whatever arrives"
      logType: MESSAGE
      patternType: STATUS
      patternValue: "delivered"
      cooldownMinutes: 1
      actions: [
        { actionType: LOG, config: {} }
        { actionType: WEBHOOK, config: { url: "https://hooks.example.com/ops", headers: { Authorization: "Bearer 1" } } }
        { actionType: EMAIL, config: { recipients: ["ops@example.com"] } }
      ]
    }
  ) {
    rule {
      id
    }
  }
}`

/** The oldest alert of a rule whose deliveries were all tried; null where there is none yet. */
async function triedAlert(product: StartedProduct, ruleId: string): Promise<string | null> {
  const { alerts } = await product.ask<{
    alerts: { nodes: readonly { id: string; deliveries: readonly { attemptCount: number }[] }[] }
  }>(
    `query ($ruleId: [ID!]) { alerts(filter: { ruleId: $ruleId }) { nodes { id deliveries { attemptCount } } } }`,
    { ruleId: [ruleId] },
  )
  const isTried = ({ deliveries }: (typeof alerts.nodes)[number]): boolean =>
    deliveries.every(({ attemptCount }) => attemptCount > 0)
  return alerts.nodes.findLast(isTried)?.id ?? null
}
