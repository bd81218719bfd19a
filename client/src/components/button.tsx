import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { Icon, type IconName } from './icon.js'
import './button.css'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: 'plain' | 'primary' | 'quiet' | 'danger'
  readonly icon?: IconName
  /** The key that does the same, shown beside the text. */
  readonly hint?: string
  /** Under way: it cannot be pressed again. */
  readonly isBusy?: boolean
  readonly ref?: Ref<HTMLButtonElement>
  readonly children?: ReactNode
}

/** Without children it shows its icon only, and needs an `aria-label`. */
export function Button({
  kind = 'plain',
  icon,
  hint,
  isBusy = false,
  children,
  className,
  ...rest
}: ButtonProps) {
  const classes = ['button', `button-${kind}`, children === undefined && 'button-icon', className]
  return (
    <button
      type="button"
      className={classes.filter(Boolean).join(' ')}
      aria-busy={isBusy || undefined}
      {...rest}
      disabled={isBusy || rest.disabled}
    >
      {icon && <Icon name={icon} />}
      {children !== undefined && <span>{children}</span>}
      {hint !== undefined && <kbd>{hint}</kbd>}
    </button>
  )
}
