#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
answer=$(curl --silent --show-error --fail-with-body \
    "$GEMINI_MOCK_URL/v1beta/models/gemini-3.5-flash:generateContent" \
    -H "x-goog-api-key: $GEMINI_API_KEY" -d '{"contents": [{"parts": [{"text": "Say hello"}]}]}')
case $answer in
    *'"text": "Good day"'*) ;;
    *) echo "no greeting in: $answer" >&2; exit 1 ;;
esac

result=$(curl --silent --show-error --fail-with-body "$GEMINI_MOCK_URL/__admin/verify?strict=true" \
    -d '{"when": {"endpoint": "generateContent", "lastText": "hello"}, "min": 1, "max": 1}') \
    || { echo "$result" >&2; exit 1; }
