import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { stripVTControlCharacters } from 'node:util'
import { type Fault, type Need, proof } from '../fault.js'

/** An attack whose proof is an ordinary test: it is run, and what it skips proves nothing. */
function provedBy(row: number, name: string, ...files: readonly string[]): Fault {
  return {
    row,
    name,
    needs: ['server'],
    runs: 1,
    run: async ({ services }) => {
      const { passed, skipped, complaint } = await runTests(files, services.serverUrl ?? '')
      return proof({
        // What was left out is not proven by the rest.
        broken: [
          ...(complaint === null ? [] : [complaint]),
          ...(skipped > 0 ? [`${skipped} tests were skipped`] : []),
        ],
        notes: [`${passed} tests of ${files.map((file) => `\`${file}\``).join(', ')}`],
      })
    },
  }
}

/** Such tests leave a part of themselves out where this is not there. */
const needing = (need: Need, fault: Fault): Fault => ({ ...fault, needs: [...fault.needs, need] })

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly {
    /** Where the file could not be run at all. */
    readonly message: string
    readonly assertionResults: readonly { readonly failureMessages: readonly string[] }[]
  }[]
}

export async function runTests(
  files: readonly string[],
  serverUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ passed: number; skipped: number; complaint: string | null }> {
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', ...files],
    {
      env: { ...process.env, ...env, TEST_DATABASE_URL: serverUrl },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  const report = JSON.parse(text.slice(text.indexOf('{"'))) as Report
  const { numPassedTests: passed, numPendingTests: skipped, numFailedTests: failed } = report
  const isProven = code === 0 && passed > 0
  return { passed, skipped, complaint: isProven ? null : `${failed} tests failed${firstReason(report)}` }
}

/** What the first of them says, as far as a table has room for it. */
function firstReason({ testResults }: Report): string {
  const reasons = testResults.flatMap(({ message, assertionResults }) => [
    ...assertionResults.flatMap(({ failureMessages }) => failureMessages),
    message,
  ])
  const reason = stripVTControlCharacters(reasons.find(Boolean) ?? '').replaceAll(/\s+/g, ' ')
  return reason === '' ? '' : ` (${reason.slice(0, 600)})`
}

export const attacks: readonly Fault[] = [
  provedBy(
    14,
    'SSRF: addresses that a webhook must not reach, when saved and when connected',
    'test/actions/outbound-http.test.ts',
    'test/actions/webhook.test.ts',
  ),
  provedBy(15, 'patterns that never end, one by one', 'test/rules/regex.test.ts'),
  provedBy(16, "Twilio's signature forged in every way", 'test/http/webhooks-twilio.test.ts'),
  provedBy(
    17,
    'the same webhook again and again, also at once',
    'test/inbox/inbox.test.ts',
    'test/http/webhooks-twilio.test.ts',
    'test/http/webhooks-custom.test.ts',
  ),
  provedBy(
    18,
    'every operation and every route without a key, and with too small a scope',
    'test/graphql/auth.test.ts',
    'test/graphql/scopes.test.ts',
    'test/http/route-access.test.ts',
    'test/rest/rest.test.ts',
  ),
  provedBy(
    19,
    'deep, wide and batched GraphQL, on both transports',
    'test/graphql/limits.test.ts',
    'test/graphql/errors.test.ts',
  ),
  provedBy(
    20,
    'sockets without a key, with a wrong one, too late, twice, from other origins',
    'test/graphql/socket.test.ts',
    'test/graphql/auth.test.ts',
  ),
  provedBy(
    21,
    'texts, numbers and depths that break databases, in any record and in what webhooks bring',
    'test/sources/storable.test.ts',
    'test/http/webhooks-twilio.test.ts',
    'test/http/webhooks-custom.test.ts',
  ),
  provedBy(
    22,
    'headers, recipients and lines smuggled in',
    'test/actions/email.test.ts',
    'test/actions/email-message.test.ts',
    'test/actions/webhook.test.ts',
    'test/actions/log-action.test.ts',
  ),
  provedBy(
    24,
    'webhooks of our own that come back',
    'test/http/webhooks-custom.test.ts',
    'test/product/webhooks.test.ts',
  ),
  provedBy(
    37,
    'keys guessed, and keys in addresses',
    'test/http/key-limits.test.ts',
    'test/graphql/auth.test.ts',
    'test/http/route-access.test.ts',
  ),
  needing(
    'chromium',
    provedBy(
      38,
      'pages of other origins, what the policy of the dashboard lets run, and hostile texts in Chromium',
      'test/http/server.test.ts',
      'test/client/hostile.test.ts',
    ),
  ),
  provedBy(
    39,
    'templates that reach for more than their variables',
    'test/actions/template.test.ts',
    'test/actions/email-message.test.ts',
    'test/actions/webhook.test.ts',
  ),
  provedBy(
    40,
    'SQL, patterns and queries of MongoDB smuggled in through every argument of GraphQL and REST',
    'test/graphql/injection.test.ts',
    'test/rest/injection.test.ts',
  ),
  provedBy(
    41,
    'bodies too large, of the wrong kind, or no JSON',
    'test/graphql/errors.test.ts',
    'test/rest/rest.test.ts',
  ),
  provedBy(
    46,
    'what is ninety days old, and a number that is to be erased, in every column of every table',
    'test/store/retention.test.ts',
    'test/privacy/erase.test.ts',
    'test/privacy/erased-numbers.test.ts',
    'test/product/erasing.test.ts',
  ),
  needing(
    'mongodb',
    provedBy(23, 'secret canaries in every output, whatever goes wrong', 'test/secrets/canary.test.ts'),
  ),
]
