import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Where the figures go as JSON, for whoever counts them. */
const report = process.env.GIFTPULSE_TEST_REPORT

/** What drives Chromium over pages of the demo account. */
const inBrowser = [
  'act',
  'api-docs',
  'dashboard',
  'feed',
  'graphiql',
  'hostile',
  'journeys',
  'keyboard',
  'keys',
  'live',
  'log-detail',
  'logs',
  'obstacles',
  'overview',
  'pages',
  'preview',
  'rules',
  'states',
].map((name) => `test/client/${name}.test.ts`)

/** Takes minutes, which it waits for processes that are killed; it is short to read, and so would run last, and alone. */
const LONGEST = 'test/faults/faults.test.ts'

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLongest = ({ moduleId }: TestSpecification) => moduleId.endsWith(LONGEST)
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))]
  }
}

export default defineConfig({
  // type-graphql is loaded as CommonJS by Node; without this the tests would load a second copy of graphql.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    // A browser, a product and a page that draws charts fill both cores of a small machine: those files run one by one, after all others,
    // in one worker that starts each of them once (test/client/shared-product.ts).
    projects: [
      { extends: true, test: { name: 'all', include: ['test/**/*.test.ts'], exclude: inBrowser } },
      {
        extends: true,
        test: { name: 'browser', include: inBrowser, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
    globalSetup: ['test/fixtures/build-once.ts', 'test/fixtures/migrated-once.ts'],
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    // The longest files mostly wait for processes that they start, cut off and kill: on two cores one at a time takes twice as long.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // A worker loads the sources once and not again for each file: half of the processor's time went into that.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Processes are killed, cut off and waited for on machines that do other things too: in CI a test that failed runs once more,
    // and the report names it.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 30_000,
    // How long something is waited for is patience and no measure: a busy machine takes longer than the second that is usual.
    expect: { poll: { timeout: 20_000 } },
    // Hooks start whole products, which on a busy machine takes a minute.
    hookTimeout: 180_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/main.ts'],
      reporter: ['text', 'text-summary'],
      thresholds: { lines: 80 },
    },
  },
})
