# SPDX-License-Identifier: Apache-2.0
"""Part: interactions that are kept, and streams that follow runs in the background."""

import asyncio
import json

import process
import servers
from event_streams import MEMORY_KIB, SPARE_FILES, raise_file_limit
from programs import CannotRun
from report import Figure, Goal
from servers import GEMINI_MOCK
from traffic import HEADERS

PART = "interactions"
TURNS = 10_000
CONNECTIONS = 20
STREAMS = 1000
OPEN_AFTER_SECONDS = 0.5  # a run takes one second
STORED_KIB = Goal("<=", 4)


def run(options, folder):
    raise_file_limit(STREAMS + SPARE_FILES)
    results = [one_round(options.server) for _ in range(1 if options.quick else 3)]
    return figures(results)


def one_round(program):
    # What the journal keeps of the turns isn't what the store takes.
    with servers.gemini_mock(program, "--journal", "0") as server:
        idle = process.resident_kib(server.pid)
        before = process.cpu_seconds(server.pids)
        asyncio.run(store(server.port))
        turn = (process.cpu_seconds(server.pids) - before) / TURNS * 1e6
        stored = process.resident_kib(server.pid)
        done, plateau = asyncio.run(follow(server))
        return {
            "turn_us": turn, "stored_kib": (stored - idle) / TURNS, "done": done,
            "stream_kib": (plateau - stored) / STREAMS,
        }


def request(text, **more):
    body = json.dumps({"model": "gemini-3.5-flash", "input": text, **more})
    lines = ["POST /v1/interactions HTTP/1.1", "Host: x", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in HEADERS.items()]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


async def store(port):
    async def client():
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in range(TURNS // CONNECTIONS):
            writer.write(request(f"Question {number}: which rivers cross a border?"))
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            if not head.startswith("http/1.1 200"):
                raise CannotRun(f"a turn was refused: {head.splitlines()[0]}")
            await reader.readexactly(int(head.split("content-length:")[1].split()[0]))
        writer.close()

    await asyncio.gather(*[client() for _ in range(CONNECTIONS)])


async def follow(server):
    """How many streams came to their end, and the memory while all were open."""
    open_streams = []
    for _ in range(STREAMS):
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(request("Hello", background=True, stream=True))
        open_streams.append((reader, writer))
    ends = asyncio.gather(*[reader.readuntil(b"0\r\n\r\n") for reader, _ in open_streams])
    await asyncio.sleep(OPEN_AFTER_SECONDS)
    plateau = process.resident_kib(server.pid)
    done = sum(b"data: [DONE]" in text for text in await ends)
    for _, writer in open_streams:
        writer.close()
    return done, plateau


def figures(results):
    def figure(name, key, *rest, **more):
        return Figure(PART, name, {GEMINI_MOCK: [result[key] for result in results]}, *rest, **more)

    return [
        figure("CPU of a turn that is kept, µs", "turn_us"),
        figure("memory of a kept turn, KiB", "stored_kib", STORED_KIB),
        figure("streams that followed a run to its end", "done", Goal(">=", STREAMS), digits=0, summary=min),
        figure("memory of such a stream, KiB", "stream_kib", MEMORY_KIB),
    ]
