# SPDX-License-Identifier: Apache-2.0
"""Plays the files of `Scenarios` with the google-genai client of the interpreter that runs this.

    scenarios.py NAME=BASE_URL... [--only PART_OF_A_NAME] [--flavour sync|httpx|aiohttp]

Each NAME is a scenario that is in the library of the server at BASE_URL; `library` stands for all others. Prints what
`checks.py` prints. Every check plays with a key of its own, which names the scenario, so from its beginning; it asks as an
application would, and waits for milliseconds at most.
"""

import argparse
import asyncio
import logging
import sys
import uuid
import warnings

# First: it keeps the machine's settings away from the client.
import checks
from google.genai import errors, types

import interactions
from files import upload
from harness import MODEL, PLAIN_MODEL, Api, Skipped, collect, expect, expect_equal, need, settle, text_of

PLAYS = []


def plays(scenario, onto=PLAYS):
    """Puts a coroutine on a list; it gets an `Api` whose server plays the scenario."""

    def add(function):
        onto.append((scenario, function))
        return function

    return add


def again(attempts):
    """Options for so many attempts, with next to no wait between them."""
    need(types, "HttpRetryOptions")
    retries = types.HttpRetryOptions(attempts=attempts, initial_delay=0.001, max_delay=0.01, jitter=0.001)
    return {"http_options": types.HttpOptions(retry_options=retries)}


async def refused(api, kind, code, status, **config):
    error = await api.refusal(api.generate("Hello", **config))
    expect(isinstance(error, kind), f"it raised {type(error).__name__}")
    expect_equal(error.code, code, "code")
    if status:
        expect_equal(error.status, status, "status")
    return error


def candidate_of(response):
    expect_equal(len(response.candidates), 1, "the number of candidates")
    return response.candidates[0]


# Refusals


@plays("rate-limit-then-success")
async def retry_after_the_rate_limit(api):
    response = await api.generate("Hello", **again(3))
    expect_equal(response.text, "Answered after waiting. You asked: Hello", "text")


@plays("rate-limit-then-success")
async def wait_as_long_as_told(api):
    error = await refused(api, errors.ClientError, 429, "RESOURCE_EXHAUSTED")
    [delay] = [detail["retryDelay"] for detail in error.details["error"]["details"] if "retryDelay" in detail]
    expect_equal(delay, "0.200s", "retryDelay")
    expect((await api.generate("Hello")).text.startswith("Answered after waiting."), "no answer")


@plays("overloaded-then-success")
async def retry_while_overloaded(api):
    expect_equal((await api.generate("Hello", **again(3))).text, "Answered at the third attempt.", "text")


@plays("overloaded-then-success")
async def retries_end(api):
    await refused(api, errors.ServerError, 503, "UNAVAILABLE", **again(2))
    expect_equal((await api.generate("Hello")).text, "Answered at the third attempt.", "text")


@plays("daily-quota")
async def quota_of_the_day(api):
    error = await refused(api, errors.ClientError, 429, "RESOURCE_EXHAUSTED", **again(2))
    expect("PerDay" in str(error.details), f"the details are {error.details}")


@plays("key-invalid")
async def key_that_is_not_known(api):
    error = await refused(api, errors.ClientError, 400, "INVALID_ARGUMENT")
    expect("API_KEY_INVALID" in str(error.details), f"the details are {error.details}")


@plays("gateway-page")
async def page_instead_of_json(api):
    expect_equal((await api.generate("Hello", **again(2))).text, "Answered by the service itself.", "text")


@plays("gateway-page")
async def page_that_is_raised(api):
    await refused(api, errors.ServerError, 502, None)


@plays("strict")
async def unmatched(api):
    """Raised at once: whoever runs this counts the requests."""
    error = await refused(api, errors.ClientError, 400, "INVALID_ARGUMENT", **again(5))
    expect(error.message.startswith("gemini-mock: no stub of the scenario matches"), error.message)
    expect("✗ lastText: expected" in error.message, error.message)


# Answers


@plays("safety-block")
async def safety(api):
    response = await api.generate("Hello")
    expect_equal(candidate_of(response).finish_reason, types.FinishReason.SAFETY, "finish_reason")
    expect_equal(response.text, None, "text")
    expect(candidate_of(response).safety_ratings[0].blocked, "no rating is blocked")
    chunks = await api.stream("Hello")
    expect_equal(candidate_of(chunks[-1]).finish_reason, types.FinishReason.SAFETY, "finish_reason of a stream")


@plays("blocked-prompt")
async def prompt_that_is_blocked(api):
    for response in [await api.generate("Hello"), (await api.stream("Hello"))[0]]:
        expect_equal(response.candidates, None, "candidates")
        expect_equal(response.prompt_feedback.block_reason, types.BlockedReason.PROHIBITED_CONTENT, "block_reason")
        expect_equal(response.text, None, "text")


@plays("max-tokens")
async def tokens_that_run_out(api):
    response = await api.generate("Hello")
    expect_equal(candidate_of(response).finish_reason, types.FinishReason.MAX_TOKENS, "finish_reason")
    expect(response.text.endswith("First, the"), response.text)
    response = await api.generate("Please think")
    expect_equal(candidate_of(response).content.parts, None, "parts")
    expect_equal(response.text, None, "text")


@plays("recitation")
async def recitation(api):
    response = await api.generate("Hello")
    expect_equal(candidate_of(response).finish_reason, types.FinishReason.RECITATION, "finish_reason")
    expect_equal(response.text, None, "text")
    expect_equal((await api.generate("Hello")).text, "In my own words, then.", "text")


@plays("empty-candidates")
async def no_candidates(api):
    response = await api.generate("Hello")
    expect(not response.candidates and response.text is None, f"there is {response}")
    expect_equal((await api.generate("Hello")).text, "Here I am.", "text")


@plays("unknown-enum")
async def words_that_are_new(api):
    response = await api.generate("Hello")
    expect_equal(response.text, "A text that ends for a new reason.", "text")
    expect_equal(candidate_of(response).finish_reason.value, "SOMETHING_NEW", "finish_reason")
    expect_equal(candidate_of(response).safety_ratings[0].probability.value, "SOMEWHAT", "probability")


@plays("slow-stream")
async def pieces_of_a_stream(api):
    chunks = await api.stream("Hello", model=PLAIN_MODEL)
    expect_equal(len(chunks), 5, "the number of chunks")
    expect_equal(text_of(chunks), "Bonjour ! Un caf\u00e9 \U0001F469\u200D\U0001F680 ?", "text")


@plays("conversation-with-state")
async def conversation(api):
    chat = api.surface().chats.create(model=MODEL)
    said = [(await settle(chat.send_message(text))).text for text in ["I pay", "I order", "I pay", "Hello"]]
    wanted = ["What would you like to order?", "Ordered. Please pay.", "Thank you.", "It is on its way."]
    expect_equal(said, wanted, "the answers")


# Functions


WEATHER = {"name": "get_weather", "parameters": {"type": "OBJECT", "properties": {"city": {"type": "STRING"}}}}


@plays("malformed-function-call")
async def call_that_cannot_be_read(api):
    tools = [types.Tool(function_declarations=[WEATHER])]
    response = await api.generate("The weather?", tools=tools)
    reason = types.FinishReason.MALFORMED_FUNCTION_CALL
    expect_equal(candidate_of(response).finish_reason, reason, "finish_reason")
    expect(not response.function_calls and response.text is None, f"there is {response}")
    response = await api.generate("The weather?", tools=tools)
    expect_equal(response.function_calls[0].args, {"city": "Paris"}, "args")


@plays("parallel-function-calls")
async def calls_that_the_client_makes(api):
    made = []

    def get_weather(city: str) -> str:
        """The weather of a city."""
        made.append(("get_weather", city))
        return "sunny"

    def get_time(city: str) -> str:
        """The time in a city."""
        made.append(("get_time", city))
        return "12:00"

    response = await api.generate("Weather and time?", tools=[get_weather, get_time])
    expect_equal(sorted(made), [("get_time", "Paris"), ("get_weather", "Paris")], "the calls")
    expect_equal(response.text, "It is noon in Paris, and sunny.", "text")


# Files


async def polled(api, file):
    """The states that were seen, with the file as it was last."""
    states = [file.state.name]
    while states[-1] == "PROCESSING" and len(states) < 10:
        file = await settle(api.surface().files.get(name=file.name))
        states.append(file.state.name)
    return states, file


@plays("file-processing-then-active")
async def file_that_is_processed(api):
    states, file = await polled(api, await upload(api, b"sound", mime_type="audio/mpeg"))
    expect_equal(states, ["PROCESSING", "PROCESSING", "PROCESSING", "ACTIVE"], "the states")
    expect((await api.generate(["Hello", file])).text, "no answer")


@plays("file-processing-then-failed")
async def file_that_fails(api):
    states, file = await polled(api, await upload(api, b"sound", mime_type="audio/mpeg"))
    expect_equal(states[-1], "FAILED", "the last state")
    expect_equal(file.error.message, "The file could not be decoded.", "error")


@plays("file-expired")
async def file_that_is_gone(api):
    file = await upload(api, b"sound", mime_type="audio/mpeg")
    error = await api.refusal(api.generate(["Hello", file]))
    expect_equal((error.code, error.status), (403, "PERMISSION_DENIED"), "the error")
    file = await upload(api, b"sound", mime_type="audio/mpeg")
    expect((await api.generate(["Hello", file])).text, "no answer")


@plays("size-limit")
async def file_that_is_too_large(api):
    try:
        await upload(api, bytes(1_048_576), mime_type="audio/mpeg")
    except errors.ClientError as error:
        expect_equal(error.code, 400, "code")
    else:
        raise AssertionError("the file was taken")


# Interactions


def need_interactions():
    if interactions.IS_LEGACY:
        raise Skipped("this version speaks the schema of before June 2026")


@plays("background-interaction")
async def run_in_the_background(api):
    need_interactions()
    run = await interactions.create(api, input="owls", background=True)
    expect(run.status in ("queued", "in_progress"), run.status)
    run, _ = await interactions.ended(api, run.id)
    expect_equal(run.status, "completed", "status")
    expect_equal(interactions.output_text(run), 'The report on "owls" is ready.', "text")


@plays("background-interaction-failed")
async def run_that_fails(api):
    need_interactions()
    run = await interactions.create(api, input="owls", background=True)
    run, _ = await interactions.ended(api, run.id)
    expect_equal(run.status, "failed", "status")


@plays("interaction-requires-action")
async def action_that_is_required(api):
    need_interactions()
    tools = [interactions.WEATHER]
    turn = await interactions.create(api, input="The weather?", tools=tools)
    rounds = 0
    while turn.status == "requires_action" and rounds < 3:
        rounds += 1
        results = [
            {"type": "function_result", "call_id": step.id, "name": step.name, "result": {"celsius": 21}}
            for step in turn.steps if step.type == "function_call"
        ]
        turn = await interactions.create(api, input=results, tools=tools, previous_interaction_id=turn.id)
    expect_equal((turn.status, rounds), ("completed", 1), "status and rounds")
    expect_equal(interactions.output_text(turn), "It is 21 degrees in Paris.", "text")


@plays("interaction-requires-action")
async def action_that_a_stream_requires(api):
    need_interactions()
    stream = await interactions.create(api, input="The weather?", tools=[interactions.WEATHER], stream=True)
    events = await collect(stream)
    [end] = [event for event in events if event.event_type == "interaction.completed"]
    expect_equal(end.interaction.status, "requires_action", "status")


async def run_all(plays, urls, options):
    passed = True
    for flavour in [options.flavour] if options.flavour else Api.flavours():
        for scenario, play in plays:
            if options.only not in play.__name__:
                continue
            url = urls.get(scenario) or urls["library"]
            api = Api(url, f"scenario:{scenario}:{uuid.uuid4().hex}", flavour)
            passed = await checks.run(play.__name__, play, api) and passed
            await api.client.aio.aclose()
    return passed


def main(plays, description):
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("servers", nargs="+", metavar="NAME=BASE_URL")
    parser.add_argument("--only", default="")
    parser.add_argument("--flavour", choices=["sync", "httpx", "aiohttp"])
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    urls = dict(server.split("=", 1) for server in options.servers)
    return 0 if asyncio.run(run_all(plays, urls, options)) else 1


if __name__ == "__main__":
    sys.exit(main(PLAYS, __doc__))
