#!/bin/sh
# Makes a rule with an email action by REST. The answer holds the rule as it was saved, and what is odd about it.
set -eu
: "${GIFTPULSE_URL:=http://127.0.0.1:8000}" "${API_KEY:?the key, such as from data/api-key}"

curl --fail-with-body -sS -X POST "$GIFTPULSE_URL/api/rules" -H "X-API-Key: $API_KEY" -H 'Content-Type: application/json' -d '{
  "name": "Unreachable handsets",
  "log_type": "message",
  "pattern_type": "error_code",
  "pattern_value": "30003,30005-30008",
  "cooldown_minutes": 10,
  "actions": [{ "type": "email", "config": { "recipients": ["ops@example.com"], "template": "error_notification" } }]
}'
echo
