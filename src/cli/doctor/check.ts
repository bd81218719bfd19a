/** How a check ended: `skipped` where there is nothing to check. */
export type CheckStatus = 'ok' | 'warning' | 'failed' | 'skipped'

/** What one check found. */
export interface Finding {
  readonly status: CheckStatus
  readonly message: string
  /** What to do about it. */
  readonly fix: string | null
}

/** One thing that has to be right for the product to work. Its `run` may throw: that is a failure too. */
export interface Check {
  readonly name: string
  run(): Promise<Finding>
}

export const ok = (message: string): Finding => ({ status: 'ok', message, fix: null })
export const skipped = (message: string): Finding => ({ status: 'skipped', message, fix: null })
export const warning = (message: string, fix: string): Finding => ({ status: 'warning', message, fix })
export const failed = (message: string, fix: string): Finding => ({ status: 'failed', message, fix })
