import { Suspense, useEffect } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { Late, LatePart } from '../components/late-part.js'
import { Missing } from '../components/missing.js'
import { Skeleton } from '../components/states.js'
import { say } from '../strings.js'
import { Boundary } from './boundary.js'
import { loadWhenIdle } from './load-when-idle.js'

const pages: readonly { readonly path: string; readonly part: LatePart }[] = [
  { path: '/', part: new LatePart(() => import('../pages/overview/page.js')) },
  { path: '/live', part: new LatePart(() => import('../pages/live/page.js')) },
  { path: '/logs', part: new LatePart(() => import('../pages/logs/page.js')) },
  { path: '/alerts/*?', part: new LatePart(() => import('../pages/alerts/page.js')) },
  { path: '/deliveries', part: new LatePart(() => import('../pages/deliveries/page.js')) },
  { path: '/rules/*?', part: new LatePart(() => import('../pages/rules/page.js')) },
  { path: '/actions', part: new LatePart(() => import('../pages/actions/page.js')) },
  { path: '/settings/*?', part: new LatePart(() => import('../pages/settings/page.js')) },
  { path: '/graphiql', part: new LatePart(() => import('../pages/graphiql/page.js')) },
]

/** What their address says, pages read themselves. */
const NOTHING = {}

/** The explorer is as large as all others together, and few open it. */
const LARGE = '/graphiql'

/** Brings the page of a path, which begins with a slash, before it is drawn; one that does not come is left for when it is. */
export async function bringPage(path: string): Promise<void> {
  await pages.find((page) => folderOf(page.path) === folderOf(path))?.part.loadAhead()
}

function folderOf(path: string): string | undefined {
  return path.split('/')[1]
}

export function Pages() {
  const [location] = useLocation()
  useEffect(() => loadWhenIdle(pages.filter(({ path }) => path !== LARGE).map(({ part }) => part)), [])
  return (
    <Boundary key={location}>
      <Suspense fallback={<Skeleton lines={6} />}>
        <Switch>
          {pages.map(({ path, part }) => (
            <Route key={path} path={path}>
              <Late part={part} with={NOTHING} />
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
