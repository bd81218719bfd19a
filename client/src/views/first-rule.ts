import { element } from './element.js'

const example = `mutation {
  createRule(input: {
    name: "Messages that fail"
    patternType: STATUS
    patternValue: "failed,undelivered"
    actions: [{
      actionType: LOG
      config: {}
    }]
  }) { rule { id } warnings }
}`

/** What stands in the place of alerts while there are none: how to get one. */
export function firstRule(): HTMLElement {
  return element(
    'div',
    { class: 'empty' },
    element('h3', {}, 'No alerts yet'),
    element(
      'p',
      {},
      'An alert opens when a log starts to match a rule. Make your first rule by sending this to ',
      element('code', {}, '/graphql'),
      ' with your key in the header ',
      element('code', {}, 'X-API-Key'),
      '; the README explains it under “A first rule”.',
    ),
    element('pre', { tabindex: '0', 'aria-label': 'Example of a rule' }, element('code', {}, example)),
  )
}
