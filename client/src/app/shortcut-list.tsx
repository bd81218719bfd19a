import { Fragment, useState } from 'react'
import { Dialog } from '../components/dialog.js'
import { Switch } from '../components/switch.js'
import { say } from '../strings.js'
import { storeCharacterKeys } from './character-keys.js'
import { useReadsEach } from './read-out.js'
import { useShortcutBoard } from './shortcuts.js'
import './shortcut-list.css'

/** What the keys do on the page that is shown. */
export function ShortcutList({ close }: { readonly close: () => void }) {
  const board = useShortcutBoard()
  const [readsEach, setReadsEach] = useReadsEach()
  const [areOn, setOn] = useState(board.areCharactersOn)
  const switchKeys = (areWanted: boolean): void => {
    board.areCharactersOn = areWanted
    storeCharacterKeys(areWanted)
    setOn(areWanted)
  }
  return (
    <Dialog title={say.keys.title} close={close}>
      <div className="switch-lines">
        <label className="switch-line">
          <Switch label={say.keys.characters} isOn={areOn} set={switchKeys} />
          <span aria-hidden="true">{say.keys.characters}</span>
        </label>
        <label className="switch-line">
          <Switch label={say.keys.readOut} isOn={readsEach} set={setReadsEach} />
          <span aria-hidden="true">{say.keys.readOut}</span>
        </label>
      </div>
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
                      <kbd className="kbd">{say.keys.named(key)}</kbd>
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
