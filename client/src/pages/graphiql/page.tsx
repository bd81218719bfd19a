import { json } from '@codemirror/lang-json'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { useSession } from '../../app/session.js'
import { Button } from '../../components/button.js'
import { PageHead } from '../../components/page-head.js'
import { Answered } from '../../components/states.js'
import { Lack } from '../../components/trouble.js'
import { useIsNarrow } from '../../components/use-is-narrow.js'
import { say } from '../../strings.js'
import { AnswerPane } from './answer-pane.js'
import { Editor, type EditorHandle } from './editor.js'
import { ExampleMenu } from './example-menu.js'
import { type Example, examples } from './examples.js'
import { ExplorerApi } from './explorer-api.js'
import { operationAt } from './operation.js'
import { Pane } from './pane.js'
import { QueryPane } from './query-pane.js'
import { SchemaDocs } from './schema-docs.js'
import { useRun } from './use-run.js'
import { useSchema } from './use-schema.js'
import '../../components/foot-bar.css'
import './explorer.css'

const [first] = examples

type Text = Omit<Example, 'name'>

/** What stands in the editors, kept while other pages are looked at. */
let left: Text = { query: first?.query ?? '', variables: first?.variables ?? '' }

/** A place to try the API out, with the key that was signed in with: queries, mutations, and subscriptions as they come. */
export default function Page() {
  const { api: session, key } = useSession()
  const api = useMemo(() => new ExplorerApi(session, document.baseURI, key), [session, key])
  const [text, setText] = useText()
  const [areDocsShown, showDocs] = useState(false)
  const editor = useRef<EditorHandle>(null)
  const isNarrow = useIsNarrow()
  const variablesLanguage = useMemo(() => json(), [])
  const schema = useSchema()
  const run = useRun(api)
  const start = (): void =>
    run.start(() =>
      operationAt(text.query, text.variables, editor.current?.view?.state.selection.main.head ?? 0),
    )
  const write = (part: Partial<Text>): void => setText((current) => ({ ...current, ...part }))
  const runOrStop = run.isRunning ? (
    <Button kind="primary" icon="pause" onClick={run.stop}>
      {say.explorer.stop}
    </Button>
  ) : (
    <Button kind="primary" icon="play" hint={say.explorer.runKeys} onClick={start}>
      {say.explorer.run}
    </Button>
  )
  return (
    <div className={isNarrow ? 'explorer' : 'explorer fills'}>
      <PageHead
        title={say.nav.explorer}
        about={say.explorer.about}
        tools={
          <>
            <ExampleMenu text={text} open={setText} />
            <Button icon="help" aria-pressed={areDocsShown} onClick={() => showDocs(!areDocsShown)}>
              {say.explorer.docs}
            </Button>
            <a className="button" href={new URL('docs', document.baseURI).href}>
              {say.docs.title}
            </a>
            {!isNarrow && runOrStop}
          </>
        }
      />
      {!areDocsShown && <Lack answer={schema} what={say.explorer.schema} />}
      <div className="explorer-panes" data-docs={areDocsShown || undefined}>
        <QueryPane
          editor={editor}
          text={text.query}
          schema={schema.data}
          write={(query) => write({ query })}
          run={start}
        />
        <Pane kind="variables" title={say.explorer.variables}>
          <Editor
            label={say.explorer.variables}
            hint={say.explorer.variablesHint}
            language={variablesLanguage}
            text={text.variables}
            write={(variables) => write({ variables })}
            run={start}
          />
        </Pane>
        <AnswerPane run={run} again={start} />
        {areDocsShown && (
          <Pane kind="docs" title={say.explorer.docs}>
            <Answered answer={schema} lines={8}>
              {(known) => <SchemaDocs schema={known} />}
            </Answered>
          </Pane>
        )}
      </div>
      {isNarrow && <footer className="foot-bar run-bar">{runOrStop}</footer>}
    </div>
  )
}

/** What stands in the editors: what the address brings, or what was left here. */
function useText() {
  const [parameters] = useSearchParams()
  const [text, setText] = useState<Text>(() => {
    const query = parameters.get('query')
    return query === null ? left : { query, variables: parameters.get('variables') ?? '' }
  })
  useEffect(() => {
    left = text
  }, [text])
  return [text, setText] as const
}
