/**
 * Puts a text into the clipboard; says whether it is there. `beside` is an element near which a selection may be made: a dialog
 * lets nothing outside itself be selected.
 */
export async function copyText(text: string, beside: Element): Promise<boolean> {
  // Over plain http, as in a house without certificates, browsers have no clipboard but for what is selected.
  const clipboard = navigator.clipboard as Clipboard | undefined
  if (!clipboard) return copySelected(text, beside)
  return clipboard.writeText(text).then(
    () => true,
    () => copySelected(text, beside),
  )
}

function copySelected(text: string, beside: Element): boolean {
  const area = document.createElement('textarea')
  const focused = document.activeElement
  area.value = text
  area.readOnly = true
  area.className = 'unseen'
  beside.after(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
  return isCopied
}
