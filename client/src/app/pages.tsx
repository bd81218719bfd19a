import { type ComponentType, lazy, Suspense } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { Missing } from '../components/missing.js'
import { Skeleton } from '../components/states.js'
import { say } from '../strings.js'
import { Boundary } from './boundary.js'

/** Each page is loaded when it is first opened. Its file exports it by default, as `lazy` wants it. */
const pages: readonly { readonly path: string; readonly Page: ComponentType }[] = [
  { path: '/', Page: lazy(() => import('../pages/overview/page.js')) },
  { path: '/live', Page: lazy(() => import('../pages/live/page.js')) },
  { path: '/logs', Page: lazy(() => import('../pages/logs/page.js')) },
  { path: '/alerts/*?', Page: lazy(() => import('../pages/alerts/page.js')) },
  { path: '/deliveries', Page: lazy(() => import('../pages/deliveries/page.js')) },
  { path: '/rules/*?', Page: lazy(() => import('../pages/rules/page.js')) },
  { path: '/actions', Page: lazy(() => import('../pages/actions/page.js')) },
  { path: '/settings/*?', Page: lazy(() => import('../pages/settings/page.js')) },
  { path: '/graphiql', Page: lazy(() => import('../pages/graphiql/page.js')) },
]

export function Pages() {
  const [location] = useLocation()
  return (
    <Boundary key={location}>
      <Suspense fallback={<Skeleton lines={6} />}>
        <Switch>
          {pages.map(({ path, Page }) => (
            <Route key={path} path={path}>
              <Page />
            </Route>
          ))}
          <Route>
            <Missing title={say.states.missing} href="/" way={say.states.home}>
              {say.states.missingNext}
            </Missing>
          </Route>
        </Switch>
      </Suspense>
    </Boundary>
  )
}
