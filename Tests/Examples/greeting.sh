#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
answer=$(curl --silent --show-error --fail-with-body \
    "$GEMINI_MOCK_URL/v1beta/models/gemini-3.5-flash:generateContent" \
    -H "x-goog-api-key: $GEMINI_API_KEY" -d '{"contents": [{"parts": [{"text": "Say hello"}]}]}')
case $answer in
    *'"text": "Good day"'*) echo "the model greets" ;;
    *) echo "no greeting in: $answer" >&2; exit 1 ;;
esac
