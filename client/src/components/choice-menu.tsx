import type { ReactNode } from 'react'
import { DropdownMenu } from 'radix-ui'
import { Icon, type IconName } from './icon.js'
import './menu.css'

interface ChoiceMenuProps<Value extends string> {
  readonly label: string
  readonly chosen: readonly Value[]
  readonly options: readonly { readonly value: Value; readonly text: ReactNode; readonly icon?: IconName }[]
  choose(chosen: readonly Value[]): void
}

/** Any number of some values. It stays open while they are ticked. */
export function ChoiceMenu<Value extends string>({ label, chosen, options, choose }: ChoiceMenuProps<Value>) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button" data-chosen={chosen.length > 0 || undefined}>
        <span>{label}</span>
        {chosen.length > 0 && <span className="choice-count">{chosen.length}</span>}
        <Icon name="chevron" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={6} collisionPadding={12}>
          {options.map(({ value, text, icon }) => (
            <DropdownMenu.CheckboxItem
              key={value}
              className="menu-item"
              checked={chosen.includes(value)}
              onCheckedChange={(isChosen) =>
                choose(isChosen ? [...chosen, value] : chosen.filter((one) => one !== value))
              }
              onSelect={(event) => event.preventDefault()}
            >
              <span className="menu-tick">
                <DropdownMenu.ItemIndicator>
                  <Icon name="check" />
                </DropdownMenu.ItemIndicator>
              </span>
              {icon && <Icon name={icon} />}
              {text}
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
