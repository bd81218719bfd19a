import './code-chip.css'

interface CodeChipProps {
  readonly code: string | number
  /** Whether it is an error, and no status or code that nobody here knows. */
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
