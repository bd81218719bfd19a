#!/bin/sh
# Makes a key that may only read and ends in a week, and uses it. The key is in this one answer and never again.
set -eu
: "${GIFTPULSE_URL:=http://127.0.0.1:8000}" "${API_KEY:?the key of an administrator}"
expires=$(node -p 'new Date(Date.now() + 7 * 86400000).toISOString()')

ask() {
  curl --fail-with-body -sS "$GIFTPULSE_URL/graphql" -H "X-API-Key: $1" -H 'Content-Type: application/json' -d "$2"
}

key=$(ask "$API_KEY" '{
  "query": "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key } }",
  "variables": { "input": { "name": "wallboard", "scopes": ["READ"], "expiresAt": "'"$expires"'" } }
}' | sed -n 's/.*"key":"\([^"]*\)".*/\1/p')

ask "$key" '{ "query": "{ viewer { name scopes } health { status } }" }'
echo
