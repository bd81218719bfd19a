import { PageHead } from '../../components/page-head.js'
import { say } from '../../strings.js'

export default function Page() {
  return <PageHead title={say.nav.alerts} />
}
