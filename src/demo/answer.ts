/** What the simulator would send; `body` is JSON text. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A success with that value as its JSON body. */
export function success(value: unknown): Answer {
  return json(200, value)
}

/** Twilio's error body: `{ code, message, more_info, status }`, the same in the 2010 and the monitor API. */
export function refusal(
  status: number,
  code: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }
  return json(status, body, headers)
}

function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json;charset=utf-8', ...headers },
    body: JSON.stringify(value),
  }
}
