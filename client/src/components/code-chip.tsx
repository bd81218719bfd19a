import './code-chip.css'

interface CodeChipProps {
  readonly code: string | number
  /** Whether it is known to be an error: not an HTTP status, nor what may mean anything. */
  readonly isError?: boolean
}

/** An error code or an HTTP status. */
export function CodeChip({ code, isError = false }: CodeChipProps) {
  return (
    <code className="code-chip" data-bad={isError || undefined}>
      {code}
    </code>
  )
}
