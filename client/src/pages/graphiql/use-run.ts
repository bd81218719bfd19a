import { useEffect, useRef, useState } from 'react'
import { jsonText } from '../../components/json-text.js'
import type { ExplorerApi } from './explorer-api.js'
import type { Operation } from './operation.js'

/** Older events of a subscription make room for newer ones. */
const MOST_EVENTS = 50
const DRAW_EVERY_MS = 250

export interface Run {
  /** As JSON, newest first. */
  readonly answers: readonly string[]
  /** Why it could not be run, or ended. */
  readonly fault: Error | null
  readonly isRunning: boolean
  /** Runs another operation instead; where `operation` throws, the fault says what. */
  start(operation: () => Operation): void
  stop(): void
}

/** One operation at a time, and what came of it. */
export function useRun(api: ExplorerApi): Run {
  const [answers, setAnswers] = useState<readonly string[]>([])
  const [fault, setFault] = useState<Error | null>(null)
  const [isRunning, setRunning] = useState(false)
  const stopped = useRef<() => void>(undefined)
  /** What came, newest first, whether it is shown already or not. */
  const came = useRef<readonly string[]>([])
  const drawing = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(
    () => () => {
      stopped.current?.()
      clearTimeout(drawing.current)
    },
    [],
  )

  const draw = (): void => {
    clearTimeout(drawing.current)
    drawing.current = undefined
    setAnswers(came.current)
  }
  const stop = (): void => {
    stopped.current?.()
    stopped.current = undefined
    setRunning(false)
  }
  const start = (operation: () => Operation): void => {
    stop()
    came.current = []
    draw()
    setFault(null)
    try {
      const asked = operation()
      setRunning(true)
      stopped.current = api.run(asked, {
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
      setFault(error instanceof Error ? error : new Error(String(error)))
    }
  }
  return { answers, fault, isRunning, start, stop }
}
