import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language'
import { lintKeymap } from '@codemirror/lint'
import { EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { editorTheme, highlights } from './editor-theme.js'

export interface EditorHandle {
  readonly view: EditorView | null
}

interface EditorProps {
  readonly label: string
  readonly text: string
  /** Its language; never another while it is shown. */
  readonly language: Extension
  readonly hint?: string
  readonly isReadOnly?: boolean
  write?(text: string): void
  /** At Ctrl or Cmd and Enter. */
  run?(): void
  readonly ref?: Ref<EditorHandle>
}

/**
 * A CodeMirror editor. Tab leaves it, as it leaves any field. It lives in a shadow root, because there CodeMirror constructs its
 * style sheets; elsewhere it writes style elements, which the content security policy forbids.
 */
export function Editor({
  label,
  text,
  language,
  hint = '',
  isReadOnly = false,
  write,
  run,
  ref,
}: EditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const heard = useRef({ write, run })
  heard.current = { write, run }
  useImperativeHandle(ref, () => ({
    get view() {
      return view.current
    },
  }))

  useEffect(() => {
    if (!place.current) return undefined
    const shadow = place.current.shadowRoot ?? place.current.attachShadow({ mode: 'open' })
    const editing: Extension = isReadOnly
      ? [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ 'aria-readonly': 'true' })]
      : [history(), closeBrackets(), indentOnInput(), autocompletion(), placeholder(hint)]
    const made = new EditorView({
      parent: shadow,
      root: shadow,
      state: EditorState.create({
        doc: text,
        extensions: [
          keymap.of([
            {
              key: 'Mod-Enter',
              run: () => {
                heard.current.run?.()
                return true
              },
            },
            { key: 'Escape', run: ({ contentDOM }) => (contentDOM.blur(), true) },
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...lintKeymap,
            ...historyKeymap,
            ...foldKeymap,
            ...defaultKeymap,
          ]),
          lineNumbers(),
          foldGutter(),
          drawSelection(),
          bracketMatching(),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) heard.current.write?.(state.doc.toString())
          }),
          syntaxHighlighting(highlights),
          editorTheme,
          editing,
          language,
        ],
      }),
    })
    view.current = made
    return () => {
      made.destroy()
      view.current = null
    }
    // The text is brought in below; everything else stays as it is while the editor is shown.
  }, [label, language, hint, isReadOnly])

  useEffect(() => {
    const state = view.current?.state
    if (state && state.doc.toString() !== text)
      view.current?.dispatch({ changes: { from: 0, to: state.doc.length, insert: text } })
  }, [text])

  return <div ref={place} className="editor cm-editor" />
}
