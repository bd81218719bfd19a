import { fileKeyOf } from './setting-keys.js'
import { type Setting, type SettingName, settingNames, settingOf } from './settings.js'

/** The text of `.env.example`. Every line is a comment, so a copy of it changes nothing until edited. */
export function envExample(): string {
  const sections = inSections().map(([section, names]) => {
    const entries = names.map((name) => `${envComment(name)}\n# ${name}=${settingOf(name).default ?? ''}`)
    return [`# --- ${section} ---`, ...entries].join('\n\n')
  })
  const head = [
    '# Settings of GiftPulse. Copy this file to .env and remove the # before what you change.',
    '# The environment wins over this file, this file over giftpulse.yaml; an empty value is not set.',
    '# A setting marked as secret may instead be given as NAME_FILE, a path to read it from.',
  ].join('\n')
  return `${[head, ...sections].join('\n\n')}\n`
}

function envComment(name: SettingName): string {
  const setting = settingOf(name)
  const notes = [
    setting.meaning,
    setting.unset ? `Not set: ${setting.unset}.` : '',
    setting.secret ? 'Secret.' : '',
  ]
  return `# ${notes.filter(Boolean).join(' ')}`.replaceAll('`', '')
}

/** The text of `docs/configuration.md`. */
export function configurationPage(): string {
  const sections = inSections().map(([section, names]) => `## ${section}\n\n${settingsTable(names)}`)
  return `${[pageHead, ...sections].join('\n\n')}\n`
}

const pageHead = `# Configuration

<!-- Written by src/config/emit-documents.ts from the table in src/config/settings.ts: change that. -->

Every setting is an environment variable. The same names work in a \`.env\` file in the working directory and as keys
of a YAML file, \`giftpulse.yaml\` or what \`CONFIG_FILE\` names. Where a setting is given more than once, the
environment wins over \`.env\`, and \`.env\` over the YAML file. An empty value is not set. Relative paths start at the
working directory.

A setting marked _secret_ may be given as \`NAME_FILE\` instead: the path of a file that holds the value, such as a
Docker or Kubernetes secret. Line breaks at the end of the file are dropped. Giving both is refused.

A value that cannot be used stops the start with exit code 1 and one message that lists every fault, never a secret.
The YAML file is one flat map of plain values; keys that mean nothing are reported and ignored. Lists of rules
and receivers may stand beside them, for [giftpulse apply](configuration-as-code.md) to read: a start does not.

\`\`\`yaml
# giftpulse.yaml
TWILIO_ACCOUNT_SID: AC0123456789abcdef0123456789abcdef
TWILIO_AUTH_TOKEN_FILE: /run/secrets/twilio_auth_token
POLL_INTERVAL_SECONDS: 60
\`\`\`

What must fit together:

- Twilio credentials are \`TWILIO_ACCOUNT_SID\` with \`TWILIO_AUTH_TOKEN\`, or with \`TWILIO_API_KEY\` and
  \`TWILIO_API_SECRET\`. The auth token is worth giving beside an API key: without it the webhooks that Twilio signs
  cannot be checked. \`DEMO=true\` is refused together with any of them.
- An \`API_HOST\` other than loopback needs \`API_KEY\`; \`DATABASE_URL\` needs both \`API_KEY\` and \`SECRET_KEY\`.
- A \`ROLE\` other than \`all\` needs \`DATABASE_URL\`.
- \`SMTP_USER\` and \`SMTP_PASSWORD\` are given together or not at all.`

function settingsTable(names: readonly SettingName[]): string {
  const rows = names.map((name) => {
    const setting = settingOf(name)
    const meaning = setting.secret ? `${setting.meaning} _Secret: also ${fileKeyOf(name)}._` : setting.meaning
    return [`\`${name}\``, defaultInWords(setting), setting.kind.description ?? '', meaning]
  })
  return markdownTable(['Variable', 'Default', 'Expected', 'Meaning'], rows)
}

function defaultInWords(setting: Setting): string {
  return setting.default === null ? (setting.unset ?? '-') : `\`${setting.default}\``
}

/** A table with aligned columns, as the formatter wants it. */
function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

function inSections(): [Setting['section'], SettingName[]][] {
  const sections = new Map<Setting['section'], SettingName[]>()
  for (const name of settingNames) {
    const { section } = settingOf(name)
    sections.set(section, [...(sections.get(section) ?? []), name])
  }
  return [...sections]
}
