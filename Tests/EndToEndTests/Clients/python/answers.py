# SPDX-License-Identifier: Apache-2.0
"""Texts: whole, streamed, limited, thought about, in conversations, about sound."""

import io
import math
import wave

from google.genai import types

from harness import MODEL, PLAIN_MODEL, check, collect, content_of, expect, expect_equal, settle, text_of

QUESTION = "Why is the sky blue?"


def wav(seconds, rate=16_000):
    """Silence of that length, one channel of 16 bits."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(bytes(2 * round(seconds * rate)))
    return file.getvalue()


def expect_sum(usage):
    parts = [usage.prompt_token_count, usage.candidates_token_count, usage.thoughts_token_count]
    expect_equal(usage.total_token_count, sum(count or 0 for count in parts), "total_token_count")


@check
async def generate_content(api):
    response = await api.generate(QUESTION)
    expect(QUESTION in response.text, f"the answer does not tell the question: {response.text!r}")
    expect_equal(len(response.candidates), 1, "the number of candidates")
    candidate = response.candidates[0]
    expect_equal(candidate.finish_reason, types.FinishReason.STOP, "finish_reason")
    expect_equal(candidate.content.role, "model", "role")
    expect_equal(response.model_version, MODEL, "model_version")
    expect_equal(len(response.response_id), 22, "the length of response_id")
    usage = response.usage_metadata
    expect(usage.prompt_token_count > 0 and usage.candidates_token_count > 0, f"nothing counted: {usage}")
    expect_equal(usage.prompt_tokens_details[0].modality, types.MediaModality.TEXT, "the prompt's modality")
    expect_equal(usage.prompt_tokens_details[0].token_count, usage.prompt_token_count, "the text's tokens")
    expect_sum(usage)


@check
async def generate_content_is_repeatable(api):
    first, second = await api.generate(QUESTION), await api.generate(QUESTION)
    expect_equal(second.response_id, first.response_id, "response_id of the same request")
    other = await api.generate(QUESTION + " Be brief.")
    expect(other.response_id != first.response_id, "another request got the same response_id")


@check
async def generate_content_stream(api):
    whole = await api.generate(QUESTION)
    chunks = await api.stream(QUESTION)
    expect(len(chunks) >= 3, f"only {len(chunks)} chunks")
    expect_equal(text_of(chunks), whole.text, "the stream's text")
    expect_equal([chunk.response_id for chunk in chunks], [whole.response_id] * len(chunks), "response_id")
    expect_equal({chunk.model_version for chunk in chunks}, {MODEL}, "model_version")
    reasons = [chunk.candidates[0].finish_reason for chunk in chunks]
    expect_equal(reasons, [None] * (len(chunks) - 1) + [types.FinishReason.STOP], "finish_reason")
    for chunk in chunks:
        expect_sum(chunk.usage_metadata)
    totals = [chunk.usage_metadata.total_token_count for chunk in chunks]
    expect_equal(totals, sorted(totals), "the running total")
    expect_equal(totals[-1], whole.usage_metadata.total_token_count, "the last total")


@check
async def thinking_included(api):
    for model in [MODEL, PLAIN_MODEL]:
        config = {"thinking_config": types.ThinkingConfig(include_thoughts=True)}
        response = await api.generate(QUESTION, model=model, **config)
        parts = content_of(response).parts
        expect(parts[0].thought and parts[0].text, f"the first part of {model} is no thought: {parts[0]}")
        expect(not parts[1].thought, f"the second part of {model} is a thought, too")
        expect_equal(parts[1].text, response.text, f"the second part of {model}")
        expect(response.usage_metadata.thoughts_token_count > 0, "no thoughts_token_count")
        chunks = await api.stream(QUESTION, model=model, **config)
        expect(content_of(chunks[0]).parts[0].thought, f"the stream of {model} does not begin with a thought")
        expect_equal(text_of(chunks), response.text, "the stream's text without thoughts")


@check
async def thinking_switched_off(api):
    response = await api.generate(QUESTION, thinking_config=types.ThinkingConfig(thinking_budget=0))
    expect_equal(response.usage_metadata.thoughts_token_count, None, "thoughts_token_count")
    expect_sum(response.usage_metadata)


@check
async def thought_signature_goes_back(api):
    first = await api.generate(QUESTION)
    signature = content_of(first).parts[0].thought_signature
    expect(isinstance(signature, bytes) and signature, f"no thought_signature on {MODEL}: {signature!r}")
    turns = [types.UserContent(QUESTION), content_of(first), types.UserContent("And at dusk?")]
    expect("3 contents" in (await api.generate(turns)).text, "the turns with a signature were not understood")


@check
async def max_output_tokens(api):
    config = {"max_output_tokens": 5, "thinking_config": types.ThinkingConfig(thinking_budget=0)}
    response = await api.generate(QUESTION, model=PLAIN_MODEL, **config)
    expect_equal(response.candidates[0].finish_reason, types.FinishReason.MAX_TOKENS, "finish_reason")
    expect_equal(response.usage_metadata.candidates_token_count, 5, "candidates_token_count")
    whole = await api.generate(QUESTION, model=PLAIN_MODEL, thinking_config=config["thinking_config"])
    expect(whole.text.startswith(response.text), f"{response.text!r} is not the beginning of the answer")
    chunks = await api.stream(QUESTION, model=PLAIN_MODEL, **config)
    expect_equal(text_of(chunks), response.text, "the stream's text")
    last = chunks[-1].candidates[0]
    expect_equal(last.finish_reason, types.FinishReason.MAX_TOKENS, "the stream's finish_reason")


@check
async def max_output_tokens_used_up_by_thinking(api):
    response = await api.generate(QUESTION, max_output_tokens=5)
    expect_equal(response.candidates[0].finish_reason, types.FinishReason.MAX_TOKENS, "finish_reason")
    expect(not response.text, f"there is a text: {response.text!r}")


@check
async def stop_sequences(api):
    whole = await api.generate(QUESTION)
    response = await api.generate(QUESTION, stop_sequences=["never said", "received"])
    expect_equal(response.text, whole.text.partition("received")[0], "the text up to the stop sequence")
    expect_equal(response.candidates[0].finish_reason, types.FinishReason.STOP, "finish_reason")
    chunks = await api.stream(QUESTION, stop_sequences=["received"])
    expect_equal(text_of(chunks), response.text, "the stream's text")


@check
async def candidate_count(api):
    response = await api.generate(QUESTION, candidate_count=3)
    expect_equal([candidate.index or 0 for candidate in response.candidates], [0, 1, 2], "index")
    texts = {candidate.content.parts[0].text for candidate in response.candidates}
    expect_equal(len(texts), 3, "the number of different texts")
    expect_sum(response.usage_metadata)


@check
async def system_instruction(api):
    plain = await api.generate(QUESTION)
    response = await api.generate(QUESTION, system_instruction="Answer like a pirate.")
    expect("System instruction" in response.text, f"not told: {response.text!r}")
    expect(
        response.usage_metadata.prompt_token_count > plain.usage_metadata.prompt_token_count,
        "the system instruction is not counted",
    )


@check
async def every_setting_at_once(api):
    response = await api.generate(
        QUESTION, temperature=0.5, top_p=0.9, top_k=20, seed=7, presence_penalty=0.1, frequency_penalty=0.1,
        max_output_tokens=4096, stop_sequences=["never said"], response_modalities=["TEXT"],
        safety_settings=[
            types.SafetySetting(
                category=types.HarmCategory.HARM_CATEGORY_HARASSMENT,
                threshold=types.HarmBlockThreshold.BLOCK_ONLY_HIGH,
            )
        ],
    )
    expect_equal(response.candidates[0].finish_reason, types.FinishReason.STOP, "finish_reason")


@check
async def chat(api):
    chat = api.surface().chats.create(model=MODEL)
    first = await settle(chat.send_message(QUESTION))
    second = await settle(chat.send_message("And at dusk?"))
    expect("It received" in first.text and "contents" not in first.text, f"the first answer: {first.text!r}")
    expect("3 contents" in second.text and "And at dusk?" in second.text, f"the second answer: {second.text!r}")
    roles = [content.role for content in chat.get_history()]
    expect_equal(roles, ["user", "model"] * 2, "the history's roles")


@check
async def chat_stream(api):
    chat = api.surface().chats.create(model=PLAIN_MODEL)
    for question in [QUESTION, "And at dusk?", "And at night?"]:
        earlier = len(chat.get_history())
        text = text_of(await collect(chat.send_message_stream(question)))
        # The client sends each chunk back as a content of its own.
        expect(not earlier or f"{earlier + 1} contents" in text, f"{earlier} contents before, but: {text!r}")
        expect(question in text, f"another answer than to {question!r}: {text!r}")


@check
async def inline_audio(api):
    for seconds in [4.32, 0.5, 10.01]:
        part = types.Part.from_bytes(data=wav(seconds), mime_type="audio/wav")
        response = await api.generate([part, "What is to be heard?"], model=PLAIN_MODEL)
        expect(f"audio/wav, {seconds:.2f} s" in response.text, f"{seconds} s are told as: {response.text!r}")
        counts = {
            detail.modality: detail.token_count for detail in response.usage_metadata.prompt_tokens_details
        }
        wanted = math.ceil(32 * seconds)
        expect_equal(counts.get(types.MediaModality.AUDIO), wanted, f"AUDIO tokens of {seconds} s")
        total = response.usage_metadata.prompt_token_count
        expect_equal(sum(counts.values()), total, "the sum of the details")
        counted = await settle(
            api.surface().models.count_tokens(model=PLAIN_MODEL, contents=[part, "What is to be heard?"])
        )
        expect_equal(counted.total_tokens, total, "total_tokens")


@check
async def count_tokens(api):
    short = await settle(api.surface().models.count_tokens(model=MODEL, contents=QUESTION))
    long = await settle(api.surface().models.count_tokens(model=MODEL, contents=[QUESTION, QUESTION * 5]))
    expect(0 < short.total_tokens < long.total_tokens, f"{short.total_tokens}, then {long.total_tokens}")
    response = await api.generate(QUESTION)
    expect_equal(response.usage_metadata.prompt_token_count, short.total_tokens, "prompt_token_count")
