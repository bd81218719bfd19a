#!/bin/sh
# Asks what a rule would have done with the logs of the last 24 hours. Nothing is saved and nothing is sent.
set -eu
: "${GIFTPULSE_URL:=http://127.0.0.1:8000}" "${API_KEY:?the key, such as from data/api-key}"
since=$(node -p 'new Date(Date.now() - 86400000).toISOString()')

curl --fail-with-body -sS "$GIFTPULSE_URL/graphql" -H "X-API-Key: $API_KEY" -H 'Content-Type: application/json' -d '{
  "query": "query ($rule: CreateRuleInput!, $since: DateTime!) { previewRule(input: $rule, since: $since) { logCount matchCount alertCount deliveryCount alerts { triggeredAt summary } warnings } }",
  "variables": {
    "since": "'"$since"'",
    "rule": { "name": "Anything undelivered", "patternType": "STATUS", "patternValue": "undelivered", "cooldownMinutes": 60 }
  }
}'
echo
