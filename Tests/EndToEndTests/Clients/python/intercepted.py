# SPDX-License-Identifier: Apache-2.0
"""google-genai without a base URL: its host is the API's own, and only the environment says otherwise.

    intercepted.py sync|httpx|aiohttp SOUND

Prints how an answer ended, whether a stream had several parts, and the size of an uploaded file.
"""

import asyncio
import sys

way, sound = sys.argv[1:]
if way == "httpx":
    # Else google-genai takes aiohttp, where it is installed.
    sys.modules["aiohttp"] = None

from google import genai  # noqa: E402

MODEL = "gemini-2.5-flash"
client = genai.Client(api_key="made-up-key")
base_url = client._api_client._http_options.base_url
assert base_url.startswith("https://generativelanguage.googleapis.com"), base_url


async def ask():
    answer = await client.aio.models.generate_content(model=MODEL, contents="Hello")
    print(answer.candidates[0].finish_reason.name)
    stream = await client.aio.models.generate_content_stream(model=MODEL, contents="Hello")
    print(len([part async for part in stream]) > 1)
    file = await client.aio.files.upload(file=sound, config={"mime_type": "audio/wav"})
    print(file.size_bytes)
    assert client._api_client._use_aiohttp() == (way == "aiohttp"), "it went another way"


if way == "sync":
    print(client.models.generate_content(model=MODEL, contents="Hello").candidates[0].finish_reason.name)
    print(len(list(client.models.generate_content_stream(model=MODEL, contents="Hello"))) > 1)
    print(client.files.upload(file=sound, config={"mime_type": "audio/wav"}).size_bytes)
else:
    asyncio.run(ask())
