# SPDX-License-Identifier: Apache-2.0
"""What the benchmarks send: requests, and one exchange where no load generator is needed."""

import base64
import http.client
import json
import random
import struct

from programs import CannotRun

API_KEY = "benchmark-key"
GENERATE = "/v1beta/models/gemini-2.5-flash:generateContent"
STREAM = "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse"
MODELS = f"/v1beta/models?key={API_KEY}"
HEADERS = {"Content-Type": "application/json", "x-goog-api-key": API_KEY}

SMALL_BODY = json.dumps({
    "contents": [{"role": "user", "parts": [{"text": "Name three rivers that cross a border, one a line."}]}],
    "generationConfig": {"temperature": 0.2, "topP": 0.95, "maxOutputTokens": 256},
    "systemInstruction": {"parts": [{"text": "Answer briefly, in plain text, without any introduction."}]},
})

BODY_LIMIT = 20 * 1024 * 1024
SAMPLE_RATE = 16000


def connection(server):
    return http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)


def generate(client, server, body):
    """One generateContent exchange; anything but a 200 ends the part with what the server said."""
    try:
        client.request("POST", GENERATE, body, HEADERS)
        answer = client.getresponse()
        text = answer.read()
    except (OSError, http.client.HTTPException) as error:
        raise CannotRun(f"{server.name} broke off a request of {len(body):,} bytes: {error!r}") from None
    if answer.status != 200:
        said = text[:300].decode(errors="replace")
        raise CannotRun(f"{server.name} refused a request of {len(body):,} bytes: {answer.status} {said}")


def stream_request(port):
    """A whole HTTP request for one event stream."""
    lines = [f"POST {STREAM} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Content-Length: {len(SMALL_BODY)}"]
    lines += [f"{name}: {value}" for name, value in HEADERS.items()]
    return "\r\n".join(lines) + "\r\n\r\n" + SMALL_BODY


def audio_body():
    """A generateContent body with one inline WAV, as long as fits below 20 MiB."""
    before, after = audio_frame()
    room = BODY_LIMIT - 1 - len(before) - len(after)
    wav_bytes = room // 4 * 3 // 2 * 2  # base64 makes 4 of 3; samples are 2 bytes wide
    return before + base64.b64encode(wav(wav_bytes)) + after


def audio_frame():
    inline = {"inlineData": {"mimeType": "audio/wav", "data": "<audio>"}}
    text = json.dumps({"contents": [{"parts": [{"text": "Describe this audio clip"}, inline]}]})
    before, _, after = text.encode().partition(b"<audio>")
    return before, after


def wav(size):
    """Seeded noise, 16 kHz mono PCM, `size` bytes with its header."""
    samples = random.Random(20).randbytes(size - 44)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, SAMPLE_RATE, SAMPLE_RATE * 2, 2, 16)
    data = struct.pack("<4sI", b"data", len(samples))
    return struct.pack("<4sI4s", b"RIFF", size - 8, b"WAVE") + form + data + samples
