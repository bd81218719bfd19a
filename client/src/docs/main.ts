import 'swagger-ui-dist/swagger-ui.css'
import '../styles/tokens.css'
import '../styles/unseen.css'
import './docs.css'
import swaggerUi, { type SwaggerSystem } from 'swagger-ui-dist/swagger-ui-es-bundle.js'
import { AccessKey } from '../api/access-key.js'
import { applyTheme, readTheme } from '../app/theme.js'
import { say } from '../strings.js'

/** Name of the scheme in the description by which a key goes into `X-API-Key`. */
const SCHEME = 'key'

const api = new URL('api/openapi.json', document.baseURI)

async function start(): Promise<void> {
  followTheme()
  const response = await fetch(api)
  if (!response.ok) throw new Error(say.docs.unreadable(response.status))
  const spec = (await response.json()) as object
  const ui = swaggerUi({
    // Wherever the reader's browser sees this server, which behind a proxy the server may not know.
    spec: { ...spec, servers: [{ url: new URL('.', document.baseURI).href.replace(/\/$/, '') }] },
    domNode: document.getElementById('docs') ?? document.body,
    deepLinking: true,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    tryItOutEnabled: true,
    plugins: [withNames],
    // It would ask a server of somebody else whether the description is valid.
    validatorUrl: null,
    onComplete: () => {
      const key = new AccessKey(() => sessionStorage).read()
      if (key !== null) ui.preauthorizeApiKey(SCHEME, key)
    },
  })
}

/** What screen readers cannot tell of Swagger UI's own parts. */
function withNames({ React }: SwaggerSystem) {
  const element = React.createElement
  return {
    wrapComponents: {
      // Each path is a link inside the button that opens it; the address follows the button too.
      DeepLink: (Original: unknown) => (props: object) => element(Original, { ...props, enabled: false }),
      Select: (Original: unknown) => (props: object) =>
        element(
          'label',
          {},
          element('span', { className: 'unseen' }, say.docs.choice),
          element(Original, props),
        ),
    },
  }
}

/** As the dashboard has it: as the system, or as the reader chose. */
function followTheme(): void {
  const theme = readTheme()
  applyTheme(theme)
  const system = matchMedia('(prefers-color-scheme: dark)')
  const follow = () =>
    document.documentElement.classList.toggle(
      'dark-mode',
      theme === 'dark' || (theme === 'auto' && system.matches),
    )
  system.addEventListener('change', follow)
  follow()
}

start().catch((problem: unknown) => {
  document
    .getElementById('docs')
    ?.replaceChildren(problem instanceof Error ? problem.message : String(problem))
})
