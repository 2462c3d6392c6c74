# SPDX-License-Identifier: Apache-2.0
"""A client, and what the suite needs to drive it: gemini-mock conformance run -- python3 my_client.py"""

import json
import os
import sys
import urllib.error
import urllib.request


def ask(step):
    model = step.get("model", "gemini-3.5-flash")
    question = {"contents": [{"role": "user", "parts": [{"text": step["text"]}]}]}
    request = urllib.request.Request(
        f"{os.environ['GEMINI_BASE_URL']}/v1beta/models/{model}:generateContent",
        json.dumps(question).encode(),
        {"Content-Type": "application/json", "x-goog-api-key": os.environ["GEMINI_API_KEY"]},
    )
    try:
        with urllib.request.urlopen(request, timeout=step.get("timeout", 60)) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as error:
        return {"ok": False, "error": {"class": "api", "http": error.code, "message": error.read().decode()}}
    except (OSError, ValueError) as error:
        return {"ok": False, "error": {"class": type(error).__name__, "message": str(error)}}
    candidate = answer.get("candidates", [{}])[0]
    texts = [part.get("text", "") for part in candidate.get("content", {}).get("parts", [])]
    return {"ok": True, "text": "".join(texts), "finish_reason": candidate.get("finishReason")}


steps = json.loads(os.environ["GEMINI_MOCK_TASK"])["steps"]
if any(step["do"] != "generate" or step.keys() & {"tools", "file", "previous"} for step in steps):
    sys.exit(77)  # it can't do such a thing
with open(os.environ["GEMINI_MOCK_OUT"], "w") as out:
    json.dump({"steps": [ask(step) for step in steps]}, out)
