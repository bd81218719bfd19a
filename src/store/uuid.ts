const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether Postgres would take `text` for the id of a row. Anything else is the id of nothing. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}
