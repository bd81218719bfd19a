#!/bin/sh
# Prints every log of a filter, a JSON array a page. Usage: all-logs.sh 'log_type=message&status=failed'
set -eu
: "${GIFTPULSE_URL:=http://127.0.0.1:8000}" "${API_KEY:?the key, such as from data/api-key}"
headers=$(mktemp)
trap 'rm -f "$headers"' EXIT

next="$GIFTPULSE_URL/api/logs?limit=200${1:+&$1}"
while [ -n "$next" ]; do
  curl --fail-with-body -sS -D "$headers" -H "X-API-Key: $API_KEY" "$next"
  echo
  # RFC 8288: Link: <address>; rel="next", absent on the last page.
  next=$(sed -n 's/^[Ll]ink: <\([^>]*\)>; rel="next".*/\1/p' "$headers")
  case $next in /*) next=$GIFTPULSE_URL$next ;; esac
done
