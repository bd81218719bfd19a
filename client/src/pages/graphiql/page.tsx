import { json } from '@codemirror/lang-json'
import { useQuery } from '@tanstack/react-query'
import { graphql, updateSchema } from 'cm6-graphql'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { useSession } from '../../app/session.js'
import { Button } from '../../components/button.js'
import { jsonText } from '../../components/json-text.js'
import { PageHead } from '../../components/page-head.js'
import { useIsNarrow } from '../../components/use-is-narrow.js'
import { say } from '../../strings.js'
import { Editor, type EditorHandle } from './editor.js'
import { ExampleMenu } from './example-menu.js'
import { type Example, examples } from './examples.js'
import { ExplorerApi } from './explorer-api.js'
import { operationAt } from './operation.js'
import { SchemaDocs } from './schema-docs.js'
import '../../components/foot-bar.css'
import './explorer.css'

/** Older events of a subscription make room for newer ones. */
const MOST_EVENTS = 50
const DRAW_EVERY_MS = 250
const [first] = examples

/** What stands in the editors, kept while other pages are looked at. */
let left: Omit<Example, 'name'> = { query: first?.query ?? '', variables: first?.variables ?? '' }

/** A place to try the API out, with the key that was signed in with: queries, mutations, and subscriptions as they come. */
export default function Page() {
  const { key } = useSession()
  const [parameters] = useSearchParams()
  const api = useMemo(() => new ExplorerApi(document.baseURI, key), [key])
  const [text, setText] = useState(() => {
    const query = parameters.get('query')
    return query === null ? left : { query, variables: parameters.get('variables') ?? '' }
  })
  const [answers, setAnswers] = useState<readonly string[]>([])
  const [fault, setFault] = useState<string | null>(null)
  const [areDocsShown, showDocs] = useState(false)
  const [isRunning, setRunning] = useState(false)
  const stop = useRef<() => void>(undefined)
  /** What came, newest first, whether it is shown already or not. */
  const came = useRef<readonly string[]>([])
  const drawing = useRef<ReturnType<typeof setTimeout>>(undefined)
  const editor = useRef<EditorHandle>(null)
  const answerPane = useRef<HTMLElement>(null)
  const isNarrow = useIsNarrow()
  const schema = useQuery({
    queryKey: ['Schema'],
    meta: { isKept: true },
    queryFn: () => api.schema(),
    staleTime: Infinity,
    structuralSharing: false,
  })
  const languages = useMemo(() => ({ query: graphql(), variables: json(), answer: json() }), [])

  useEffect(() => {
    left = text
  }, [text])
  useEffect(
    () => () => {
      stop.current?.()
      clearTimeout(drawing.current)
    },
    [],
  )
  useEffect(() => {
    if (schema.data && editor.current?.view) updateSchema(editor.current.view, schema.data)
  }, [schema.data])

  const isAnswered = answers.length > 0 || fault !== null
  useEffect(() => {
    // Below two editors nobody would see that an answer came.
    if (isNarrow && isAnswered) answerPane.current?.scrollIntoView({ block: 'start' })
  }, [isNarrow, isAnswered])

  const draw = (): void => {
    clearTimeout(drawing.current)
    drawing.current = undefined
    setAnswers(came.current)
  }
  const end = (): void => {
    stop.current?.()
    stop.current = undefined
    setRunning(false)
  }
  const run = (): void => {
    end()
    came.current = []
    draw()
    setFault(null)
    try {
      const cursor = editor.current?.view?.state.selection.main.head ?? 0
      const operation = operationAt(text.query, text.variables, cursor)
      setRunning(true)
      stop.current = api.run(operation, {
        answer: (value) => {
          came.current = [jsonText(value), ...came.current].slice(0, MOST_EVENTS)
          // Writing all of them into the editor is dear: a busy feed is shown a few times a second.
          drawing.current ??= setTimeout(draw, came.current.length === 1 ? 0 : DRAW_EVERY_MS)
        },
        ended: (why) => {
          setRunning(false)
          if (why !== undefined) setFault(why)
        },
      })
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error))
    }
  }
  const runOrStop = isRunning ? (
    <Button kind="primary" icon="pause" onClick={end}>
      {say.explorer.stop}
    </Button>
  ) : (
    <Button kind="primary" icon="play" hint={say.explorer.runKeys} onClick={run}>
      {say.explorer.run}
    </Button>
  )
  const write = (part: Partial<typeof text>): void => setText((current) => ({ ...current, ...part }))

  return (
    <div className="explorer">
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
      <div className="explorer-panes" data-docs={areDocsShown || undefined}>
        <section className="panel pane pane-query" aria-label={say.explorer.query}>
          <h2 className="pane-title">{say.explorer.query}</h2>
          <Editor
            ref={editor}
            label={say.explorer.query}
            language={languages.query}
            text={text.query}
            write={(query) => write({ query })}
            run={run}
          />
        </section>
        <section className="panel pane pane-variables" aria-label={say.explorer.variables}>
          <h2 className="pane-title">{say.explorer.variables}</h2>
          <Editor
            label={say.explorer.variables}
            hint={say.explorer.variablesHint}
            language={languages.variables}
            text={text.variables}
            write={(variables) => write({ variables })}
            run={run}
          />
        </section>
        <section ref={answerPane} className="panel pane pane-answer" aria-label={say.explorer.answer}>
          <h2 className="pane-title">
            {say.explorer.answer}
            {isRunning && <span className="pane-live">{say.explorer.listening(answers.length)}</span>}
          </h2>
          {fault !== null && (
            <p className="pane-fault" role="alert">
              {fault}
            </p>
          )}
          <Editor
            label={say.explorer.answer}
            language={languages.answer}
            text={answers.length > 0 ? answers.join('\n\n') : ''}
            isReadOnly
          />
        </section>
        {areDocsShown && (
          <section className="panel pane pane-docs" aria-label={say.explorer.docs}>
            <h2 className="pane-title">{say.explorer.docs}</h2>
            {schema.data ? (
              <SchemaDocs schema={schema.data} />
            ) : (
              <p className="docs muted">{schema.error ? schema.error.message : say.states.loading}</p>
            )}
          </section>
        )}
      </div>
      {isNarrow && <footer className="foot-bar run-bar">{runOrStop}</footer>}
    </div>
  )
}
