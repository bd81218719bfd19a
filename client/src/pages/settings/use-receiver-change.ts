import {
  type UpdateReceiverInput,
  UpdateReceiverDocument,
  type UpdateReceiverMutation,
} from '../../api/documents.js'
import type { ApiError, FieldFault } from '../../api/api-error.js'
import { useChange } from '../../api/use-change.js'

type Changed = UpdateReceiverMutation['updateReceiver']

/** Changes to one receiver. */
export interface ReceiverChange {
  readonly isBusy: boolean
  readonly error: ApiError | null
  /** What is wrong with which field of the last change. */
  readonly faults: readonly FieldFault[]
  /** What the server says of the last change though it was made. */
  readonly warnings: readonly string[]
  send(
    input: UpdateReceiverInput,
    after?: { done?(changed: Changed): void; failed?(error: ApiError): void },
  ): void
}

export function useReceiverChange(id: string): ReceiverChange {
  const change = useChange(UpdateReceiverDocument, ['Receivers', 'Receiver'])
  return {
    isBusy: change.isPending,
    error: change.error,
    faults: change.error?.fields ?? [],
    warnings: change.data?.updateReceiver.warnings ?? [],
    send: (input, { done, failed } = {}) =>
      change.mutate(
        { id, input },
        { onSuccess: ({ updateReceiver }) => done?.(updateReceiver), onError: (error) => failed?.(error) },
      ),
  }
}
