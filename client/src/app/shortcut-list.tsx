import { Fragment } from 'react'
import { Dialog } from '../components/dialog.js'
import { say } from '../strings.js'
import { useShortcutBoard } from './shortcuts.js'
import './shortcut-list.css'

/** What the keys do on the page that is shown. */
export function ShortcutList({ close }: { readonly close: () => void }) {
  const board = useShortcutBoard()
  return (
    <Dialog title={say.keys.title} close={close}>
      {board.list().map(({ title, shortcuts }) => (
        <section key={title} className="shortcut-group">
          <h3>{title}</h3>
          <dl>
            {shortcuts.map(({ keys, does }) => (
              <div key={keys}>
                <dt>{does}</dt>
                <dd>
                  {keys.split(' ').map((key, place) => (
                    <Fragment key={key}>
                      {place > 0 && <span className="muted small"> {say.keys.sequence} </span>}
                      <kbd className="kbd">{key}</kbd>
                    </Fragment>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  )
}
