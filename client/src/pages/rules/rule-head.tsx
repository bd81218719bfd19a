import { useLocation } from 'wouter'
import type { RuleTextFragment } from '../../api/documents.js'
import { Back } from '../../components/back.js'
import { Button } from '../../components/button.js'
import { LinkButton } from '../../components/link-button.js'
import { PageHead } from '../../components/page-head.js'
import { Switch } from '../../components/switch.js'
import { useDeleteRule } from '../../rules/rule-deletions.js'
import { say } from '../../strings.js'

interface RuleHeadProps {
  /** Null for a new one. */
  readonly rule: RuleTextFragment | null
  readonly isEnabled: boolean
  readonly isReadOnly: boolean
  /** Whether the key may make rules. */
  readonly mayMake: boolean
  enable(isEnabled: boolean): void
}

/** Which rule it is, whether it watches, and what can be done with one that is stored. */
export function RuleHead({ rule, isEnabled, isReadOnly, mayMake, enable }: RuleHeadProps) {
  const [, goTo] = useLocation()
  const remove = useDeleteRule()
  return (
    <>
      <Back href="/rules">{say.rules.back}</Back>
      <PageHead
        title={rule ? rule.name : say.rules.newTitle}
        tools={
          <>
            <label className="switch-line">
              <Switch label={say.rules.on} isOn={isEnabled} disabled={isReadOnly} set={enable} />
              <span aria-hidden="true">{isEnabled ? say.rules.on : say.rules.off}</span>
            </label>
            {rule && (
              <>
                <LinkButton href={`/alerts?rule=${rule.id}`}>{say.rules.alerts}</LinkButton>
                <LinkButton href={`/deliveries?rule=${rule.id}`}>{say.nav.deliveries}</LinkButton>
                {mayMake && (
                  <LinkButton href={`/rules/new?copy=${rule.id}`}>{say.rules.duplicateShort}</LinkButton>
                )}
                <Button
                  kind="danger"
                  disabled={isReadOnly}
                  onClick={() => {
                    remove(rule)
                    goTo('/rules', { replace: true })
                  }}
                >
                  {say.rules.removeShort}
                </Button>
              </>
            )}
          </>
        }
      />
    </>
  )
}
