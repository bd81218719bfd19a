import type { ReceiverTextFragment } from '../../api/documents.js'
import { Switch } from '../../components/switch.js'
import { useToast } from '../../components/toasts.js'
import { say } from '../../strings.js'
import { useReceiverChange } from './use-receiver-change.js'

interface ReceiverSwitchProps {
  readonly receiver: Pick<ReceiverTextFragment, 'id' | 'name' | 'enabled'>
  readonly isReadOnly: boolean
}

/** Whether a receiver takes anything in, changed at once. */
export function ReceiverSwitch({ receiver: { id, name, enabled }, isReadOnly }: ReceiverSwitchProps) {
  const change = useReceiverChange(id)
  const toast = useToast()
  return (
    <Switch
      label={say.receivers.enabled(name)}
      isOn={enabled}
      disabled={isReadOnly}
      set={(isOn) =>
        change.send({ enabled: isOn }, { failed: ({ message }) => toast({ tone: 'bad', text: message }) })
      }
    />
  )
}
