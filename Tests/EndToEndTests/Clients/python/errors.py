# SPDX-License-Identifier: Apache-2.0
"""Refusals: the client raises them with the code, the status and the words of the API."""

from http import HTTPStatus

from google.genai import errors

from harness import MODEL, Skipped, check, expect, expect_equal, settle

UNKNOWN = "no-such-model"


def expect_refusal(error, code, status, part):
    expect(isinstance(error, errors.ClientError), f"it raised {type(error).__name__}")
    expect_equal(error.code, code, "code")
    expect_equal(error.status, status, "status")
    expect(part in (error.message or ""), f"the message is {error.message!r}")


def expect_stream_refusal(api, error, code, status, part):
    """The same where the answer would have been an event stream.

    A refusal keeps that content type (CORE 4.7), and the client on aiohttp then takes the body for words: the
    status is HTTP's, the message is the whole body.
    """
    if api.flavour == "aiohttp":
        expect(f'"status": "{status}"' in (error.message or ""), f"the message is {error.message!r}")
        status = HTTPStatus(code).phrase
    expect_refusal(error, code, status, part)


@check
async def unknown_model(api):
    error = await api.refusal(api.generate("Hello", model=UNKNOWN))
    expect_refusal(error, 404, "NOT_FOUND", f"models/{UNKNOWN} is not found for API version v1")


@check
async def unknown_model_in_a_stream(api):
    error = await api.refusal(api.stream("Hello", model=UNKNOWN))
    expect_stream_refusal(api, error, 404, "NOT_FOUND", f"models/{UNKNOWN} is not found for API version v1")


@check
async def unknown_model_got(api):
    error = await api.refusal(settle_later(api.surface().models.get, model=UNKNOWN))
    expect_refusal(error, 404, "NOT_FOUND", f"Model is not found: models/{UNKNOWN} for api version v1")


@check
async def unknown_model_counted_and_embedded(api):
    models = api.surface().models
    for call, method in [(models.count_tokens, "countTokens"), (models.embed_content, "embedContent")]:
        error = await api.refusal(settle_later(call, model=UNKNOWN, contents="Hello"))
        expect_refusal(error, 404, "NOT_FOUND", f"is not supported for {method}")


@check
async def bad_key(api):
    if not api.knows_keys:
        raise Skipped("the server takes every key; start it with --api-keys and give one by --key")
    client = api.make_client(key="some-made-up-bad-key", base_url=api.base_url)
    wanted = (400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.")
    error = await api.refusal(api.generate("Hello", client=client))
    expect_refusal(error, *wanted)
    expect("API_KEY_INVALID" in str(error.details), f"the details are {error.details}")
    error = await api.refusal(api.stream("Hello", client=client))
    expect_stream_refusal(api, error, *wanted)
    await client.aio.aclose()


@check
async def no_contents(api):
    wanted = (400, "INVALID_ARGUMENT", "contents.parts must not be empty.")
    contents = [{"role": "user", "parts": []}]
    expect_refusal(await api.refusal(api.generate(contents)), *wanted)
    expect_stream_refusal(api, await api.refusal(api.stream(contents)), *wanted)


@check
async def bad_role(api):
    error = await api.refusal(api.generate([{"role": "system", "parts": [{"text": "Hello"}]}]))
    expect_refusal(error, 400, "INVALID_ARGUMENT", "Please use a valid role: user, model.")


@check
async def values_that_do_not_fit(api):
    extra = {"http_options": {"extra_body": {"nonsense": 1, "generationConfig": {"topK": "many"}}}}
    wanted = (400, "INVALID_ARGUMENT", 'Unknown name "nonsense": Cannot find field.')
    error = await api.refusal(api.generate("Hello", **extra))
    expect_refusal(error, *wanted)
    expect("Invalid value at 'generation_config.top_k' (TYPE_INT32), \"many\"" in error.message, "not all is told")
    expect("fieldViolations" in str(error.details), f"the details are {error.details}")
    error = await api.refusal(api.stream("Hello", **extra))
    expect_stream_refusal(api, error, 400, "INVALID_ARGUMENT", "Cannot find field.")


@check
async def settings_out_of_bounds(api):
    error = await api.refusal(api.generate("Hello", temperature=3))
    expect_refusal(error, 400, "INVALID_ARGUMENT", "temperature must be in the range [0.0, 2.0].")
    error = await api.refusal(api.generate("Hello", cached_content="cachedContents/nothing"))
    expect_refusal(error, 403, "PERMISSION_DENIED", "CachedContent not found (or permission denied)")


@check
async def goes_on_after_a_refusal(api):
    await api.refusal(api.stream("Hello", model=UNKNOWN))
    expect((await api.generate("Hello", model=MODEL)).text, "no answer on the same client")


async def settle_later(call, **arguments):
    return await settle(call(**arguments))
