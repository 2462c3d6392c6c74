# SPDX-License-Identifier: Apache-2.0
"""Function calls: made by the client itself, and by hand."""

from google.genai import __version__, types

from harness import (
    MODEL, PLAIN_MODEL, call_of, check, collect, content_of, expect, expect_equal, need, settle,
)

QUESTION = "Shall I take an umbrella in Oslo?"

FORECAST = types.FunctionDeclaration(
    name="forecast",
    description="The weather to come.",
    parameters=types.Schema(
        type=types.Type.OBJECT,
        properties={
            "city": types.Schema(type=types.Type.STRING),
            "days": types.Schema(type=types.Type.INTEGER, minimum=1, maximum=7),
            "unit": types.Schema(type=types.Type.STRING, enum=["celsius", "fahrenheit"]),
        },
        required=["city", "days", "unit"],
    ),
)
CLOCK = types.FunctionDeclaration(name="clock", description="The time of day.")


def calling(mode, *allowed):
    config = types.FunctionCallingConfig(mode=mode, allowed_function_names=list(allowed) or None)
    return types.ToolConfig(function_calling_config=config)


def expect_forecast(arguments):
    expect(isinstance(arguments["city"], str), f"city is {arguments['city']!r}")
    days = arguments["days"]
    expect(isinstance(days, int) and 1 <= days <= 7, f"days is {days!r}")
    expect(arguments["unit"] in ("celsius", "fahrenheit"), f"unit is {arguments['unit']!r}")


class Weather:
    """A tool that keeps what it was called with."""

    def __init__(self):
        self.calls = []

    def plain(self):
        def weather(city: str, days: int, factor: float, metric: bool, hours: list[int]) -> dict:
            """Tells the weather.

            Args:
                city: Where.
                days: How many days ahead.
                factor: What to multiply by.
                metric: Whether in degrees Celsius.
                hours: Which hours of the day.
            """
            self.calls.append((city, days, factor, metric, hours))
            return {"sky": "grey"}

        return weather

    def coroutine(self):
        async def weather(city: str, days: int) -> dict:
            """Tells the weather."""
            self.calls.append((city, days))
            return {"sky": "grey"}

        return weather

    def expect_called_once(self):
        expect_equal(len(self.calls), 1, "the number of calls")
        types_wanted = [str, int, (int, float), bool, list]
        for value, wanted in zip(self.calls[0], types_wanted):
            expect(isinstance(value, wanted), f"{value!r} is no {wanted}")


@check
async def automatic_function_calling(api):
    for model in [MODEL, PLAIN_MODEL]:
        weather = Weather()
        response = await api.generate(QUESTION, model=model, tools=[weather.plain()])
        weather.expect_called_once()
        text = response.text or ""
        expect("functionResponse of weather" in text, f"the end with {model}: {text!r}")
        expect_equal(len(response.automatic_function_calling_history or []), 3, "the history's length")


@check
async def automatic_function_calling_stream(api):
    # Gemini 3 finishes a call with an empty text (CORE 4.3), after which versions up to 2.0 forget the call.
    for model in [PLAIN_MODEL] if __version__.startswith(("1.", "2.0.")) else [MODEL, PLAIN_MODEL]:
        weather = Weather()
        chunks = await api.stream(QUESTION, model=model, tools=[weather.plain()])
        weather.expect_called_once()
        text = "".join(chunk.text or "" for chunk in chunks)
        expect("functionResponse of weather" in text, f"the end with {model}: {text!r}")


@check(flavours=["httpx", "aiohttp"])
async def automatic_function_calling_of_a_coroutine(api):
    weather = Weather()
    response = await api.generate(QUESTION, tools=[weather.coroutine()])
    weather.expect_called_once()
    expect(response.text, "no text at the end")


@check
async def automatic_function_calling_in_a_chat(api):
    weather = Weather()
    chat = api.surface().chats.create(model=MODEL, config={"tools": [weather.plain()]})
    first = await settle(chat.send_message(QUESTION))
    second = await settle(chat.send_message("And tomorrow?"))
    expect(first.text and second.text, "a message was not answered with text")
    expect_equal(len(weather.calls), 2, "the number of calls in two messages")


@check
async def automatic_function_calling_in_a_chat_stream(api):
    weather = Weather()
    chat = api.surface().chats.create(model=PLAIN_MODEL, config={"tools": [weather.plain()]})
    chunks = await collect(chat.send_message_stream(QUESTION))
    weather.expect_called_once()
    expect("".join(chunk.text or "" for chunk in chunks), "the message was not answered with text")


@check
async def function_call_by_hand(api):
    for model in [MODEL, PLAIN_MODEL]:
        tools = [types.Tool(function_declarations=[FORECAST, CLOCK])]
        first = await api.generate(QUESTION, model=model, tools=tools)
        call = call_of(first)
        expect_equal(call.name, "forecast", "the function")
        expect_forecast(call.args)
        expect_equal(call.id is not None, model == MODEL, f"whether {model} gives the call an id")
        turns = [types.UserContent(QUESTION), content_of(first), types.Content(role="user", parts=[
            types.Part(function_response=types.FunctionResponse(
                id=call.id, name=call.name, response={"result": "rain"}
            )),
        ])]
        second = await api.generate(turns, model=model, tools=tools)
        expect(not second.function_calls and second.text, f"{model} calls again instead of saying something")


@check
async def function_call_stream_by_hand(api):
    chunks = await api.stream(QUESTION, tools=[types.Tool(function_declarations=[FORECAST])])
    calls = [call for chunk in chunks for call in chunk.function_calls or []]
    expect_equal([call.name for call in calls], ["forecast"], "the functions")
    expect_forecast(calls[0].args)
    expect_equal(chunks[-1].candidates[0].finish_reason, types.FinishReason.STOP, "finish_reason")


@check
async def function_call_of_the_one_that_is_named(api):
    tools = [types.Tool(function_declarations=[FORECAST]), types.Tool(function_declarations=[CLOCK])]
    response = await api.generate("Use clock please.", tools=tools)
    expect_equal(call_of(response).name, "clock", "the function")


@check
async def function_call_any_of_the_allowed(api):
    tools = [types.Tool(function_declarations=[FORECAST, CLOCK])]
    for mode in ["ANY", types.FunctionCallingConfigMode.ANY]:
        response = await api.generate(QUESTION, tools=tools, tool_config=calling(mode, "clock"))
        expect_equal(call_of(response).name, "clock", "the function")


@check
async def function_call_none(api):
    tools = [types.Tool(function_declarations=[FORECAST, CLOCK])]
    response = await api.generate(QUESTION, tools=tools, tool_config=calling("NONE"))
    expect(not response.function_calls and response.text, f"it calls: {response.function_calls}")


@check
async def function_with_a_json_schema(api):
    need(types.FunctionDeclaration, "parameters_json_schema")
    schema = {
        "type": "object",
        "$defs": {"Unit": {"enum": ["celsius", "fahrenheit"]}},
        "properties": {
            "city": {"type": "string"},
            "days": {"type": "integer", "minimum": 1, "maximum": 7},
            "unit": {"$ref": "#/$defs/Unit"},
        },
        "required": ["city", "days", "unit"],
    }
    function = types.FunctionDeclaration(name="forecast", parameters_json_schema=schema)
    response = await api.generate(QUESTION, tools=[types.Tool(function_declarations=[function])])
    expect_forecast(call_of(response).args)
