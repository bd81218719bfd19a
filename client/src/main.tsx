import { createRoot } from 'react-dom/client'
import { App } from './app/app.js'
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

applyTheme(readTheme())
const root = document.getElementById('page')
if (root) createRoot(root).render(<App />)
