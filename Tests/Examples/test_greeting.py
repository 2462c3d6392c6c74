# SPDX-License-Identifier: Apache-2.0
import json
import urllib.request

from google import genai


def test_greeting(gemini_url):
    client = genai.Client(api_key="any-key", http_options={"base_url": gemini_url})
    answer = client.models.generate_content(model="gemini-3.5-flash", contents="Say hello")
    assert answer.text == "Good day"

    expected = {"when": {"endpoint": "generateContent", "lastText": "hello"}, "min": 1, "max": 1}
    with urllib.request.urlopen(f"{gemini_url}/__admin/verify", json.dumps(expected).encode()) as reply:
        result = json.load(reply)
    assert result["passed"], result["message"]
