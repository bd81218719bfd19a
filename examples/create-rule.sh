#!/bin/sh
# Makes a rule with its action in one mutation: five messages that failed within ten minutes write a warning.
set -eu
: "${GIFTPULSE_URL:=http://127.0.0.1:8000}" "${API_KEY:?the key, such as from data/api-key}"

curl --fail-with-body -sS "$GIFTPULSE_URL/graphql" -H "X-API-Key: $API_KEY" -H 'Content-Type: application/json' -d '{
  "query": "mutation ($input: CreateRuleInput!) { createRule(input: $input) { rule { id name } warnings } }",
  "variables": {
    "input": {
      "name": "Many messages fail",
      "logType": "MESSAGE",
      "patternType": "THRESHOLD",
      "patternValue": "status:failed,undelivered",
      "thresholdCount": 5,
      "thresholdWindowMinutes": 10,
      "actions": [{ "actionType": "LOG", "config": { "level": "warn" } }]
    }
  }
}'
echo
