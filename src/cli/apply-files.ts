import { type Api, ApiError } from './api.js'
import { atTheirPlaces, type GivenFiles, variablesFor } from './object-files-on-disk.js'
import { refuseOtherFiles } from './refuse-other-files.js'

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
  /** Whether what these files managed and no longer have is deleted; where nothing is said, it is, unless they look like others. */
  readonly prune?: boolean
  readonly keepSecrets?: boolean
  readonly release?: boolean
}

const APPLY = `mutation Apply($configuration: JSON!, $variables: JSON, $managedBy: String, $dryRun: Boolean, $prune: Boolean) {
  applyConfiguration(configuration: $configuration, variables: $variables, managedBy: $managedBy, dryRun: $dryRun, prune: $prune) {
    changes { kind name action details }
    warnings
  }
}`

/** Has the product make what the files say stand, or say what it would do. */
export async function applyFiles(
  api: Api,
  files: GivenFiles,
  { as, prune, keepSecrets = false, release = false }: ApplyOptions,
  dryRun: boolean,
): Promise<Applied> {
  const variables = variablesFor(files, keepSecrets)
  if (as === undefined && prune === undefined && !release) await refuseOtherFiles(api, files)
  try {
    const { applyConfiguration } = await api.request<{ applyConfiguration: Applied }>(APPLY, {
      configuration: files.lists,
      variables,
      managedBy: release ? null : (as ?? files.name),
      dryRun,
      prune: prune ?? true,
    })
    return applyConfiguration
  } catch (failure) {
    if (failure instanceof ApiError && failure.fields.length > 0) throw atTheirPlaces(failure, files)
    throw failure
  }
}
