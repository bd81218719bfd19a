import { ViewerDocument } from '../../api/documents.js'
import { useAnswer } from '../../api/use-answer.js'
import { say } from '../../strings.js'

/** Whose key this is, and what it may do. */
export function ViewerLine() {
  const { data } = useAnswer(ViewerDocument, {})
  if (!data) return <>&nbsp;</>
  const { name, scopes } = data.viewer
  return <>{say.settings.viewer(name, scopes.map((scope) => say.scope.names[scope]).join(', '))}</>
}
