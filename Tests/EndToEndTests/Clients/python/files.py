# SPDX-License-Identifier: Apache-2.0
"""Files: uploads of all sizes, what is known of them, prompts that name them, and refusals."""

import asyncio
import base64
import hashlib
import io
import os
import re
import tempfile
from datetime import timedelta

from google.genai import errors, types

import media
from errors import UNKNOWN, expect_refusal
from harness import PLAIN_MODEL, check, collect, expect, expect_equal, settle

MEBIBYTE = 1 << 20
NO_FILE = "You do not have permission to access the File"


async def upload(api, content, **config):
    """Uploads bytes, or the file of that path, and looks at what comes back."""
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    file = await settle(api.surface().files.upload(file=source, config=config))
    expect(re.fullmatch(r"files/[a-z0-9-]{1,40}", file.name), f"the name is {file.name!r}")
    uri = f"https://generativelanguage.googleapis.com/v1beta/{file.name}"
    expect_equal(file.uri, uri, "uri")
    return file


async def delete(api, *files):
    for file in files:
        await settle(api.surface().files.delete(name=file.name))


async def refusal_of(api, method, **arguments):
    """The error that a call ends in, whether it is raised at once or when it is awaited."""
    async def call():
        return await settle(method(**arguments))

    return await api.refusal(call())


def expect_digest(file, content):
    # The field's bytes are the digest's hex digits (CORE 3.1).
    digest = hashlib.sha256(content).hexdigest().encode()
    expect_equal(base64.b64decode(file.sha256_hash), digest, "sha256_hash")


# Uploads


@check
async def small_files(api):
    for content in [b"x", b"\x00" * 1000, b"{not: json" * 50]:
        file = await upload(api, content, mime_type="audio/mp3")
        expect_equal(file.size_bytes, len(content), "size_bytes")
        expect_equal(file.mime_type, "audio/mp3", "mime_type")
        expect_equal(file.state, types.FileState.ACTIVE, "state")
        expect_equal(file.source, types.FileSource.UPLOADED, "source")
        expect_digest(file, content)
        await delete(api, file)


@check
async def empty_file(api):
    file = await upload(api, b"", mime_type="text/plain")
    # An int64 of 0 is left out.
    expect_equal(file.size_bytes or 0, 0, "size_bytes")
    expect_digest(file, b"")
    await delete(api, file)


@check
async def files_around_the_chunk_size(api):
    """The client sends 8 MiB at a time."""
    for size in [8 * MEBIBYTE - 1, 8 * MEBIBYTE, 16 * MEBIBYTE, 20 * MEBIBYTE]:
        content = os.urandom(1024) * (size // 1024) + b"x" * (size % 1024)
        file = await upload(api, content, mime_type="application/pdf")
        expect_equal(file.size_bytes, size, "size_bytes")
        expect_digest(file, content)
        await delete(api, file)


@check(flavours=["sync", "aiohttp"])
async def longest_sound_of_a_prompt(api):
    """9.5 hours, as 274 MB of which none but the first bytes are on the disk."""
    seconds = 34_200
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "long.wav")
        with open(path, "wb") as target:
            target.write(media.wav_head(seconds * 8000))
        os.truncate(path, 44 + seconds * 8000)
        file = await upload(api, path)
    expect_equal(file.size_bytes, 44 + seconds * 8000, "size_bytes")
    counted = await settle(api.surface().models.count_tokens(model=PLAIN_MODEL, contents=[file]))
    expect_equal(counted.total_tokens, seconds * media.TOKENS_A_SECOND + media.TURN, "total_tokens")
    await delete(api, file)


@check
async def times_and_names(api):
    content = b"hello"
    file = await upload(
        api, content, name=f"my-{api.flavour}-1", mime_type="text/plain", display_name="Grüße 🌍")
    expect_equal(file.name, f"files/my-{api.flavour}-1", "name")
    expect_equal(file.display_name, "Grüße 🌍", "display_name")
    expect_equal(file.create_time, file.update_time, "update_time")
    left = file.expiration_time - file.create_time
    expect(timedelta(hours=47, minutes=59) < left <= timedelta(hours=48), f"it expires after {left}")
    plain = await upload(api, content, mime_type="text/plain")
    expect_equal(plain.display_name, None, "display_name of a file without one")
    expect(re.fullmatch("files/[a-z0-9]{12}", plain.name), f"the name is {plain.name!r}")
    await delete(api, file, plain)


@check
async def type_follows_from_the_path(api):
    """The client guesses it, and its guesses for sound are what the server has to take."""
    with tempfile.TemporaryDirectory() as folder:
        for extension, (_, make) in media.SOUNDS.items():
            path = os.path.join(folder, f"sound.{extension}")
            content, seconds = make()
            with open(path, "wb") as target:
                target.write(content)
            file = await upload(api, path)
            expect(file.mime_type.startswith("audio/"), f"{extension} is {file.mime_type}")
            counted = await settle(api.surface().models.count_tokens(model=PLAIN_MODEL, contents=[file]))
            wanted = media.tokens_of(seconds) + media.TURN
            expect_equal(counted.total_tokens, wanted, f"total_tokens of {extension}")
            await delete(api, file)


@check
async def uploads_at_once(api):
    if api.flavour == "sync":
        return
    contents = [bytes([number]) * 100_000 for number in range(20)]
    files = await asyncio.gather(*[upload(api, content, mime_type="audio/mp3") for content in contents])
    expect_equal(len({file.name for file in files}), 20, "the number of different names")
    for file, content in zip(files, contents):
        expect_digest(file, content)
    await delete(api, *files)


# Prompts


@check
async def sounds_by_uri_and_inline(api):
    """The same tokens either way, in count_tokens and in usage_metadata."""
    models = api.surface().models
    for name, (mime_type, make) in media.SOUNDS.items():
        content, seconds = make()
        file = await upload(api, content, mime_type=mime_type)
        wanted = media.tokens_of(seconds)
        parts = {
            "file": file, "uri": types.Part.from_uri(file_uri=file.uri, mime_type=file.mime_type),
            "inline": types.Part.from_bytes(data=content, mime_type=mime_type),
        }
        for form, part in parts.items():
            counted = await settle(models.count_tokens(model=PLAIN_MODEL, contents=[part]))
            expect_equal(counted.total_tokens, wanted + media.TURN, f"total_tokens of {name} by {form}")
            response = await api.generate(["Describe this audio clip", part], model=PLAIN_MODEL)
            expect(mime_type in response.text, f"the answer to {name} by {form} is {response.text!r}")
            details = response.usage_metadata.prompt_tokens_details
            counts = {detail.modality: detail.token_count for detail in details}
            expect_equal(counts.get(types.MediaModality.AUDIO), wanted, f"audio tokens of {name} by {form}")
        await delete(api, file)


@check
async def file_in_a_stream(api):
    content, _ = media.mp3()
    file = await upload(api, content, mime_type="audio/mp3")
    chunks = await api.stream(["Describe this audio clip", file])
    expect("audio/mp3" in "".join(chunk.text or "" for chunk in chunks), "the stream does not tell the type")
    await delete(api, file)


@check
async def stored_type_rules(api):
    content, seconds = media.wav()
    file = await upload(api, content, mime_type="audio/wav")
    part = types.Part.from_uri(file_uri=file.uri, mime_type="${MIME_TYPE}")
    counted = await settle(api.surface().models.count_tokens(model=PLAIN_MODEL, contents=[part]))
    expect_equal(counted.total_tokens, media.tokens_of(seconds) + media.TURN, "total_tokens")
    await delete(api, file)


# Get, list, delete


@check
async def got_listed_and_deleted(api):
    files = [await upload(api, b"%d" % number, mime_type="text/plain") for number in range(3)]
    got = await settle(api.surface().files.get(name=files[1].name))
    expect_equal(got, files[1], "the file that was got")
    names = [file.name for file in await collect(api.surface().files.list(config={"page_size": 2}))]
    expect_equal(names[:3], [file.name for file in reversed(files)], "the list, newest first")
    await delete(api, files[1])
    names = [file.name for file in await collect(api.surface().files.list())]
    expect(files[1].name not in names, "a deleted file is listed")
    error = await refusal_of(api, api.surface().files.get, name=files[1].name)
    expect_refusal(error, 403, "PERMISSION_DENIED", f"{NO_FILE} {files[1].name[6:]} or it may not exist.")
    await delete(api, files[0], files[2])


@check
async def long_lists_have_pages(api):
    files = [await upload(api, b"x", mime_type="text/plain") for _ in range(12)]
    page = await settle(api.surface().files.list(config={"page_size": 5}))
    expect_equal(len(page), 5, "the length of a page")
    names = [file.name for file in await collect(api.surface().files.list(config={"page_size": 5}))]
    expect_equal(len(set(names)), len(names), "the number of different names")
    expect({file.name for file in files} <= set(names), "a file is missing from the list")
    await delete(api, *files)


# Refusals


@check
async def unknown_file(api):
    files = api.surface().files
    for method in [files.get, files.delete]:
        error = await refusal_of(api, method, name=UNKNOWN)
        expect_refusal(error, 403, "PERMISSION_DENIED", f"{NO_FILE} {UNKNOWN} or it may not exist.")
    uri = f"https://generativelanguage.googleapis.com/v1beta/files/{UNKNOWN}"
    part = types.Part.from_uri(file_uri=uri, mime_type="audio/mp3")
    for call in [api.generate([part]), api.stream([part])]:
        error = await api.refusal(call)
        expect_equal(error.code, 403, "code")
        expect(NO_FILE in error.message, f"the message is {error.message!r}")
    error = await refusal_of(api, api.surface().models.count_tokens, model=PLAIN_MODEL, contents=[part])
    expect_refusal(error, 403, "PERMISSION_DENIED", NO_FILE)


@check
async def film_that_is_being_processed(api):
    file = await upload(api, b"\x00\x00\x00\x18ftypmp42" + bytes(1000), mime_type="video/mp4")
    expect_equal(file.state, types.FileState.PROCESSING, "state")
    error = await api.refusal(api.generate([file]))
    expect_refusal(error, 400, "FAILED_PRECONDITION",
                   f"The File {file.name[6:]} is not in an ACTIVE state and usage is not allowed.")
    await delete(api, file)


@check
async def file_of_a_type_that_prompts_do_not_take(api):
    file = await upload(api, b"PK\x03\x04", mime_type="application/zip")
    error = await api.refusal(api.generate([file]))
    expect_refusal(error, 400, "INVALID_ARGUMENT", "Unsupported MIME type: application/zip")
    await delete(api, file)


@check
async def nonsense_type(api):
    error = await refusal_of(
        api, api.surface().files.upload, file=io.BytesIO(b"x"), config={"mime_type": "jsonl"})
    expect_equal(error.code, 400, "code")
    expect("Unsupported MIME type: jsonl" in str(error), f"the error is {error}")


@check
async def file_that_is_too_large(api):
    """The check announces more than it has, since the server refuses it by that."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "huge.mp3")
        with open(path, "wb"):
            pass
        os.truncate(path, 2_147_483_649)
        error = await refusal_of(api, api.surface().files.upload, file=path)
    expect_equal(error.code, 400, "code")
    expect("2147483648" in str(error), f"the error is {error}")


@check
async def bad_name(api):
    for name in ["Upper", "under_score", "-begins", "ends-", "a" * 41, "with space"]:
        error = await refusal_of(
            api, api.surface().files.upload, file=io.BytesIO(b"x"),
            config={"mime_type": "text/plain", "name": name})
        expect_equal(error.code, 400, f"code for {name!r}")
        expect("CreateFileRequest.file.name" in str(error), f"the error is {error}")


@check
async def name_that_is_taken(api):
    config = {"mime_type": "text/plain", "name": f"taken-{api.flavour}"}
    file = await upload(api, b"first", **config)
    error = await refusal_of(api, api.surface().files.upload, file=io.BytesIO(b"x"), config=config)
    expect_equal(error.code, 409, "code")
    expect(f"taken-{api.flavour} already exists." in str(error), f"the error is {error}")
    await delete(api, file)
    again = await upload(api, b"second", **config)
    expect_digest(again, b"second")
    await delete(api, again)


@check
async def upload_is_not_downloaded(api):
    """By the client itself, or where that version doesn't, by the server."""
    file = await upload(api, b"x", mime_type="text/plain")
    try:
        await settle(api.surface().files.download(file=file))
    except ValueError:
        pass
    except errors.APIError as error:
        expect_refusal(error, 400, "FAILED_PRECONDITION", file.name[6:])
    else:
        raise AssertionError("an uploaded file was downloaded")
    await delete(api, file)
