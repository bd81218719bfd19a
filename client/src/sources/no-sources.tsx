import { LinkButton } from '../components/link-button.js'
import { Empty } from '../components/states.js'
import { say } from '../strings.js'

/** That no account is read, and where to see what is set and what is not. */
export function NoSources() {
  return (
    <Empty
      icon="plug"
      title={say.sources.none}
      action={<LinkButton href="/settings/configuration">{say.sources.toSettings}</LinkButton>}
    >
      {say.sources.noneNext}
    </Empty>
  )
}
