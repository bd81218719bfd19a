import { createRoot } from 'react-dom/client'
import { App } from './app/app.js'
import { applyTheme, readTheme } from './app/theme.js'
import './styles/tokens.css'
import './styles/base.css'
import './components/icon.css'

applyTheme(readTheme())
const root = document.getElementById('page')
if (root) createRoot(root).render(<App />)
