import { type RefObject, useEffect } from 'react'

/** Each time that saving was refused, the first field that is marked comes into sight: on a phone it may be far away. */
export function useFirstMarked(form: RefObject<HTMLFormElement | null>, refusals: number): void {
  useEffect(() => {
    if (refusals === 0) return
    bringIntoSight(form.current?.querySelector<HTMLElement>('[aria-invalid]'))
  }, [form, refusals])
}

/** The first blank of the sentence that is wrong, or empty. */
export function blankToFill(form: HTMLFormElement | null): HTMLInputElement | undefined {
  const blanks = [...(form?.querySelectorAll<HTMLInputElement>('.sentence input') ?? [])]
  return (
    blanks.find((blank) => blank.matches('[aria-invalid]')) ??
    blanks.find(({ value }) => value.trim() === '') ??
    blanks[0]
  )
}

export function bringIntoSight(field: HTMLElement | null | undefined): void {
  field?.focus({ preventScroll: true })
  field?.scrollIntoView({ block: 'center' })
}

/** On a phone the preview is below all that is written. */
export function bringPreviewIntoSight(form: HTMLFormElement | null): void {
  const found = form?.querySelector('.preview')
  found?.querySelector('button')?.focus({ preventScroll: true })
  found?.scrollIntoView({ block: 'start' })
}
