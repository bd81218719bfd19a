import { type ReactNode, useRef, useState } from 'react'
import { Popover } from 'radix-ui'
import { Link, useLocation } from 'wouter'
import { Button } from '../components/button.js'
import { Icon } from '../components/icon.js'
import { say } from '../strings.js'
import { Brand } from './brand.js'
import { useFiring } from './firing.js'
import { LinkBadge } from './link-badge.js'
import { type Destination, destinations, isIn } from './navigation.js'
import { Notices } from './notices.js'
import { Preferences } from './preferences.js'
import { ShortcutList } from './shortcut-list.js'
import { useArrival } from './use-arrival.js'
import { useShortcuts } from './shortcuts.js'
import { useSignOut } from './use-sign-out.js'
import '../components/menu.css'
import './layout.css'

/** What stands around every page: a bar at the side, or at the foot of a phone. */
export function Layout({ children }: { readonly children: ReactNode }) {
  const [location, goTo] = useLocation()
  const [isListShown, showList] = useState(false)
  const firing = useFiring()
  const main = useRef<HTMLElement>(null)
  useArrival(location, main)

  useShortcuts(say.keys.everywhere, [
    ...destinations.map(({ path, name, key }) => ({
      keys: `g ${key}`,
      does: say.keys.go(name),
      run: () => goTo(path),
    })),
    { keys: '/', does: say.keys.search, run: () => focusSearch(main.current) },
    { keys: '?', does: say.keys.help, run: () => showList(true) },
    // The toasts themselves listen for it; here it is only listed.
    { keys: 'F8', does: say.keys.notices, run: () => {} },
  ])

  const item = (destination: Destination): ReactNode => (
    <NavItem
      key={destination.path}
      destination={destination}
      isHere={isIn(location, destination)}
      count={destination.path === '/alerts' ? firing : 0}
    />
  )
  const itemsOf = (wanted: Destination['group']): ReactNode =>
    destinations.filter(({ group }) => group === wanted).map(item)

  return (
    <div className="layout">
      <a className="skip" href="#content" onClick={(event) => skipTo(event, main.current)}>
        {say.nav.skip}
      </a>
      <div className="rail">
        <header className="top">
          <Brand />
          <LinkBadge />
        </header>
        <nav className="side" aria-label={say.nav.label}>
          <ul className="side-mains">{itemsOf('watch')}</ul>
          <ul className="side-others">{itemsOf('set-up')}</ul>
          <More others={destinations.filter(({ isMain }) => !isMain)} showList={() => showList(true)} />
          <div className="side-foot">
            <Preferences />
            <div className="side-tools">
              <Button
                kind="quiet"
                icon="keyboard"
                aria-label={say.shell.keys}
                title={say.shell.keys}
                onClick={() => showList(true)}
              />
              <SignOut />
            </div>
          </div>
        </nav>
      </div>
      <Notices />
      <main id="content" ref={main} tabIndex={-1}>
        {children}
      </main>
      {isListShown && <ShortcutList close={() => showList(false)} />}
    </div>
  )
}

interface NavItemProps {
  readonly destination: Destination
  readonly isHere: boolean
  readonly count: number
}

function NavItem({ destination: { path, name, icon, isMain }, isHere, count }: NavItemProps) {
  return (
    <li data-further={!isMain || undefined}>
      <Link className="nav-item" href={path} aria-current={isHere ? 'page' : undefined}>
        <Icon name={icon} />
        <span>{name}</span>
        {count > 0 && (
          <span className="nav-count" title={say.nav.firing(count)}>
            {count > 99 ? '99+' : count}
            <span className="unseen"> {say.nav.firing(count)}</span>
          </span>
        )}
      </Link>
    </li>
  )
}

/** On a phone: the pages that have no place in its bar, and what each reader chooses. */
function More({
  others,
  showList,
}: {
  readonly others: readonly Destination[]
  readonly showList: () => void
}) {
  const signOut = useSignOut()
  const [isOpen, setOpen] = useState(false)
  const isGoing = useRef(false)
  const close = (): void => setOpen(false)
  const go = (): void => {
    isGoing.current = true
    close()
  }
  // No menu: what is chosen here is reached by Tab, and in a menu Tab leads nowhere.
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className="nav-item nav-more">
        <Icon name="more" />
        <span>{say.nav.more}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu"
          side="top"
          align="end"
          sideOffset={10}
          collisionPadding={12}
          aria-label={say.nav.more}
          // Back to the button only by who stays: who goes on is in the other page already.
          onCloseAutoFocus={(event) => {
            if (isGoing.current) event.preventDefault()
            isGoing.current = false
          }}
        >
          {others.map(({ path, name, icon }) => (
            <Link key={path} className="menu-item" href={path} onClick={go}>
              <Icon name={icon} />
              {name}
            </Link>
          ))}
          <hr className="menu-line" />
          <Preferences />
          <hr className="menu-line" />
          <button
            type="button"
            className="menu-item"
            onClick={() => {
              close()
              showList()
            }}
          >
            <Icon name="keyboard" />
            {say.shell.keys}
          </button>
          <button type="button" className="menu-item" onClick={signOut}>
            <Icon name="sign-out" />
            {say.shell.signOut}
          </button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function SignOut() {
  const signOut = useSignOut()
  return (
    <Button kind="quiet" icon="sign-out" onClick={signOut}>
      {say.shell.signOut}
    </Button>
  )
}

function focusSearch(main: HTMLElement | null): void {
  const search = main?.querySelector<HTMLInputElement>('input[type="search"]')
  search?.focus()
  search?.select()
}

/** A fragment in the address would be taken for a route by some, so only the focus moves. */
function skipTo(event: { preventDefault(): void }, main: HTMLElement | null): void {
  event.preventDefault()
  main?.focus()
}
