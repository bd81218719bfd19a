import './switch.css'

interface SwitchProps {
  readonly label: string
  readonly isOn: boolean
  readonly disabled?: boolean
  readonly title?: string | undefined
  set(isOn: boolean): void
}

/** On or off, at once. */
export function Switch({ label, isOn, disabled = false, title, set }: SwitchProps) {
  return (
    <button
      type="button"
      className="switch"
      role="switch"
      aria-checked={isOn}
      aria-label={label}
      title={title}
      disabled={disabled}
      onClick={() => set(!isOn)}
    />
  )
}
