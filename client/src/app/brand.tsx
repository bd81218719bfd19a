import iconUrl from '../../icon.svg'
import { say } from '../strings.js'

export function Brand() {
  return (
    <span className="brand">
      <img src={iconUrl} alt="" width="28" height="28" />
      <span>{say.product}</span>
    </span>
  )
}
