/** Where the product lives: the folder of the page's base address, whatever route is shown and whatever proxy is in between. */
export function graphqlUrl(base: string): URL {
  return new URL('graphql', base)
}

/** The same endpoint for sockets. */
export function socketUrl(base: string): URL {
  const url = graphqlUrl(base)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url
}

/** The path under which the routes lie, without a slash at its end; empty at the top of a host. */
export function routerBase(base: string): string {
  return new URL('.', base).pathname.replace(/\/$/, '')
}
