import type { z } from 'zod'
import type { Action } from '../actions/action.js'
import type { Commands } from '../commands/commands.js'
import { InputError } from '../errors.js'
import type { RestAnswer, RestRequest, RestRoute } from '../http/rest-face.js'
import type { ApiScope } from '../keys/scope.js'
import type { Reads } from '../store/reads.js'
import { readBody } from './given-body.js'
import { type Parameters, type QueryOf, readQuery } from './query-parameters.js'

/** What the routes have at hand. */
export interface RestDeps {
  readonly reads: Reads
  readonly commands: Commands
  /** The config of a stored action as it may be shown: every secret masked. */
  readonly maskConfig: (action: Action) => Readonly<Record<string, unknown>>
}

/** When a change of a rule or an action is answered 409. */
export const MANAGED = 'A file manages it: change it there.'

/** The parts of the API, in the order in which they are described. */
export type Tag = 'logs' | 'rules' | 'actions' | 'alerts' | 'deliveries' | 'polling'

/** What a route is, apart from what it does. */
export interface RouteDescription {
  readonly method: RestRoute['method']
  readonly path: string
  /** READ for what only reads, OPERATE for the rest. */
  readonly scope: ApiScope
  /** `operationId` of OpenAPI. */
  readonly name: string
  readonly tag: Tag
  readonly summary: string
  readonly description?: string
  /** The schema by which the command reads the body. */
  readonly input?: z.ZodType
  /** Bodies to begin with, by what they show. */
  readonly examples?: Readonly<Record<string, object>>
  readonly answer: {
    readonly status: 200 | 201 | 204
    readonly description: string
    readonly shape?: z.ZodObject
    readonly isList?: boolean
    /** Headers that it carries, by what they say. */
    readonly headers?: Readonly<Record<string, string>>
  }
  /** Its answers may hold phone numbers: keys without the scope PII see them masked. */
  readonly isPersonal?: true
  /** When it is answered 409. */
  readonly conflict?: string
}

interface Asked<Query extends Parameters> {
  /** What stands in the path in the place of `:id`. */
  readonly id: string
  readonly query: QueryOf<Query>
  /** The body, its keys as the commands spell them. */
  readonly input: unknown
  readonly request: RestRequest
}

interface RouteSettings<Query extends Parameters> extends RouteDescription {
  readonly query?: Query
  handle(deps: RestDeps, asked: Asked<Query>): Promise<Omit<RestAnswer, 'status'>>
}

/** A route as the table holds it: described, and ready to be asked. */
export interface Route extends RouteDescription {
  readonly query: Parameters
  answerTo(deps: RestDeps, request: RestRequest): Promise<RestAnswer>
}

/** Makes a route: its query and its body are read before it is asked, and its failures are spelled as the caller spells. */
export function route<Query extends Parameters = Record<never, never>>(
  settings: RouteSettings<Query>,
): Route {
  const { handle, ...description } = settings
  const parameters = settings.query ?? ({} as Query)
  return {
    ...description,
    query: parameters,
    async answerTo(deps, request) {
      const query = readQuery(parameters, request.query)
      const { input, spelled } = readBody(request.body)
      const asked = { id: request.params['id'] ?? '', query, input, request }
      try {
        return { status: settings.answer.status, ...(await handle(deps, asked)) }
      } catch (failure) {
        if (!(failure instanceof InputError)) throw failure
        throw new InputError(failure.fields.map((field) => ({ ...field, path: spelled(field.path) })))
      }
    },
  }
}
