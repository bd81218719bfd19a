import { useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { DeleteRuleDocument } from '../../api/documents.js'
import { useSession } from '../../app/session.js'
import { useToast } from '../../components/toasts.js'
import { say } from '../../strings.js'
import { PendingDeletes } from './pending-deletes.js'

const pending = new PendingDeletes()

/** The rules that are about to be deleted, not to be listed any more. */
export function usePendingDeletes(): ReadonlySet<string> {
  return useSyncExternalStore(pending.watch, pending.read)
}

/** Deletes a rule once its toast is over; undoing means that nothing is ever sent. Leaving the page before keeps the rule. */
export function useDeleteRule(): (rule: { readonly id: string; readonly name: string }) => void {
  const { api } = useSession()
  const queries = useQueryClient()
  const toast = useToast()
  const send = async (id: string): Promise<void> => {
    try {
      await api.ask(DeleteRuleDocument, { id })
      await queries.invalidateQueries({ queryKey: ['Rules'] })
    } catch (error) {
      toast({ tone: 'bad', text: error instanceof Error ? error.message : String(error) })
    }
    pending.remove(id)
  }
  return ({ id, name }) => {
    pending.add(id)
    toast({
      tone: 'busy',
      text: say.rules.deleted(name),
      action: { text: say.rules.undo, run: () => pending.remove(id) },
      ended: () => void send(id),
    })
  }
}
