import {
  ApiKeysDocument,
  type ApiKeysQuery,
  type AuditAction,
  type AuditObject,
} from '../../../api/documents.js'
import { useAnswer } from '../../../api/use-answer.js'
import { Button } from '../../../components/button.js'
import { ChoiceMenu } from '../../../components/choice-menu.js'
import { Filters } from '../../../components/filters.js'
import { ListSelect } from '../../../components/list-select.js'
import { Lack } from '../../../components/trouble.js'
import { say } from '../../../strings.js'
import { WhenPicker } from '../../../time/when-picker.js'
import { type AuditChoice, auditActions, auditActors, auditObjects } from './audit-choice.js'
import { auditIcon } from './audit-icon.js'

interface AuditFiltersProps {
  readonly choice: AuditChoice
  change(what: Partial<AuditChoice>): void
}

/** Everything that the server filters changes by. */
export function AuditFilters({ choice, change }: AuditFiltersProps) {
  const { did, to, object, request, since, until } = choice
  const answer = useAnswer(ApiKeysDocument, {})
  return (
    <Filters
      label={say.audit.filters}
      first={<WhoSelect choice={choice} change={change} keys={answer.data?.apiKeys ?? none} />}
      chosen={[...did, ...to, since || until]}
      below={
        <>
          <Lack answer={answer} what={say.audit.keys} />
          {object !== '' && (
            <Button icon="cross" onClick={() => change({ object: '' })}>
              {say.audit.onlyObject}
            </Button>
          )}
          {request !== '' && (
            <Button icon="cross" onClick={() => change({ request: '' })}>
              {say.audit.onlyRequest}
            </Button>
          )}
        </>
      }
    >
      <ChoiceMenu<AuditAction>
        label={say.audit.did}
        chosen={did}
        options={auditActions.map((action) => ({
          value: action,
          text: say.audit.doings[action],
          icon: auditIcon(action),
        }))}
        choose={(chosen) => change({ did: chosen })}
      />
      <ChoiceMenu<AuditObject>
        label={say.audit.to}
        chosen={to}
        options={auditObjects.map((value) => ({ value, text: say.audit.things[value] }))}
        choose={(chosen) => change({ to: chosen })}
      />
      <WhenPicker when={choice} change={change} />
    </Filters>
  )
}

type Keys = ApiKeysQuery['apiKeys']

const none: Keys = []

/** A kind of caller, or one key. */
function WhoSelect({ choice, change, keys }: AuditFiltersProps & { readonly keys: Keys }) {
  const isActor = auditActors.some((actor) => actor.toLowerCase() === choice.who)
  const isUnknown = choice.who !== '' && !isActor && !keys.some(({ id }) => id === choice.who)
  return (
    <ListSelect
      label={say.audit.who}
      unchosen={say.audit.anybody}
      value={choice.who}
      choose={(who) => change({ who })}
    >
      {auditActors.map((actor) => (
        <option key={actor} value={actor.toLowerCase()}>
          {say.audit.actors[actor]}
        </option>
      ))}
      {isUnknown && <option value={choice.who}>{say.audit.otherKey}</option>}
      {keys.length > 0 && (
        <optgroup label={say.settings.keys}>
          {keys.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </optgroup>
      )}
    </ListSelect>
  )
}
