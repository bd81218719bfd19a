import './foreign-text.css'

/** Text that came from elsewhere, or goes there, as it is: an answer, a request. It scrolls in itself. */
export function ForeignText({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <pre className="foreign-text" role="region" tabIndex={0} aria-label={label}>
      {text}
    </pre>
  )
}
