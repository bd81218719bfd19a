import { createRoot, type Root } from 'react-dom/client'
import { routerBase } from './api/endpoints.js'
import { App } from './app/app.js'
import { bringPage } from './app/pages.js'
import { StayStore } from './app/stay-store.js'
import { applyTheme, readTheme } from './app/theme.js'
import './styles/tokens.css'
import './styles/base.css'
import './styles/unseen.css'
import './styles/fills.css'
import './components/icon.css'
import './components/button.css'
import './components/panel.css'
import './components/field.css'
import './components/menu.css'

/**
 * So long the first drawing waits for the file of its page and for what that asks by, in milliseconds: both are on their way with the
 * frame. Were a stand-in drawn instead, React would keep the page back for as long, so that nothing flickers.
 */
const FIRST_MS = 300

applyTheme(readTheme())
const root = document.getElementById('page')
if (root) void draw(createRoot(root))

async function draw(into: Root): Promise<void> {
  const stays = new StayStore()
  const page = bringPage(location.pathname.slice(routerBase(document.baseURI).length))
  const ready = Promise.all([page, stays.read().stay?.begun])
  await Promise.race([ready, new Promise((late) => setTimeout(late, FIRST_MS))])
  into.render(<App stays={stays} />)
}
