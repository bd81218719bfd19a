import { graphql, updateSchema } from 'cm6-graphql'
import type { GraphQLSchema } from 'graphql'
import { type RefObject, useEffect, useMemo } from 'react'
import { say } from '../../strings.js'
import { Editor, type EditorHandle } from './editor.js'
import { Pane } from './pane.js'

interface QueryPaneProps {
  /** Knows where the cursor stands. */
  readonly editor: RefObject<EditorHandle | null>
  readonly text: string
  /** By which it completes and marks what is written; undefined while it is not known. */
  readonly schema: GraphQLSchema | undefined
  write(text: string): void
  run(): void
}

/** The operations that are written. */
export function QueryPane({ editor, text, schema, write, run }: QueryPaneProps) {
  const language = useMemo(() => graphql(), [])
  useEffect(() => {
    if (schema && editor.current?.view) updateSchema(editor.current.view, schema)
  }, [editor, schema])
  return (
    <Pane kind="query" title={say.explorer.query}>
      <Editor
        ref={editor}
        label={say.explorer.query}
        language={language}
        text={text}
        write={write}
        run={run}
      />
    </Pane>
  )
}
