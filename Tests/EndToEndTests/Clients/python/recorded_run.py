# SPDX-License-Identifier: Apache-2.0
"""One run of a real client through a recorder or a replay, and digests of what it has got.

    recorded_run.py BASE_URL FILE [--key KEY] [--advance CLOCK_URL]

Uploads FILE, asks about it, streams, counts, takes turns, and is refused once. Prints a line for each part:
`NAME BYTES PARSED`, with the SHA-256 of all that has come over the wire (each answer's status, fields and body
as it was coded) and of what the client makes of it. CLOCK_URL is the admin call that moves the clock of the
server that is recorded: what runs there in the background ends by it, not by waiting.
"""

import argparse
import hashlib
import importlib
import json
import os
import urllib.request

# Before the client is imported: what the machine is set up for must not lead it elsewhere.
for name in ["GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_GEMINI_BASE_URL", "GOOGLE_GENAI_API_VERSION",
             "GOOGLE_GENAI_USE_VERTEXAI", "GOOGLE_GENAI_USE_ENTERPRISE"]:
    os.environ.pop(name, None)
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"

from google import genai  # noqa: E402
from google.genai import _api_client, types  # noqa: E402

from harness import MODEL, PLAIN_MODEL, expect, expect_equal  # noqa: E402

# What a replay has of its own: addresses and ids of uploads, length and framing.
OWN_FIELDS = {"x-goog-upload-url", "x-goog-upload-control-url", "x-guploader-uploadid",
              "content-length", "transfer-encoding", "connection", "keep-alive"}

wire = hashlib.sha256()


def listen(module):
    """Hashes what all clients get that are built upon this version of httpx."""
    class Heard(module.SyncByteStream):
        def __init__(self, inner):
            self.inner = inner

        def __iter__(self):
            for piece in self.inner:
                wire.update(piece)
                yield piece

        def close(self):
            self.inner.close()

    plain = module.HTTPTransport.handle_request

    def handle_request(self, request):
        response = plain(self, request)
        fields = [(name.lower().decode(), value.decode()) for name, value in response.headers.raw]
        kept = [field for field in fields if field[0] not in OWN_FIELDS]
        wire.update(json.dumps([response.status_code, kept]).encode())
        response.stream = Heard(response.stream)
        return response

    module.HTTPTransport.handle_request = handle_request


class Run:
    """The parts, each with what the client makes of its answers; they go on with those before."""

    def __init__(self, options):
        self.options = options
        http_options = types.HttpOptions(base_url=options.base_url)
        self.client = genai.Client(api_key=options.key, http_options=http_options)

    def upload(self):
        config = {"mime_type": "audio/wav", "display_name": "A long one"}
        self.file = self.client.files.upload(file=self.options.file, config=config)
        yield self.file
        yield self.client.files.get(name=self.file.name)

    def generate(self):
        yield self.client.models.generate_content(
            model=PLAIN_MODEL, contents=[self.file, "What is to be heard?"])

    def stream(self):
        yield from self.client.models.generate_content_stream(
            model=MODEL, contents="Tell me something about the sea, please, in many words.")

    def count(self):
        yield self.client.models.count_tokens(model=PLAIN_MODEL, contents="How many are these?")

    def turns_stream(self):
        yield from self.client.interactions.create(model=MODEL, input="Hello there", stream=True)

    def turns_background(self):
        interactions = self.client.interactions
        created = interactions.create(model=MODEL, input="Think about it", background=True)
        yield created
        running = interactions.get(created.id)
        expect(running.status in ("queued", "in_progress"), f"the status is {running.status}")
        yield running
        if self.options.advance:
            advance(self.options.advance)
        ended = interactions.get(created.id)
        expect_equal(ended.status, "completed", "the status")
        yield ended
        events = list(interactions.get(created.id, stream=True))
        expect(len(events) > 2, f"there are {len(events)} events")
        yield from events
        # The rest of it, as after a connection that broke.
        yield from interactions.get(created.id, stream=True, last_event_id=events[1].event_id)

    def error(self):
        try:
            self.client.models.generate_content(model="gemini-nothing", contents="Hello")
        except genai.errors.ClientError as error:
            yield types.GenerateContentConfig(system_instruction=json.dumps(error.details, sort_keys=True))
        else:
            raise AssertionError("a model that isn't there answers")


def advance(url):
    body = json.dumps({"advance": "1h"}).encode()
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, data=body, timeout=30).close()


def parsed(value):
    """The client's own value, without the HTTP answer that it keeps beside it."""
    return value.model_dump_json(exclude={"sdk_http_response"}).encode()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("base_url")
    parser.add_argument("file")
    parser.add_argument("--key", default="made-up-key")
    parser.add_argument("--advance")
    options = parser.parse_args()
    # Version 3 is on httpx2.
    listen(getattr(_api_client, "httpx", None) or importlib.import_module("httpx2"))
    run = Run(options)
    for part in [run.upload, run.generate, run.stream, run.count, run.turns_stream, run.turns_background, run.error]:
        global wire
        wire = hashlib.sha256()
        values = hashlib.sha256()
        for value in part():
            values.update(parsed(value))
        print(part.__name__, wire.hexdigest(), values.hexdigest(), flush=True)


if __name__ == "__main__":
    main()
