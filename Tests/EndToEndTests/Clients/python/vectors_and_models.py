# SPDX-License-Identifier: Apache-2.0
"""Embeddings, and the list of models."""

import math

from google.genai import types

from harness import MODEL, check, collect, expect, expect_equal, settle

EMBEDDING_MODEL = "gemini-embedding-001"


async def vectors(api, contents, model=EMBEDDING_MODEL, **config):
    response = await settle(
        api.surface().models.embed_content(model=model, contents=contents, config=config or None)
    )
    return [embedding.values for embedding in response.embeddings]


def expect_unit(vector):
    length = math.sqrt(sum(value * value for value in vector))
    expect(abs(length - 1) < 1e-4, f"the vector's length is {length}")


@check
async def embed_content_one(api):
    for model, dimensions in [(EMBEDDING_MODEL, 3072), ("gemini-embedding-2", 3072)]:
        found = await vectors(api, "a river in spring", model=model)
        expect_equal([len(vector) for vector in found], [dimensions], f"the dimensions of {model}")
        expect_unit(found[0])


@check
async def embed_content_many(api):
    found = await vectors(api, ["a river", "a mountain", "a river"])
    expect_equal([len(vector) for vector in found], [3072] * 3, "the dimensions")
    expect(found[0] == found[2], "the same text has another vector")
    expect(found[0] != found[1], "another text has the same vector")


@check
async def embed_content_output_dimensionality(api):
    for dimensions in [128, 768]:
        found = await vectors(
            api, ["a river", "a mountain"], output_dimensionality=dimensions, task_type="RETRIEVAL_DOCUMENT"
        )
        expect_equal([len(vector) for vector in found], [dimensions] * 2, "the dimensions")
        for vector in found:
            expect_unit(vector)


@check
async def models_list(api):
    pager = await settle(api.surface().models.list())
    names = [model.name for model in await collect(pager)]
    expect(len(names) > 50, f"only {len(names)} models, not more than one page")
    expect_equal(len(set(names)), len(names), "the number of different names")
    expect(f"models/{MODEL}" in names, f"{MODEL} is not among them")


@check
async def models_list_with_page_size(api):
    pager = await settle(api.surface().models.list(config={"page_size": 7}))
    expect_equal(len(pager.page), 7, "the length of the first page")
    whole = await collect(await settle(api.surface().models.list()))
    names = [model.name for model in await collect(pager)]
    expect_equal(names, [model.name for model in whole], "the names page by page")


@check
async def models_get(api):
    for name in [MODEL, f"models/{MODEL}"]:
        model = await settle(api.surface().models.get(model=name))
        expect_equal(model.name, f"models/{MODEL}", "name")
        expect(model.input_token_limit > 0 and model.output_token_limit > 0, f"no limits: {model}")
        expect("generateContent" in model.supported_actions, f"supported_actions: {model.supported_actions}")
    expect(isinstance(model, types.Model), "no model")
