import type { ApiError } from '../api/api-error.js'
import { say } from '../strings.js'
import { Button } from './button.js'

interface OlderProps {
  readonly pages: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly isFetchNextPageError: boolean
    readonly error: ApiError | null
    fetchNextPage(): unknown
  }
  /** What the button says that brings the next page. */
  readonly children: string
}

/** Below a list that goes on: its next page, or why that could not be loaded. */
export function Older({ pages, children }: OlderProps) {
  if (!pages.hasNextPage) return null
  const isFailed = pages.isFetchNextPageError && !pages.isFetchingNextPage
  return (
    <div className="list-more">
      {isFailed && (
        <p className="muted small" role="status">
          {say.states.olderFailed(pages.error?.message ?? '')}
        </p>
      )}
      <Button
        {...(isFailed && { icon: 'refresh' })}
        isBusy={pages.isFetchingNextPage}
        onClick={() => void pages.fetchNextPage()}
      >
        {isFailed ? say.states.tryAgain : children}
      </Button>
    </div>
  )
}
