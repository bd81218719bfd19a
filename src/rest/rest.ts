import type { Handlers } from '../actions/handler.js'
import type { Caller } from '../audit/caller.js'
import type { CommandsFor } from '../commands/commands.js'
import type { RestFace } from '../http/rest-face.js'
import { maskRecord } from '../privacy/mask-numbers.js'
import { asUnavailable } from '../store/database-away.js'
import { describeApi } from './openapi.js'
import type { RestDeps } from './route.js'
import { routes } from './routes.js'

export interface RestParts extends Omit<RestDeps, 'commands'> {
  readonly commandsFor: CommandsFor
  readonly handlers: Handlers
  readonly version: string
  /** Whoever it is was shown something that may hold phone numbers as it is. */
  readonly onPersonalRead: (caller: Caller) => void
}

/** REST over the same commands and reads as GraphQL. */
export function createRest({ handlers, version, commandsFor, onPersonalRead, ...deps }: RestParts): RestFace {
  const document = describeApi({ routes, handlers, version })
  return {
    routes: routes.map((route) => ({
      method: route.method,
      path: route.path,
      scope: route.scope,
      takesBody: route.input !== undefined,
      handle: async (request) => {
        try {
          const answer = await route.answerTo({ ...deps, commands: commandsFor(request.caller) }, request)
          if (route.isPersonal && request.seesNumbers) onPersonalRead(request.caller)
          const isMasked = route.isPersonal && !request.seesNumbers
          return isMasked ? { ...answer, body: maskRecord(answer.body) } : answer
        } catch (failure) {
          throw asUnavailable(failure)
        }
      },
    })),
    openapi: (address) => ({ ...document, servers: [{ url: address }] }),
  }
}
