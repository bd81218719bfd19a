/** What an alert's text says once its form encoding is undone. */
export interface AlertText {
  /** The value of `Msg`; null where there is none or an empty one. */
  readonly message: string | null
  readonly whole: string
}

/**
 * Decodes the `alert_text` of a monitor alert: mostly form-encoded pairs in any order, sometimes plain text, which is left
 * as it is (recorded answers in the tests of Twilio's C# SDK and of kevinburke/twilio-go).
 */
export function decodeAlertText(text: string): AlertText {
  if (!text.includes('=')) return { message: null, whole: text }
  const pairs = new URLSearchParams(text)
  const message = pairs.get('Msg') ?? pairs.get('msg')
  return { message: message || null, whole: formDecoded(text) }
}

/** The whole text decoded as if it were one value, so that its `&` and `=` stay where they were. */
function formDecoded(text: string): string {
  return new URLSearchParams(`=${text.replaceAll('&', '%26')}`).get('') ?? text
}
