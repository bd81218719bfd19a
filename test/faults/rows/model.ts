import { type Fault, proof } from '../fault.js'
import { runTests } from './proved.js'

const FILE = 'test/model/model.test.ts'

/** A run is one sequence of steps, drawn from the seed; the ordinary tests play a few of them. */
export const anySequence: Fault = {
  row: 49,
  alias: 'model',
  name: 'any sequence of polls, callbacks, crashes, restarts, cuts of the database and edits of rules',
  needs: ['server'],
  runs: 300,
  run: async ({ services, runs, seed }) => {
    const env = { MODEL_RUNS: String(runs), MODEL_SEED: String(seed) }
    const { passed, complaint } = await runTests([FILE], services.serverUrl ?? '', env)
    return proof({
      broken: complaint === null && passed > 0 ? [] : [`${complaint}: ${told(env)} npx vitest run ${FILE}`],
      notes: [`\`${FILE}\`, seed ${seed}`],
    })
  },
}

function told(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map((setting) => setting.join('='))
    .join(' ')
}
