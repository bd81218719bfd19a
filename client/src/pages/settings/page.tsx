import { Link, Route, Switch, useLocation } from 'wouter'
import { Missing } from '../../components/missing.js'
import { PageHead } from '../../components/page-head.js'
import { say } from '../../strings.js'
import { AuditPart } from './audit/audit-part.js'
import { ConfigurationPart } from './configuration-part.js'
import { HealthPart } from './health-part.js'
import { KeysPart } from './keys-part.js'
import { ReceiverPage } from './receiver-page.js'
import { ReceiversPart } from './receivers-part.js'
import { RetentionPart } from './retention/retention-part.js'
import { ViewerLine } from './viewer-line.js'
import './settings.css'

const parts = [
  { path: '/settings', name: say.settings.health, Part: HealthPart },
  { path: '/settings/keys', name: say.settings.keys, Part: KeysPart },
  { path: '/settings/receivers', name: say.settings.receivers, Part: ReceiversPart },
  { path: '/settings/audit', name: say.settings.audit, Part: AuditPart },
  { path: '/settings/retention', name: say.settings.retention, Part: RetentionPart },
  { path: '/settings/configuration', name: say.settings.configuration, Part: ConfigurationPart },
] as const

/** How the installation is doing, and what an administrator sets up outside its files. */
export default function Page() {
  return (
    <Switch>
      <Route path="/settings/receivers/:id">{({ id }) => <ReceiverPage key={id} id={id} />}</Route>
      <Route>
        <Parts />
      </Route>
    </Switch>
  )
}

function Parts() {
  const [location] = useLocation()
  return (
    <>
      <PageHead title={say.nav.settings} about={<ViewerLine />} />
      <nav className="tabs" aria-label={say.settings.parts}>
        {parts.map(({ path, name }) => (
          <Link key={path} href={path} aria-current={location === path ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <Switch>
        {parts.map(({ path, Part }) => (
          <Route key={path} path={path}>
            <Part />
          </Route>
        ))}
        <Route>
          <Missing title={say.states.missing} href="/settings" way={say.settings.health}>
            {say.states.missingNext}
          </Missing>
        </Route>
      </Switch>
    </>
  )
}
