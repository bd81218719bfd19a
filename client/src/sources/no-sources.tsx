import { Link } from 'wouter'
import { Empty } from '../components/states.js'
import { say } from '../strings.js'

/** That no account is read, and where to see what is set and what is not. */
export function NoSources() {
  return (
    <Empty
      icon="plug"
      title={say.sources.none}
      action={
        <Link className="button" href="/settings/configuration">
          {say.sources.toSettings}
        </Link>
      }
    >
      {say.sources.noneNext}
    </Empty>
  )
}
