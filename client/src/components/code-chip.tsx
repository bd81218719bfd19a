import './code-chip.css'

/** An error code or an HTTP status. */
export function CodeChip({ code }: { readonly code: string | number }) {
  return <code className="code-chip">{code}</code>
}
