import type { ActionType } from '../../../src/actions/action.js'
import { checkActionConfig } from '../../../src/actions/check-config.js'
import { aLog, aNotice, someHandlers } from '../../actions/samples.js'
import { type Fault, proof } from '../fault.js'
import { howLong, inWords, slowest } from '../parts/how-long.js'

/** What one rendering may take, in milliseconds. */
const RENDER_MS = 250

/** So long a template is in an email and in a webhook's payload, in characters, near what may be saved; and as how many strings of it. */
const BODY = 7_900
const PAYLOAD = 19_000
const STRINGS = 10

/** What comes from outside: a text that grows when it is escaped, a list to loop over, and as much raw data as messages take. */
const notice = aNotice({
  log: aLog({
    text: '<'.repeat(65_536),
    errorMessage: '&'.repeat(65_536),
    rawData: { list: Array.from({ length: 100 }, () => 'x'), text: '<'.repeat(15_000) },
  }),
})

/** Sections within sections, where something else has to have room as well. */
const DEEP = 100
const LIST = 'log.rawData.list'
const open = (times: number) => `{{#${LIST}}}`.repeat(times)
const close = (times: number) => `{{/${LIST}}}`.repeat(times)

/** Templates of so many characters at most, by what they do. */
function hostileTemplates(length: number): Readonly<Record<string, string>> {
  const often = (piece: string, room = length) => piece.repeat(Math.floor(room / piece.length))
  return {
    'one long text again and again': often('{{log.text}}'),
    'two long texts in turn': often('{{log.text}}{{log.errorMessage}}'),
    'all raw data again and again': often('{{log.rawData}}'),
    'a loop that names all raw data': `${open(2)}${often('{{log.rawData}}', length - 80)}${close(2)}`,
    'a loop that names a long text': `${open(2)}${often('{{log.text}}', length - 80)}${close(2)}`,
    'loops within loops': `${open(8)}{{.}}${close(8)}`,
    'as many loops within one another as there is room for': `${open(Math.floor(length / 42))}${close(Math.floor(length / 42))}`,
    'names that are nowhere, from deep inside': `${'{{#log}}'.repeat(DEEP)}${often('{{a.b.c.d}}', length - 16 * DEEP)}${'{{/log}}'.repeat(DEEP)}`,
  }
}

export const templatesTakeLong: Fault = {
  row: 39,
  name: 'templates that loop and that name long texts hundreds of times: how long each takes to render',
  needs: ['server'],
  runs: 1,
  run: async (bed) => {
    const handlers = someHandlers({ maskNumbers: true })
    const broken: string[] = []
    /** As it is prepared for every try, from a config as it is saved. */
    const measure = (type: ActionType, what: string, given: object) => {
      bed.progress(`${type}: ${what}`)
      const config = checkActionConfig(handlers, type, given)
      const times = howLong(() => handlers.get(type).request(notice, config))
      if (times.middle > RENDER_MS) broken.push(`${type}, ${what}: ${inWords(times)}`)
      return times
    }
    const times = [
      ...Object.entries(hostileTemplates(BODY)).flatMap(([what, template]) => [
        measure('email', what, { recipients: ['ops@example.com'], body: template }),
        measure('email', `${what}, in HTML`, { recipients: ['ops@example.com'], body: `<p>${template}</p>` }),
      ]),
      ...Object.entries(hostileTemplates(PAYLOAD)).map(([what, template]) =>
        measure('webhook', what, { url: bed.http.url, payload: template }),
      ),
      ...Object.entries(hostileTemplates(PAYLOAD / STRINGS)).map(([what, template]) =>
        measure('webhook', `${what}, in ${STRINGS} strings`, {
          url: bed.http.url,
          payload: Array.from({ length: STRINGS }, () => template),
        }),
      ),
    ]
    await handlers.close()
    return proof({
      broken,
      notes: [`of ${times.length} templates the slowest took ${inWords(slowest(times))}`],
    })
  },
}
