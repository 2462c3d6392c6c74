# SPDX-License-Identifier: Apache-2.0
"""Several clients on one server, that must not notice each other.

    tenants.py BASE_URL

The server plays a library with the scenarios `a` and `b`, whose stubs answer with `a1`, `a2` and `b1`, `b2`. Prints what
was found, a line each; the test compares it.
"""

import io
import sys

from google import genai
from google.genai import types

MODEL = "gemini-2.5-flash"


def client(key, base_url, **fields):
    return genai.Client(api_key=key, http_options=types.HttpOptions(base_url=base_url, headers=fields or None))


def ask(one):
    return one.models.generate_content(model=MODEL, contents="Hi").text


def upload(one, name):
    return one.files.upload(
        file=io.BytesIO(b"hello"), config=types.UploadFileConfig(display_name=name, mime_type="text/plain"))


def files(one):
    return " ".join(file.display_name for file in one.files.list())


def main(base_url):
    first, second = client("scenario:a:1", base_url), client("scenario:b:2", base_url)
    third = client("scenario:a:3", base_url)
    print("keys", ask(first), ask(second), ask(first), ask(second), ask(third))
    by_header = client("any-key", base_url, **{"X-Gemini-Mock-Tenant": "x", "X-Gemini-Mock-Scenario": "b"})
    print("header", ask(by_header), ask(by_header))
    try:
        ask(client("scenario:c", base_url))
    except genai.errors.ClientError as error:
        print("unknown", error.code, error.details["error"]["details"][0]["reason"])

    one, other = client("scenario:a:9", base_url + "/t/one"), client("scenario:a:9", base_url + "/t/other/")
    print("prefix", ask(one), ask(one), ask(other))
    file = upload(one, "of-one")
    upload(other, "of-other")
    upload(by_header, "of-x")
    print("files", files(one), files(other), files(by_header), files(first) or "none")
    print("get", one.files.get(name=file.name).display_name)
    try:
        other.files.get(name=file.name)
    except genai.errors.ClientError as error:
        print("another's", error.code)
    print("count", one.models.count_tokens(model=MODEL, contents=[file]).total_tokens > 0)
    print("stream", "".join(chunk.text for chunk in one.models.generate_content_stream(model=MODEL, contents="Hi")))
    turn = one.interactions.create(model=MODEL, input="Hi")
    print("turn", one.interactions.get(turn.id).id == turn.id)
    try:
        other.interactions.get(turn.id)
    except Exception as error:  # The client's own class has moved between versions.
        print("another's turn", getattr(error, "status_code", getattr(error, "code", error)))
    one.files.delete(name=file.name)
    print("deleted", files(one) or "none", files(other))


main(sys.argv[1])
