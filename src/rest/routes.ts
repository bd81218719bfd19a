import { actionRoutes } from './action-routes.js'
import { deliveryRoutes } from './delivery-routes.js'
import { logRoutes } from './log-routes.js'
import { pollRoutes } from './poll-routes.js'
import type { Route } from './route.js'
import { ruleRoutes } from './rule-routes.js'

/** Everything that REST can do: what Express routes by, what OpenAPI describes, what the tests try one by one. */
export const routes: readonly Route[] = [
  ...logRoutes,
  ...ruleRoutes,
  ...actionRoutes,
  ...deliveryRoutes,
  ...pollRoutes,
]
