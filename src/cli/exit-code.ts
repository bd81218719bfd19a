/** How the program ends; docs/cli.md promises the numbers. */
export const ExitCode = {
  OK: 0,
  /** What was asked for failed, or a check did. */
  FAILURE: 1,
  /** The command line or a file that it names makes no sense. */
  USAGE: 2,
  /** `diff --exit-code`: the files and what stands differ. */
  DIFFERENCES: 3,
  /** Nothing answers where the product should be. */
  UNREACHABLE: 4,
  /** The key is missing, wrong, or its scope too small. */
  REFUSED: 5,
} as const
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]
