/** Calls `work` every so often, never twice at once; a failure is told and the next call is made all the same. Answers what stops it. */
export function every(
  ms: number,
  work: () => Promise<unknown>,
  onError: (failure: unknown) => void,
): () => void {
  let isBusy = false
  const timer = setInterval(() => {
    if (isBusy) return
    isBusy = true
    work()
      .catch(onError)
      .finally(() => (isBusy = false))
  }, ms).unref()
  return () => clearInterval(timer)
}
