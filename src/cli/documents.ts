import type { Command } from 'commander'
import { configurationSchema } from './configuration-schema.js'
import { createProgram } from './program.js'

/** As wide as a block of a document may be. */
const WIDTH = 100

/** The text of `docs/giftpulse.schema.json`. */
export function schemaFile(): string {
  return `${JSON.stringify(configurationSchema(), null, 2)}\n`
}

/** The text of `docs/cli.md`. */
export function commandLinePage(): string {
  const program = createProgram()
  const sections = leavesOf(program).map(
    (command) => `## ${nameOf(command)}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\``,
  )
  return `${[pageHead, ...sections].join('\n\n')}\n`
}

const pageHead = `# The command line

<!-- Written by src/cli/documents.ts from the commands themselves: change those. -->

\`giftpulse\` runs the product, and asks a running one over its public API. In a clone it is \`npx giftpulse\`, after
\`npm ci && npm run build\`; the first call builds where nobody did.

\`\`\`sh
npx giftpulse doctor
npx giftpulse start --port 8000
npx giftpulse logs tail --changes --type message --status failed
npx giftpulse diff && npx giftpulse apply
\`\`\`

**Where it finds the product.** Of the address \`--url\` comes first, then \`GIFTPULSE_URL\`, then \`PUBLIC_URL\`, then
\`API_HOST\` and \`API_PORT\`; of the key \`--api-key-file\`, then \`API_KEY\`, then the key in \`DATA_DIR\`. All but the first
two may stand in the environment, in \`.env\` or in \`giftpulse.yaml\`, and win in this order. Keys are never taken from the
command line: other users of a machine can read it.

**For scripts.** With \`--json\` the output is one JSON document, or one JSON line for each log, and nothing else
(\`start\` and \`demo\` write their own log, as JSON where it does not go to a terminal, and \`completion\` a script); what is
meant for a person, such as warnings and progress, goes to the error output. Colours and progress bars are for terminals
only, and \`NO_COLOR\` turns colours off there too. How it ended, the exit code says:

| Code | Meaning                                                            |
| ---- | ------------------------------------------------------------------ |
| 0    | done                                                               |
| 1    | what was asked for failed, or a check of \`doctor\` did              |
| 2    | the command line, or a file that it names, makes no sense          |
| 3    | \`diff --exit-code\`: the files and what stands differ               |
| 4    | nothing answers where the product should be, or it is not ready to |
| 5    | the key is missing or wrong, or its scope too small                |

Files of rules are the subject of [configuration as code](configuration-as-code.md).`

function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf)
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name()
}

function helpOf(command: Command): string {
  return command.configureHelp({ helpWidth: WIDTH }).helpInformation().trimEnd()
}
