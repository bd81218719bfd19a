import { type Command, Option } from 'commander'
import { openApi } from '../api.js'
import { jsonOption, withConnection } from '../command-options.js'
import type { ConnectionOptions } from '../connection.js'
import { momentAfter } from '../moment.js'
import { note, print, printJson } from '../terminal.js'

interface ApiKey {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly hint: string
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

type Options = ConnectionOptions & { readonly json?: boolean }

const FIELDS = 'id name scopes hint createdAt expiresAt lastUsedAt revokedAt'

export function addKeyCommands(program: Command): void {
  const keys = program
    .command('keys')
    .summary('list, create and revoke API keys')
    .description('Keys of the API. Every one of these commands needs a key with the scope ADMIN.')

  withConnection(keys.command('list'))
    .description('Lists the keys; of each only its end is known.')
    .addOption(jsonOption())
    .action(async (options: Options) => {
      const { apiKeys } = await openApi(options).request<{ apiKeys: ApiKey[] }>(`{ apiKeys { ${FIELDS} } }`)
      if (options.json) return printJson(apiKeys)
      for (const key of apiKeys) await print(lineOf(key))
      if (apiKeys.length === 0)
        note('There are none but the administrator key: giftpulse keys create NAME makes one.')
    })

  withConnection(keys.command('create'))
    .argument('<name>', 'whose it is, or what for')
    .description('Makes a key and prints it, this once.')
    .addOption(
      new Option('--scope <scope>', 'what it may do; each includes the one before')
        .choices(['read', 'operate', 'admin'])
        .default('read'),
    )
    .option('--pii', 'it sees phone numbers whole; without it they are masked')
    .addOption(
      new Option('--expires <when>', 'when it ends: 90d, or a time such as 2027-01-01').argParser((text) =>
        momentAfter(text),
      ),
    )
    .addOption(jsonOption())
    .action(async (name: string, options: Options & { scope: string; pii?: true; expires?: Date }) => {
      const input = {
        name,
        scopes: [options.scope.toUpperCase(), ...(options.pii ? ['PII'] : [])],
        expiresAt: options.expires?.toISOString() ?? null,
      }
      const { createApiKey } = await openApi(options).request<{
        createApiKey: { apiKey: ApiKey; key: string }
      }>(
        `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key apiKey { ${FIELDS} } } }`,
        { input },
      )
      if (options.json) return printJson(createApiKey)
      note(`${lineOf(createApiKey.apiKey)}\nThis is the only time that it is shown:`)
      await print(createApiKey.key)
    })

  withConnection(keys.command('revoke'))
    .argument('<id>', 'the id that keys list shows')
    .description('Makes a key worthless, at once.')
    .addOption(jsonOption())
    .action(async (id: string, options: Options) => {
      const { revokeApiKey } = await openApi(options).request<{ revokeApiKey: { apiKey: ApiKey } }>(
        `mutation ($id: ID!) { revokeApiKey(id: $id) { apiKey { ${FIELDS} } } }`,
        { id },
      )
      if (options.json) return printJson(revokeApiKey.apiKey)
      await print(lineOf(revokeApiKey.apiKey))
    })
}

function lineOf({ id, name, scopes, hint, expiresAt, lastUsedAt, revokedAt }: ApiKey): string {
  const state =
    revokedAt !== null
      ? `revoked ${revokedAt}`
      : expiresAt === null
        ? 'does not expire'
        : `${new Date(expiresAt) < new Date() ? 'expired' : 'expires'} ${expiresAt}`
  const used = lastUsedAt === null ? 'never used' : `last used ${lastUsedAt}`
  return `${id}  ${name}  ${hint}  ${scopes.join(',')}  ${state}, ${used}`
}
