// Field names, nullability and which numbers are strings: twilio-oai, twilio_api_v2010.json and twilio_monitor_v1.json.
// These are type aliases because an interface would not fit RawRecord's index signature.

/** A message of the 2010 API; dates RFC 2822, `error_code` a number, other numbers strings. */
export type RawMessage = {
  readonly sid: string
  readonly account_sid: string
  readonly messaging_service_sid: string | null
  readonly body: string | null
  readonly direction: string
  readonly from: string | null
  readonly to: string | null
  readonly status: string
  readonly error_code: number | null
  readonly error_message: string | null
  readonly num_segments: string
  readonly num_media: string
  readonly price: string | null
  readonly price_unit: string | null
  readonly api_version: string | null
  readonly date_created: string
  readonly date_sent: string | null
  readonly date_updated: string
  readonly uri: string
  readonly subresource_uris: Readonly<Record<string, string>> | null
}

/** A call of the 2010 API; dates RFC 2822, `duration` in seconds and `queue_time` in milliseconds, both strings. */
export type RawCall = {
  readonly sid: string
  readonly account_sid: string
  readonly parent_call_sid: string | null
  readonly phone_number_sid: string | null
  readonly direction: string
  readonly from: string | null
  readonly from_formatted: string | null
  readonly to: string | null
  readonly to_formatted: string | null
  readonly status: string
  readonly start_time: string | null
  readonly end_time: string | null
  readonly duration: string | null
  readonly price: string | null
  readonly price_unit: string | null
  readonly answered_by: string | null
  readonly forwarded_from: string | null
  readonly caller_name: string | null
  readonly group_sid: string | null
  readonly trunk_sid: string | null
  readonly queue_time: string
  readonly api_version: string | null
  readonly date_created: string
  readonly date_updated: string
  readonly uri: string
  readonly subresource_uris: Readonly<Record<string, string>> | null
}

/** A monitor alert's instance resource; dates ISO 8601. List items lack the fields of {@link instanceOnlyFields}. */
export type RawAlert = {
  readonly sid: string
  readonly account_sid: string
  readonly alert_text: string | null
  readonly error_code: string | null
  readonly log_level: string | null
  readonly more_info: string | null
  readonly request_method: string | null
  readonly request_url: string | null
  readonly resource_sid: string | null
  readonly service_sid: string | null
  readonly api_version: string | null
  readonly date_created: string
  readonly date_generated: string | null
  readonly date_updated: string
  readonly url: string | null
  readonly request_variables: string | null
  readonly request_headers: string | null
  readonly response_headers: string | null
  readonly response_body: string | null
}

/** What only GET /v1/Alerts/{Sid} shows (twilio_monitor_v1.json, `monitor.v1.alert-instance`). */
export const instanceOnlyFields: ReadonlySet<string> = new Set([
  'request_variables',
  'request_headers',
  'response_headers',
  'response_body',
])

/** The 2010 API's date form, whole seconds: `Tue, 18 Aug 2026 12:00:00 +0000`. */
export function rfc2822(milliseconds: number): string {
  return `${new Date(milliseconds).toUTCString().slice(0, -3)}+0000`
}

/** The monitor API's date form, whole seconds: `2026-08-18T12:00:00Z`. */
export function isoSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}
