/** What Postgres (SQLSTATE), the network or the system calls a failure; empty where it has no name. */
export function failureCode(failure: unknown): string {
  const code: unknown = failure instanceof Error && 'code' in failure ? failure.code : undefined
  return typeof code === 'string' ? code : ''
}
