import { useQueryClient } from '@tanstack/react-query'
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import { DeleteRuleDocument } from '../api/documents.js'
import { useSession } from '../app/session.js'
import { useToast } from '../components/toasts.js'
import { say } from '../strings.js'
import { PendingDeletes } from './pending-deletes.js'
import { rereadRules } from './reread-rules.js'

interface RuleDeletionsChoice {
  readonly pending: PendingDeletes
  remove(rule: { readonly id: string; readonly name: string }): void
}

const DeletionsContext = createContext<RuleDeletionsChoice>({
  pending: new PendingDeletes(),
  remove: () => {},
})

/** The rules that are about to be deleted, not to be listed any more. */
export function usePendingDeletes(): ReadonlySet<string> {
  const { pending } = useContext(DeletionsContext)
  return useSyncExternalStore(pending.watch, pending.read)
}

/** Deletes a rule once its toast is over; undoing means that nothing is ever sent. */
export function useDeleteRule(): RuleDeletionsChoice['remove'] {
  return useContext(DeletionsContext).remove
}

/** Keeps what is being deleted on whatever page. Who signs out or closes the tab before it is sent has not undone it. */
export function RuleDeletions({ children }: { readonly children: ReactNode }) {
  const { api } = useSession()
  const queries = useQueryClient()
  const toast = useToast()
  const [pending] = useState(() => new PendingDeletes())

  useEffect(() => {
    const sendAll = (): void => {
      for (const id of pending.takeAll()) api.tellLast(DeleteRuleDocument, { id })
    }
    addEventListener('pagehide', sendAll)
    return () => {
      removeEventListener('pagehide', sendAll)
      sendAll()
    }
  }, [api, pending])

  const choice = useMemo((): RuleDeletionsChoice => {
    const send = async (id: string, name: string): Promise<void> => {
      if (!pending.read().has(id)) return
      try {
        await api.ask(DeleteRuleDocument, { id })
        await rereadRules(queries)
        toast({ tone: 'good', text: say.rules.deleted(name) })
      } catch (error) {
        toast({ tone: 'bad', text: error instanceof Error ? error.message : String(error) })
      }
      pending.remove(id)
    }
    return {
      pending,
      remove: ({ id, name }) => {
        pending.add(id)
        toast({
          tone: 'busy',
          text: say.rules.deleting(name),
          action: { text: say.rules.undo, run: () => pending.remove(id) },
          ended: () => void send(id, name),
        })
      },
    }
  }, [api, pending, queries, toast])
  return <DeletionsContext value={choice}>{children}</DeletionsContext>
}
