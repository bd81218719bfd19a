import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { Toast } from 'radix-ui'
import { say } from '../strings.js'
import { Button } from './button.js'
import { Icon } from './icon.js'
import { withAnother } from './toast-room.js'
import './toasts.css'

/** A short word about what just happened. */
export interface ToastWords {
  readonly tone: 'good' | 'bad' | 'busy'
  readonly text: string
  /** Such as to undo it; the toast stays longer then. */
  readonly action?: { readonly text: string; run(): void }
  /** The toast is over, and the action was not taken. */
  ended?(): void
}

type Tell = (toast: ToastWords) => void

const ToastContext = createContext<Tell>(() => {})
/** The key that leads to the toasts, as `KeyboardEvent.code` names it. */
const TO_NOTICES = ['F8']
const SHOWN_MS = 6_000
const SHOWN_WITH_ACTION_MS = 12_000
/** Between them and what they would lie on. */
const BESIDE_PX = 16
const icons = { good: 'check', bad: 'warning', busy: 'info' } as const

export function useToast(): Tell {
  return useContext(ToastContext)
}

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly (ToastWords & { readonly id: number })[]>([])
  const lastId = useRef(0)
  const waiting = useRef(new Map<number, () => void>())
  const list = useRef<HTMLOListElement>(null)
  const end = useCallback(
    (id: number): void => setToasts((shown) => shown.filter((toast) => toast.id !== id)),
    [],
  )
  const tell = useMemo(
    (): Tell => (toast) => {
      lastId.current += 1
      const added = { ...toast, id: lastId.current }
      if (toast.ended) {
        waiting.current.set(added.id, toast.ended)
        // The toast's own clock stands still while the window has no focus; what waits for its end must not.
        setTimeout(() => end(added.id), SHOWN_WITH_ACTION_MS)
      }
      setToasts((shown) => withAnother(shown, added))
    },
    [end],
  )
  useEffect(() => {
    for (const [id, ended] of waiting.current) {
      if (toasts.some((toast) => toast.id === id)) continue
      waiting.current.delete(id)
      ended()
    }
  }, [toasts])
  // The page has as much room at its end.
  useEffect(() => {
    const shown = list.current
    if (!shown) return undefined
    const { style } = document.documentElement
    const observer = new ResizeObserver(() => {
      const height = shown.offsetHeight
      style.setProperty('--toasts', `${height === 0 ? 0 : height + BESIDE_PX}px`)
    })
    observer.observe(shown)
    return () => {
      observer.disconnect()
      style.removeProperty('--toasts')
    }
  }, [])
  // Where they have no room all at once, the newest is the one in sight.
  useEffect(() => {
    list.current?.scrollTo(0, list.current.scrollHeight)
  }, [toasts.length])
  return (
    <ToastContext value={tell}>
      <Toast.Provider label={say.toast.label} swipeDirection="right">
        {children}
        {toasts.map((toast) => (
          <Toast.Root
            key={toast.id}
            className={`toast tone-${toast.tone}`}
            duration={toast.action ? SHOWN_WITH_ACTION_MS : SHOWN_MS}
            onOpenChange={(isOpen) => isOpen || end(toast.id)}
          >
            <Icon name={icons[toast.tone]} />
            <Toast.Description className="toast-text">{toast.text}</Toast.Description>
            {toast.action && (
              <Toast.Action asChild altText={toast.action.text}>
                <Button
                  onClick={() => {
                    waiting.current.delete(toast.id)
                    toast.action?.run()
                  }}
                >
                  {toast.action.text}
                </Button>
              </Toast.Action>
            )}
            <Toast.Close asChild>
              <Button kind="quiet" icon="cross" aria-label={say.close} />
            </Toast.Close>
          </Toast.Root>
        ))}
        <Toast.Viewport ref={list} className="toasts" hotkey={TO_NOTICES} label={say.toast.list} />
      </Toast.Provider>
    </ToastContext>
  )
}
