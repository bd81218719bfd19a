import { CopyButton } from '../../components/copy-button.js'
import { say } from '../../strings.js'

/** A text to take away: an address, or a secret that is shown this once. @param label of the button, for who does not see it */
export function ToCopy({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div className="made-key">
      <code>{text}</code>
      <CopyButton text={text} label={label}>
        {say.keyring.copyShort}
      </CopyButton>
    </div>
  )
}
