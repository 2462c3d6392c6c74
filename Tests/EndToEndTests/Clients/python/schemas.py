# SPDX-License-Identifier: Apache-2.0
"""Answers by a schema: what the client makes of them is of the type that was asked for."""

import enum
import json
from datetime import datetime
from typing import Literal, Optional, Union

from google.genai import types
from pydantic import BaseModel, Field

from harness import Skipped, check, expect, expect_equal, need, text_of

QUESTION = "Tell about a concert."


class Kind(enum.Enum):
    JAZZ = "jazz"
    ROCK = "rock"
    CHAMBER = "chamber music"


class Person(BaseModel):
    name: str
    age: Optional[int] = None


class Band(BaseModel):
    title: str
    members: list[Person]


class Concert(BaseModel):
    title: str = Field(min_length=3, max_length=40)
    starts: datetime
    kind: Kind
    mood: Literal["quiet", "loud"]
    stars: int = Field(ge=1, le=5)
    price: float = Field(ge=10, le=12.5)
    seats: list[int] = Field(min_length=2, max_length=4)
    performer: Union[Band, Person]
    encore: Optional[Person] = None
    sold_out: bool


class Prices(BaseModel):
    by_row: dict[str, int]


class Tree(BaseModel):
    label: str
    children: list["Tree"] = []


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = Field(gt=0, lt=10)


class Dog(BaseModel):
    kind: Literal["dog"]
    barks: bool


class Household(BaseModel):
    pets: list[Union[Cat, Dog]] = Field(min_length=1)
    favourite: Optional[Union[Cat, Dog]] = None
    weight: float = Field(gt=0, multiple_of=0.5)
    tags: set[str] = Field(min_length=2)
    pair: tuple[int, str]


JSON = {"response_mime_type": "application/json"}


async def parsed(api, schema, kind):
    """What the client parsed, in the whole answer and, by hand, in the streamed one."""
    config = JSON | {"response_schema": schema}
    try:
        response = await api.generate(QUESTION, **config)
    except ValueError as error:
        # The client's own refusal to translate a type, before anything is sent.
        raise Skipped(f"the client can't send this schema: {error}") from error
    expect(isinstance(response.parsed, kind), f"parsed is {response.parsed!r}, from {response.text!r}")
    expect_equal(text_of(await api.stream(QUESTION, **config)), response.text, "the stream's text")
    return response.parsed


@check
async def response_schema_model(api):
    concert = await parsed(api, Concert, Concert)
    expect(isinstance(concert.performer, (Band, Person)), f"performer is {concert.performer!r}")


@check
async def response_schema_list_of_models(api):
    bands = await parsed(api, list[Band], list)
    expect(bands and all(isinstance(band, Band) for band in bands), f"parsed is {bands!r}")


@check
async def response_schema_dictionary(api):
    prices = await parsed(api, Prices, Prices)
    expect(prices.by_row, "the dictionary is empty")


@check
async def response_schema_plain_types(api):
    texts = await parsed(api, list[str], list)
    expect(all(isinstance(text, str) for text in texts), f"a list of texts is {texts!r}")
    await parsed(api, int, int)
    await parsed(api, Union[int, str], (int, str))


@check
async def response_schema_enum(api):
    await parsed(api, Kind, Kind)


@check
async def response_schema_types_schema(api):
    schema = types.Schema(
        type=types.Type.OBJECT,
        properties={
            "b": types.Schema(type=types.Type.INTEGER, minimum=3, maximum=4),
            "a": types.Schema(type=types.Type.STRING, enum=["x", "y"]),
        },
        required=["a", "b"],
        property_ordering=["b", "a"],
    )
    response = await api.generate(QUESTION, response_schema=schema, **JSON)
    value = json.loads(response.text)
    expect_equal(list(value), ["b", "a"], "the order of the properties")
    expect(value["b"] in (3, 4) and value["a"] in ("x", "y"), f"out of bounds: {value}")


@check
async def response_schema_plain_dict(api):
    number = {"type": "integer", "nullable": False}
    schema = {"type": "object", "properties": {"n": number}, "required": ["n"]}
    response = await api.generate(QUESTION, response_schema=schema, **JSON)
    expect(isinstance(json.loads(response.text)["n"], int), f"n is no integer: {response.text!r}")


@check
async def response_mime_type_enum(api):
    response = await api.generate(QUESTION, response_mime_type="text/x.enum", response_schema=Kind)
    expect(response.text in [kind.value for kind in Kind], f"{response.text!r} is no value")
    expect(isinstance(response.parsed, Kind), f"parsed is {response.parsed!r}")


async def validated(api, model, schema):
    """The answer to a JSON schema, validated by the model that the schema came from."""
    need(types.GenerateContentConfig, "response_json_schema")
    response = await api.generate(QUESTION, response_json_schema=schema, **JSON)
    streamed = text_of(await api.stream(QUESTION, response_json_schema=schema, **JSON))
    expect_equal(streamed, response.text, "the stream's text")
    return model.model_validate_json(response.text)


@check
async def response_json_schema_model(api):
    concert = await validated(api, Concert, Concert.model_json_schema())
    expect(isinstance(concert, Concert), "no concert")


@check
async def response_json_schema_recursive(api):
    tree = await validated(api, Tree, Tree.model_json_schema())
    expect(tree.label, "the label is empty")


@check
async def response_json_schema_union(api):
    await validated(api, Household, Household.model_json_schema())


@check
async def response_json_schema_dictionary(api):
    await validated(api, Prices, Prices.model_json_schema())


@check
async def json_without_a_schema(api):
    response = await api.generate(QUESTION, **JSON)
    expect(isinstance(json.loads(response.text), dict), f"no object: {response.text!r}")
