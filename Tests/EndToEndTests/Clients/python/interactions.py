# SPDX-License-Identifier: Apache-2.0
"""The Interactions API: turns that are kept, streams that can be taken up again, runs in the background."""

import asyncio
import base64
import io
import json
import time
import wave

from google import genai

from harness import MODEL, Skipped, check, collect, expect, expect_equal, settle

AGENT = "deep-research-preview-04-2026"
SCHEMA = {
    "type": "object",
    "properties": {
        "summary": {"type": "string"},
        "mood": {"type": "string", "enum": ["happy", "sad"]},
        "parts": {"type": "array", "items": {"type": "object", "properties": {"at": {"type": "string"}}}},
    },
    "required": ["summary", "mood", "parts"],
}
WEATHER = {
    "type": "function",
    "name": "get_weather",
    "description": "The weather of a place.",
    "parameters": {
        "type": "object",
        "properties": {"city": {"type": "string"}, "unit": {"type": "string", "enum": ["celsius"]}},
        "required": ["city", "unit"],
    },
}
IS_LEGACY = genai.__version__.startswith("1.")


def current(function):
    """For clients that speak the schema of today."""

    async def checked(api):
        if IS_LEGACY:
            raise Skipped("this version speaks the schema of before June 2026")
        await function(api)

    checked.__name__ = f"interactions_{function.__name__}"
    return check(checked)


async def create(api, **body):
    """A turn; the model and the input are the usual ones unless given."""
    if "agent" not in body:
        body.setdefault("model", MODEL)
    body.setdefault("input", "Hello there")
    return await settle(api.surface().interactions.create(**body))


async def events_of(stream):
    return await collect(stream)


async def refused(call, status, part, name=None):
    """Awaits `call`, which must end in an error of that HTTP status with `part` in its body."""
    try:
        await call
    except Exception as error:
        expect_equal(getattr(error, "status_code", None), status, f"the status of {error!r}")
        if name:
            expect_equal(type(error).__name__, name, "the error")
        body = getattr(error, "body", None)
        expect(part in json.dumps(body) or part in str(error), f"the error is {error} with {body!r}")
        return error
    raise AssertionError("the call was answered instead of refused")


def steps_of(interaction):
    return [step.type for step in interaction.steps or []]


def output_text(interaction):
    """As `output_text` has it, which version 2.0 doesn't have."""
    text = "".join(
        content.text
        for step in interaction.steps
        if step.type == "model_output"
        for content in step.content
        if content.type == "text"
    )
    if hasattr(interaction, "output_text"):
        expect_equal(interaction.output_text, text, "output_text")
    return text


def text_of(events):
    return "".join(
        event.delta.text for event in events if event.event_type == "step.delta" and event.delta.type == "text"
    )


def names_of(events):
    return [event.event_type for event in events]


def sound(seconds):
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(bytes(int(seconds * 32000)))
    return out.getvalue()


def tokens_of(interaction, modality):
    return sum(
        count.tokens for count in interaction.usage.input_tokens_by_modality if count.modality == modality
    )


async def ended(api, id):
    """A run that is over, asked for until it is."""
    deadline = time.monotonic() + 30
    seen = []
    while time.monotonic() < deadline:
        interaction = await settle(api.surface().interactions.get(id))
        if interaction.status not in seen:
            seen.append(interaction.status)
        if interaction.status not in ("queued", "in_progress"):
            return interaction, seen
        await asyncio.sleep(0.02)
    raise AssertionError(f"the run is still {seen}")


# Answers


@current
async def text(api):
    interaction = await create(api)
    expect_equal(interaction.status, "completed", "status")
    expect_equal(interaction.model, MODEL, "model")
    expect_equal(steps_of(interaction), ["thought", "model_output"], "steps")
    expect("Hello there" in output_text(interaction), output_text(interaction))
    usage = interaction.usage
    expect_equal(
        usage.total_tokens,
        usage.total_input_tokens + usage.total_output_tokens + usage.total_thought_tokens,
        "total_tokens",
    )
    expect(interaction.id.startswith("v1_"), interaction.id)


@current
async def each_form_of_input(api):
    hello = {"type": "text", "text": "Hello there"}
    forms = ["Hello there", hello, [hello], [{"type": "user_input", "content": [hello]}]]
    answers = {output_text(await create(api, input=form)) for form in forms}
    expect_equal(len(answers), 1, f"the number of different answers ({answers})")


@current
async def structured_output(api):
    entry = {"type": "text", "mime_type": "application/json", "schema": SCHEMA}
    for form in [SCHEMA, entry, [entry]]:
        value = json.loads(output_text(await create(api, response_format=form)))
        expect(value["mood"] in ("happy", "sad") and isinstance(value["parts"], list), repr(value))


@current
async def inline_audio(api):
    audio = {"type": "audio", "data": base64.b64encode(sound(2)).decode(), "mime_type": "audio/wav"}
    interaction = await create(api, input=[{"type": "text", "text": "Describe this audio clip"}, audio])
    expect_equal(tokens_of(interaction, "audio"), 64, "tokens of sound")
    expect("audio/wav, 2.00 s" in output_text(interaction), output_text(interaction))


@current
async def uploaded_audio(api):
    uploaded = await settle(
        api.surface().files.upload(file=io.BytesIO(sound(2)), config={"mime_type": "audio/wav"}))
    audio = {"type": "audio", "uri": uploaded.uri, "mime_type": uploaded.mime_type}
    interaction = await create(api, input=[{"type": "text", "text": "Describe this audio clip"}, audio])
    expect_equal(tokens_of(interaction, "audio"), 64, "tokens of sound")
    expect("audio/wav, 2.00 s" in output_text(interaction), output_text(interaction))
    audio["uri"] = "https://generativelanguage.googleapis.com/v1beta/files/not-there"
    await refused(create(api, input=[audio]), 403, "You do not have permission to access the File not-there")


@current
async def film_by_address(api):
    film = {"type": "video", "uri": "https://www.youtube.com/watch?v=ku-N-eS1lgM", "mime_type": "video/mp4"}
    interaction = await create(
        api, input=[film, {"type": "text", "text": "Summarise"}], response_format=SCHEMA)
    json.loads(output_text(interaction))


@current
async def options(api):
    interaction = await create(
        api,
        system_instruction="Be brief",
        generation_config={"max_output_tokens": 200, "thinking_level": "minimal", "seed": 5},
        tools=[{"type": "google_search"}, {"type": "code_execution"}],
        service_tier="flex",
        extra_body={"labels": {"team": "tests"}},
    )
    expect_equal(steps_of(interaction), ["model_output"], "steps without thinking")
    expect("System instruction" in output_text(interaction), output_text(interaction))
    expect_equal(interaction.usage.total_thought_tokens, 0, "thought tokens")


# Conversations


@current
async def chained_turns(api):
    first = await create(api, input="The first question")
    second = await create(api, input="The second", previous_interaction_id=first.id)
    third = await create(api, input="The third", previous_interaction_id=second.id)
    expect("It received 5 contents" in output_text(third), output_text(third))
    expect_equal({turn.id[:30] for turn in (first, second, third)}, {first.id[:30]}, "the beginnings of ids")
    expect_equal(len({turn.id for turn in (first, second, third)}), 3, "different ids")


@current
async def turns_side_by_side(api):
    if api.flavour == "sync":
        raise Skipped("one call at a time")
    first = await create(api)
    turns = await asyncio.gather(
        *[create(api, input=f"Branch {i}", previous_interaction_id=first.id) for i in range(20)]
    )
    expect_equal(len({turn.id for turn in turns}), 20, "different ids")
    for i, turn in enumerate(turns):
        expect(f'"Branch {i}"' in output_text(turn), output_text(turn))
        expect("It received 3 contents" in output_text(turn), output_text(turn))


@current
async def function_loop(api):
    turn = await create(api, input="How warm is it in Oslo?", tools=[WEATHER])
    expect_equal(turn.status, "requires_action", "status")
    call = next(step for step in turn.steps if step.type == "function_call")
    expect_equal(call.name, "get_weather", "the function")
    expect_equal(call.arguments["unit"], "celsius", "the unit")
    result = {"type": "function_result", "call_id": call.id, "name": call.name, "result": {"celsius": 5}}
    end = await create(api, input=[result], tools=[WEATHER], previous_interaction_id=turn.id)
    expect_equal(end.status, "completed", "status of the end")
    expect("functionResponse of get_weather" in output_text(end), output_text(end))


@current
async def nothing_kept(api):
    interaction = await create(api, store=False)
    expect(not interaction.id, f"id is {interaction.id!r}")


# Streams


@current
async def stream(api):
    events = await events_of(await create(api, stream=True))
    names = names_of(events)
    expect_equal(names[:2], ["interaction.created", "interaction.status_update"], "the first events")
    expect_equal(names[-1], "interaction.completed", "the last event")
    expect(names.count("step.delta") >= 4, f"the events are {names}")
    expect("Hello there" in text_of(events), text_of(events))
    end = events[-1].interaction
    expect_equal(end.status, "completed", "status")
    got = await settle(api.surface().interactions.get(events[0].interaction.id))
    expect_equal(output_text(got), text_of(events), "the kept text")


@current
async def stream_of_a_call(api):
    events = await events_of(await create(api, stream=True, tools=[WEATHER]))
    pieces = [e.delta.arguments for e in events
              if e.event_type == "step.delta" and e.delta.type == "arguments_delta"]
    expect_equal(json.loads("".join(pieces))["unit"], "celsius", "the unit")
    expect_equal(events[-1].interaction.status, "requires_action", "status")


@current
async def stream_again(api):
    kept = await create(api)
    interactions = api.surface().interactions
    events = await events_of(await settle(interactions.get(kept.id, stream=True)))
    expect_equal(text_of(events), output_text(kept), "the text")
    expect_equal(events[2].step.type, "user_input", "the first step")
    ids = [event.event_id for event in events if event.event_type == "step.delta"]
    expect(all(ids), f"the event ids are {ids}")
    rest = await events_of(await settle(interactions.get(kept.id, stream=True, last_event_id=ids[1])))
    at = next(i for i, event in enumerate(events) if getattr(event, "event_id", None) == ids[1])
    expect_equal(names_of(rest), names_of(events[at + 1:]), "the events behind it")


# Runs


@current
async def background(api):
    created = await create(api, agent=AGENT, background=True)
    expect_equal(created.status, "queued", "status")
    expect(not created.steps, f"steps are {created.steps}")
    interaction, seen = await ended(api, created.id)
    expect_equal(interaction.status, "completed", "status")
    expect("in_progress" in seen, f"it was {seen}")
    expect_equal(steps_of(interaction), ["user_input", "thought", "model_output"], "steps")
    expect_equal(interaction.agent, AGENT, "agent")


@current
async def background_stream(api):
    started = time.monotonic()
    events = await events_of(await create(api, background=True, stream=True))
    expect(time.monotonic() - started > 0.8, "it didn't take its time")
    expect_equal(names_of(events)[-1], "interaction.completed", "the last event")
    expect("Hello there" in text_of(events), text_of(events))


@current
async def cancelling(api):
    interactions = api.surface().interactions
    created = await create(api, background=True)
    cancelled = await settle(interactions.cancel(created.id))
    expect_equal(cancelled.status, "cancelled", "status")
    got = await settle(interactions.get(created.id))
    expect_equal((got.status, steps_of(got)), ("cancelled", ["user_input"]), "what is left")
    await refused(settle_later(interactions.cancel, created.id), 400, "failed_precondition")


@current
async def cancelling_a_stream(api):
    if api.flavour == "sync":
        raise Skipped("one call at a time")
    interactions = api.surface().interactions
    created = await create(api, background=True)
    following = await settle(interactions.get(created.id, stream=True))
    seen = []
    async for event in following:
        seen.append(event)
        if len(seen) == 3:
            await interactions.cancel(created.id)
    expect_equal(names_of(seen)[-1], "error", "the last event")
    expect_equal(seen[-1].error.code, "cancelled", "the code")


@current
async def deleting(api):
    interactions = api.surface().interactions
    kept = await create(api)
    await settle(interactions.delete(kept.id))
    await refused(settle_later(interactions.get, kept.id), 404, "not_found", "NotFoundError")
    await refused(settle_later(interactions.delete, kept.id), 404, "not_found")


@current
async def including_the_input(api):
    kept = await create(api, input="What was that?")
    got = await settle(api.surface().interactions.get(kept.id, include_input=True))
    expect_equal(got.steps[0].content[0].text, "What was that?", "the first step")


# Refusals


async def settle_later(call, *args, **options):
    return await settle(call(*args, **options))


@current
async def refusals(api):
    gone = await create(api)
    await settle(api.surface().interactions.delete(gone.id))
    for body, status, part, name in [
        ({"extra_body": {"generationConfig": {}}}, 400, "Did you mean 'generation_config'?", "BadRequestError"),
        ({"extra_body": {"tools": [{"type": "no_such_tool"}]}}, 400, "for 'type' at 'tools[0]'", None),
        ({"extra_body": {"response_format": {"type": "json_schema"}}}, 400, "'type' at 'response_format'", None),
        ({"background": True, "store": False}, 400, "store=true is required", None),
        ({"previous_interaction_id": "v1_prev"}, 400, "Request contains an invalid argument.", None),
        ({"previous_interaction_id": gone.id}, 404, "not_found", "NotFoundError"),
        ({"model": "no-such-model"}, 404, "model_not_found", "NotFoundError"),
        ({"agent": AGENT}, 400, "Agents are required to use background=true", None),
        ({"input": [{"type": "audio", "uri": "YOUR_FILE_URI"}]}, 400, "Unsupported file URI type", None),
        ({"stream": True, "model": "no-such-model"}, 404, "model_not_found", None),
    ]:
        await refused(create(api, **body), status, part, name)


@current
async def bad_key(api):
    if not api.knows_keys:
        raise Skipped("the server takes any key")
    client = api.make_client(key="made-up-unknown", base_url=api.base_url)
    try:
        interactions = api.surface(client).interactions
        call = settle_later(interactions.create, model=MODEL, input="Hello")
        await refused(call, 401, "authentication", "AuthenticationError")
    finally:
        await client.aio.aclose()


@check
async def interactions_of_old_clients(api):
    if not IS_LEGACY:
        raise Skipped("this version speaks the schema of today")
    message = "The legacy Interactions API schema is no longer supported"
    interactions = api.surface().interactions
    for more in [{}, {"stream": True}]:
        call = settle_later(interactions.create, model=MODEL, input="Hello", **more)
        await refused(call, 400, message, "BadRequestError")
