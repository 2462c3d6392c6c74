# SPDX-License-Identifier: Apache-2.0
"""How the client is pointed at the server: versions of the API, prefixes, environment variables."""

import asyncio
import os
from contextlib import contextmanager

from google import genai
from google.genai import types

from harness import Api, check, expect, expect_equal, text_of


@check
async def api_versions(api):
    for version in ["v1", "v1beta", "v1alpha"]:
        client = api.make_client(base_url=api.base_url, api_version=version)
        expect("Hello" in (await api.generate("Hello", client=client)).text, f"no answer from {version}")
        expect(len(await api.stream("Hello", client=client)) >= 3, f"no stream from {version}")
        error = await api.refusal(api.generate("Hello", model="no-such-model", client=client))
        expect(f"API version {version}," in error.message, f"{version}: {error.message!r}")
        await client.aio.aclose()


@check
async def base_url_with_a_slash(api):
    client = api.make_client(base_url=api.base_url + "/")
    expect("Hello" in (await api.generate("Hello", client=client)).text, "no answer")
    await client.aio.aclose()


@check
async def timeout_and_headers(api):
    options = types.HttpOptions(timeout=30_000, headers={"x-made-up": "1"})
    expect("Hello" in (await api.generate("Hello", http_options=options)).text, "no answer")


@check
async def environment_variables(api):
    """What the server's greeting tells to export is enough."""
    with environment(GOOGLE_GEMINI_BASE_URL=api.base_url, GEMINI_API_KEY=api.key):
        client = genai.Client(http_options=types.HttpOptions(**api.transport()))
        expect("Hello" in (await api.generate("Hello", client=client)).text, "no answer")
        await client.aio.aclose()


@check
async def many_calls(api):
    """Two clients, whole answers beside streams; at the same time where the client can."""
    other = Api(api.base_url, api.key, api.flavour)
    questions = [f"message {number}" for number in range(20)]
    whole, streamed = await asyncio.gather(
        asyncio.gather(*[api.generate(question) for question in questions]),
        asyncio.gather(*[other.stream(question) for question in questions]),
    )
    for question, response, chunks in zip(questions, whole, streamed):
        expect(f'"{question}"' in response.text, f"another answer than to {question!r}: {response.text!r}")
        expect_equal(text_of(chunks), response.text, "the stream's text")
    await other.client.aio.aclose()


@contextmanager
def environment(**values):
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
