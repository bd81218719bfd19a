import { useState } from 'react'
import { ApiError } from '../api/api-error.js'
import { TestActionDocument, type TestActionMutation } from '../api/documents.js'
import { useSession } from '../app/session.js'

/** A test of an action, which really sends, and what came of the last one. */
export function useActionTest() {
  const { api } = useSession()
  const [test, setTest] = useState<TestActionMutation['testAction'] | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const [isBusy, setBusy] = useState(false)
  /** @param idOf what has to be done first, and brings the action's id; null where there is none to test */
  const run = async (idOf: () => Promise<string | null>): Promise<void> => {
    setBusy(true)
    setTest(null)
    setError(null)
    try {
      const id = await idOf()
      if (id !== null) setTest((await api.ask(TestActionDocument, { id })).testAction)
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }
  return { test, error, isBusy, run, close: () => setTest(null) }
}
