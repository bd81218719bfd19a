import { OF_LIVE_RULES } from './failing-actions.js'

/** Whether one of `deliveries` failed and its action, which is in use, may try it again. */
export const IS_RETRIABLE = `(deliveries.status = 'failed' AND deliveries.action_id IN (SELECT a.id FROM actions a ${OF_LIVE_RULES}))`
