import { Route, Switch } from 'wouter'
import { AlertDetail } from './alert-detail.js'
import { AlertList } from './alert-list.js'
import './alerts.css'

/** The alerts, or one of them. */
export default function Page() {
  return (
    <Switch>
      <Route path="/alerts/:id">{({ id }) => <AlertDetail id={id} />}</Route>
      <Route>
        <AlertList />
      </Route>
    </Switch>
  )
}
