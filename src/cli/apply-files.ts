import { type Api, ApiError } from './api.js'
import { CliError } from './cli-error.js'
import { ExitCode } from './exit-code.js'
import { atTheirPlaces, type GivenFiles, variablesFor } from './object-files-on-disk.js'

/** One object, and what becomes of it. */
export interface Change {
  readonly kind: string
  readonly name: string
  readonly action: 'CREATE' | 'UPDATE' | 'DELETE' | 'KEEP'
  readonly details: readonly string[]
}

/** What an apply did, or would do. */
export interface Applied {
  readonly changes: readonly Change[]
  readonly warnings: readonly string[]
}

export interface ApplyOptions {
  readonly as?: string
  /** Whether what these files managed and no longer have is deleted; where nothing is said, only if they have a name of their own. */
  readonly prune?: boolean
  /** Also where they have nothing of it at all. */
  readonly pruneAll?: boolean
  readonly keepSecrets?: boolean
  readonly release?: boolean
}

const APPLY = `mutation Apply($configuration: JSON!, $variables: JSON, $managedBy: String, $dryRun: Boolean, $prune: Boolean, $pruneAll: Boolean) {
  applyConfiguration(configuration: $configuration, variables: $variables, managedBy: $managedBy, dryRun: $dryRun, prune: $prune, pruneAll: $pruneAll) {
    changes { kind name action details }
    warnings
  }
}`

/** Has the product make what the files say stand, or say what it would do. */
export async function applyFiles(
  api: Api,
  files: GivenFiles,
  { as, prune, pruneAll = false, keepSecrets = false, release = false }: ApplyOptions,
  dryRun: boolean,
): Promise<Applied> {
  if (prune === false && pruneAll)
    throw new CliError('--no-prune and --prune-all cannot both be meant.', ExitCode.USAGE)
  const variables = variablesFor(files, keepSecrets)
  try {
    const { applyConfiguration } = await api.request<{ applyConfiguration: Applied }>(APPLY, {
      configuration: files.lists,
      variables,
      managedBy: release ? null : (as ?? files.name),
      dryRun,
      // Files in many places are called giftpulse.yaml: a name that nobody chose is no leave to delete.
      prune: prune ?? (as !== undefined || pruneAll),
      pruneAll,
    })
    return applyConfiguration
  } catch (failure) {
    if (failure instanceof ApiError && failure.fields.length > 0) throw atTheirPlaces(failure, files)
    throw failure
  }
}
