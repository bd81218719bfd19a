import { createPreview, type RulePreview, type Trial } from '../../src/preview/preview.js'
import type { RuleSettings } from '../../src/commands/rule-input.js'
import type { Database } from '../../src/store/database.js'
import { StoredHistory } from '../../src/store/history.js'
import { aRuleSettings } from '../fixtures/core.js'

/** Far enough on either side for whatever a test stores. */
export const EVER = { since: new Date('2020-01-01'), until: new Date('2100-01-01') }

/** Tries a rule over all that is stored, unless told otherwise. */
export function previewOf(
  database: Database,
  settings: Partial<RuleSettings>,
  trial: Partial<Omit<Trial, 'settings'>> = {},
): Promise<RulePreview> {
  const preview = createPreview(new StoredHistory(database), () => performance.now())
  const usual = { actionCount: 1, span: EVER, includeBackfilled: false, textAsJudged: null }
  return preview({ settings: { ...aRuleSettings(), ...settings }, ...usual, ...trial })
}
