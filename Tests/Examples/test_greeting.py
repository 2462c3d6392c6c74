# SPDX-License-Identifier: Apache-2.0
from google import genai


def test_greeting(gemini_url):
    client = genai.Client(api_key="any-key", http_options={"base_url": gemini_url})
    answer = client.models.generate_content(model="gemini-3.5-flash", contents="Say hello")
    assert answer.text == "Good day"
