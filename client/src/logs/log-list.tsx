import { useVirtualizer } from '@tanstack/react-virtual'
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef, useState } from 'react'
import { useRouter } from 'wouter'
import { useShortcuts } from '../app/shortcuts.js'
import { say } from '../strings.js'
import { useIsNarrow } from '../components/use-is-narrow.js'
import { type Log, logPath } from './log.js'
import { LogRow } from './log-row.js'
import './log-list.css'

const ROW_PX = 41
const NARROW_ROW_PX = 68
/** So many rows before the end, more are asked for. */
const NEAR_END = 20

export interface LogListHandle {
  toTop(): void
}

interface LogListProps {
  readonly label: string
  readonly rows: readonly Log[]
  /** The log that is open beside it. */
  readonly openId: string | null
  open(id: string): void
  /** The reader is no longer, or again, at its top. */
  scrolled?(isAway: boolean): void
  /** The reader walks through it by keys; null when no longer. */
  walked?(id: string | null): void
  /** The reader begins, or ends, to select text in it. */
  selected?(isSelecting: boolean): void
  /** The end is near. */
  nearEnd?(): void
  readonly ref?: Ref<LogListHandle>
}

/** Any number of logs, of which only those in sight are drawn. `j` and `k` walk, Enter opens. */
export function LogList({
  label,
  rows,
  openId,
  open,
  scrolled,
  walked,
  selected,
  nearEnd,
  ref,
}: LogListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [walkedId, setWalkedId] = useState<string | null>(null)
  const isNarrow = useIsNarrow()
  const { base } = useRouter()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isNarrow ? NARROW_ROW_PX : ROW_PX),
    overscan: 8,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? -1

  useEffect(() => virtual.measure(), [virtual, isNarrow])
  const onNearEnd = useEffectEvent(() => nearEnd?.())
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - NEAR_END) onNearEnd()
  }, [last, rows.length])

  const walkTo = (id: string | null): void => {
    setWalkedId(id)
    walked?.(id)
  }
  const goTo = (wanted: number): void => {
    const place = Math.min(Math.max(wanted, 0), rows.length - 1)
    const row = rows[place]
    if (!row) return
    walkTo(row.id)
    virtual.scrollToIndex(place)
  }
  const walk = (step: number): void => {
    const from = rows.findIndex(({ id }) => id === walkedId)
    // The first row in sight: above it are some that are drawn in advance.
    const first = virtual.range?.startIndex ?? 0
    goTo(from === -1 ? first : from + step)
  }
  /** As in every grid, for who came to a row by Tab. */
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => walk(1),
    ArrowUp: () => walk(-1),
    Home: () => goTo(0),
    End: () => goTo(rows.length - 1),
  }
  useImperativeHandle(ref, () => ({
    toTop: () => {
      walkTo(null)
      if (isSelectionIn(scroller.current)) getSelection()?.removeAllRanges()
      scroller.current?.scrollTo({ top: 0 })
    },
  }))
  const onSelected = useEffectEvent((isSelecting: boolean) => selected?.(isSelecting))
  useEffect(() => {
    const look = (): void => onSelected(isSelectionIn(scroller.current))
    document.addEventListener('selectionchange', look)
    return () => {
      document.removeEventListener('selectionchange', look)
      onSelected(false)
    }
  }, [])
  useEffect(() => {
    if (walkedId === null) return
    scroller.current
      ?.querySelector<HTMLElement>(`[data-id="${CSS.escape(walkedId)}"] a`)
      ?.focus({ preventScroll: true })
  }, [walkedId, last])

  useShortcuts(say.keys.list, [
    { keys: 'j', does: say.keys.next, run: () => walk(1) },
    { keys: 'k', does: say.keys.previous, run: () => walk(-1) },
    { keys: 'Enter', does: say.keys.open, run: () => walkedId !== null && open(walkedId) },
    {
      keys: 'Escape',
      does: say.keys.leave,
      run: () => {
        walkTo(null)
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      },
    },
  ])

  return (
    <div
      ref={scroller}
      className="log-list"
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={5}
      onKeyDown={(event) => {
        const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key]
        if (!move) return
        event.preventDefault()
        move()
      }}
      onScroll={({ currentTarget }) => scrolled?.(currentTarget.scrollTop > ROW_PX)}
    >
      <div className="log-head" role="row" aria-rowindex={1}>
        {[say.logs.time, say.logs.type, say.logs.status, say.logs.numbers, say.logs.what].map((name) => (
          <span key={name} role="columnheader">
            {name}
          </span>
        ))}
      </div>
      <div className="log-rows" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, size }) => {
          const log = rows[index]
          return (
            log && (
              <LogRow
                key={log.id}
                log={log}
                href={base + logPath(log.id)}
                place={index}
                top={start}
                height={size}
                isOpen={log.id === openId}
                isFirstStop={walkedId === null ? index === 0 : log.id === walkedId}
                open={open}
                walkTo={walkTo}
              />
            )
          )
        })}
      </div>
    </div>
  )
}

/** Whether some text of the list is selected. */
function isSelectionIn(list: HTMLElement | null): boolean {
  const selection = getSelection()
  return selection !== null && !selection.isCollapsed && list !== null && selection.containsNode(list, true)
}
