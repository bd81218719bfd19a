/** What a key may do; more may follow, also such as include nothing and are included by ADMIN only. */
export const ApiScope = { READ: 'read', OPERATE: 'operate', PII: 'pii', ADMIN: 'admin' } as const
export type ApiScope = (typeof ApiScope)[keyof typeof ApiScope]

/** What each scope lets a key do besides itself. */
const implied: Readonly<Record<ApiScope, readonly ApiScope[]>> = {
  read: [],
  operate: [ApiScope.READ],
  // Beside the others: what else its key may do is said by those.
  pii: [],
  admin: Object.values(ApiScope),
}

/** Whether whoever has `granted` may do what needs `needed`. */
export function includes(granted: ReadonlySet<ApiScope>, needed: ApiScope): boolean {
  return [...granted].some((scope) => scope === needed || implied[scope].includes(needed))
}

/** The name of a scope as the API spells it, such as `OPERATE`. */
export function scopeName(scope: ApiScope): string {
  return scope.toUpperCase()
}
