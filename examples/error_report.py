#!/usr/bin/env python3
"""Counts the error codes of the last day and says what each means. Needs nothing but Python."""
import json
import os
import urllib.request
from datetime import datetime, timedelta, timezone

URL = os.environ.get("GIFTPULSE_URL", "http://127.0.0.1:8000")
KEY = os.environ["API_KEY"]


def ask(query, **variables):
    request = urllib.request.Request(
        f"{URL}/graphql",
        json.dumps({"query": query, "variables": variables}).encode(),
        {"Content-Type": "application/json", "X-API-Key": KEY},
    )
    with urllib.request.urlopen(request) as response:
        answer = json.load(response)
    if "errors" in answer:
        raise SystemExit(answer["errors"][0]["message"])
    return answer["data"]


since = (datetime.now(timezone.utc) - timedelta(days=1)).isoformat()
stats = ask(
    "query ($since: DateTime!) { logStats(since: $since, by: ERROR_CODE) { groups { key count } } }", since=since
)["logStats"]
counts = {group["key"]: group["count"] for group in stats["groups"] if group["key"] not in ("", "other")}
meanings = {
    meaning["code"]: meaning["title"]
    for meaning in ask(
        "query ($codes: [String!]!) { errorCodes(codes: $codes) { code title } }", codes=list(counts)
    )["errorCodes"]
}
for code, count in sorted(counts.items(), key=lambda entry: -entry[1]):
    print(f"{count:6}  {code:6}  {meanings.get(code, 'not in our list: see Twilio')}")
if not counts:
    print("No errors in the last 24 hours.")
