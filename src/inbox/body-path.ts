const MAX_PATH = 256

/** What is wrong with a place in a body, for whoever wrote it; null where nothing is. */
export function pathFault(path: string): string | null {
  if (path === '' || path.length > MAX_PATH) return `must have 1 to ${MAX_PATH} characters`
  if (!path.startsWith('/') && path.split('.').includes('')) return 'must have a name between its dots'
  return /~(?![01])/.test(path) && path.startsWith('/') ? 'must write ~ as ~0 in a JSON pointer' : null
}

/** What stands at a place in a body: a JSON pointer (RFC 6901) or names joined by dots; undefined where nothing does. */
export function valueAt(body: unknown, path: string): unknown {
  return stepsOf(path).reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    return (value as Readonly<Record<string, unknown>>)[step]
  }, body)
}

function stepsOf(path: string): string[] {
  if (!path.startsWith('/')) return path.split('.')
  return path
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}
