import { newName } from './browser.js'
import type { StartedProduct } from './started-product.js'

/** A rule as it was made. */
export interface MadeRule {
  readonly id: string
  readonly name: string
  readonly enabled: boolean
  readonly actions: readonly MadeAction[]
}

export interface MadeAction {
  readonly id: string
  readonly actionType: string
  readonly enabled: boolean
  readonly config: Readonly<Record<string, unknown>>
}

/** An action that is to be made. */
interface GivenAction {
  readonly actionType: string
  readonly config: Readonly<Record<string, unknown>>
}

/** A rule that nothing fulfils, with these actions, and with a name that no other has. */
export async function aQuietRule(
  product: StartedProduct,
  name: string,
  ...actions: readonly GivenAction[]
): Promise<MadeRule> {
  const { createRule } = await product.ask<{ createRule: { rule: MadeRule } }>(RULE, {
    name: newName(name),
    actions,
  })
  return createRule.rule
}

/** A webhook to this address, with whatever else its config says. */
export function aWebhook(url: string, config: Readonly<Record<string, unknown>> = {}): GivenAction {
  return { actionType: 'WEBHOOK', config: { url, ...config } }
}

/** No message of the demo account is canceled. */
const RULE = `mutation ($name: String!, $actions: [RuleActionInput!]!) {
  createRule(
    input: {
      name: $name
      logType: MESSAGE
      patternType: STATUS
      patternValue: "canceled"
      actions: $actions
    }
  ) {
    rule {
      id
      name
      enabled
      actions {
        id
        actionType
        enabled
        config
      }
    }
  }
}`
