import { Route, Switch, useSearchParams } from 'wouter'
import { NewRule } from './new-rule.js'
import { RuleList } from './rule-list.js'
import { StoredRulePage } from './stored-rule-page.js'

/** The rules, a new one, or one of them. */
export default function Page() {
  const [parameters] = useSearchParams()
  return (
    <Switch>
      <Route path="/rules/new">
        <NewRule key={parameters.toString()} />
      </Route>
      <Route path="/rules/:id">{({ id }) => <StoredRulePage key={id} id={id} />}</Route>
      <Route>
        <RuleList />
      </Route>
    </Switch>
  )
}
