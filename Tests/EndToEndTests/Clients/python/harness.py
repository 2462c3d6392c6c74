# SPDX-License-Identifier: Apache-2.0
"""What the checks share: their list, the client in three flavours, and comparisons that say what they found.

Each check is written once, as a coroutine, and run with the synchronous client, with the asynchronous one on
httpx, and with the asynchronous one on aiohttp, which read answers by three different pieces of code.
"""

import inspect

from google import genai
from google.genai import _api_client, types

# One of Gemini 3, which signs its texts and numbers its calls, and one of 2.5, whose counts are recorded.
MODEL = "gemini-3.5-flash"
PLAIN_MODEL = "gemini-2.5-flash"

CHECKS = []


class Skipped(Exception):
    """This version of the client can't do what the check is about."""


def check(function=None, *, flavours=None):
    """Puts a coroutine on the list; it gets an `Api`."""
    if function is None:
        return lambda function: check(function, flavours=flavours)
    CHECKS.append((function.__name__, flavours, function))
    return function


def need(owner, name):
    """Skips where `owner` (a module, a class, or a model's fields) lacks `name`."""
    if name not in getattr(owner, "model_fields", {}) and not hasattr(owner, name):
        raise Skipped(f"{owner.__name__} has no {name}")


def expect(condition, problem):
    if not condition:
        raise AssertionError(problem)


def expect_equal(found, wanted, what):
    expect(found == wanted, f"{what} is {found!r} instead of {wanted!r}")


class Api:
    """One client in one flavour; its methods are awaited in all three."""

    def __init__(self, base_url, key, flavour):
        self.base_url, self.key, self.flavour = base_url, key, flavour
        self.client = self.make_client(base_url=base_url)

    @staticmethod
    def flavours():
        return ["sync", "httpx", "aiohttp"] if _api_client.has_aiohttp else ["sync", "httpx"]

    def make_client(self, key=None, **http_options):
        """A client of this flavour with options of its own; `key` is the server's good one unless given."""
        return genai.Client(
            api_key=key or self.key, http_options=types.HttpOptions(**http_options, **self.transport())
        )

    def transport(self):
        if self.flavour != "httpx":
            return {}
        # A transport of one's own is how the client is told not to use aiohttp. Version 3 is on httpx2.
        module = getattr(_api_client, "httpx", None) or _api_client.httpx2
        return {"async_client_args": {"transport": module.AsyncHTTPTransport()}}

    def surface(self, client=None):
        client = client or self.client
        return client if self.flavour == "sync" else client.aio

    async def generate(self, contents, model=MODEL, client=None, **config):
        models = self.surface(client).models
        return await settle(
            models.generate_content(model=model, contents=contents, config=config or None)
        )

    async def stream(self, contents, model=MODEL, client=None, **config):
        models = self.surface(client).models
        return await collect(
            models.generate_content_stream(model=model, contents=contents, config=config or None)
        )

    async def refusal(self, call):
        """The error that `call`, not yet awaited, ends in."""
        try:
            await call
        except genai.errors.APIError as error:
            return error
        raise AssertionError("the call was answered instead of refused")


async def settle(value):
    return await value if inspect.isawaitable(value) else value


async def collect(chunks):
    chunks = await settle(chunks)
    return [chunk async for chunk in chunks] if hasattr(chunks, "__aiter__") else list(chunks)


def text_of(chunks):
    """The answer's text in all chunks, thoughts left out."""
    return "".join(
        part.text or ""
        for chunk in chunks
        for part in (chunk.candidates[0].content.parts or [])
        if not part.thought
    )


def call_of(response):
    """The only function call of an answer."""
    calls = response.function_calls or []
    expect_equal(len(calls), 1, "the number of function calls")
    return calls[0]


def content_of(response):
    return response.candidates[0].content
