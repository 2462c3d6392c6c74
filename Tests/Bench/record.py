# SPDX-License-Identifier: Apache-2.0
"""Part: recorder: what it adds to the first byte of a stream, and what a proxied stream costs."""

import contextlib
import json
import socket
import time

import process
import servers
from report import Figure, Goal
from servers import GEMINI_MOCK, Server

PART = "record"
ADDED_MS = Goal("<=", 2)
BODY = json.dumps({"contents": [{"parts": [{"text": "Hello"}]}]}).encode()
HEAD = (
    b"POST /v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse HTTP/1.1\r\nHost: localhost\r\n"
    b"x-goog-api-key: made-up\r\nContent-Length: %d\r\n\r\n" % len(BODY)
)


def run(options, folder):
    count = 50 if options.quick else 400
    with contextlib.ExitStack() as stack:
        upstream = stack.enter_context(servers.gemini_mock(options.server))
        before = stack.enter_context(recorder(options.server, upstream, folder / "recording"))
        direct, proxied = (stack.enter_context(connection(server)) for server in (upstream, before))
        for _ in range(20):
            first_byte(direct), first_byte(proxied)
        ticks = process.cpu_seconds(before.pids)
        pairs = [(first_byte(direct), first_byte(proxied)) for _ in range(count)]
        spent = process.cpu_seconds(before.pids) - ticks
    added = [(after - without) * 1e3 for without, after in pairs]
    return [
        Figure(PART, "first byte without the recorder, ms", {GEMINI_MOCK: [p[0] * 1e3 for p in pairs]}, digits=2),
        Figure(PART, "first byte through the recorder, ms", {GEMINI_MOCK: [p[1] * 1e3 for p in pairs]}, digits=2),
        Figure(PART, "added to the first byte, ms", {GEMINI_MOCK: added}, ADDED_MS, digits=2),
        Figure(PART, "the recorder's CPU, us a stream", {GEMINI_MOCK: [spent / count * 1e6]}),
    ]


@contextlib.contextmanager
def recorder(program, upstream, folder):
    command = [program, "record", "--upstream", f"http://127.0.0.1:{upstream.port}", "--to", str(folder),
               "--port", "0", "--json"]
    with servers.child(GEMINI_MOCK, command) as (started, output):
        announced = servers.wait_for_announcement(started, output)
        yield Server(GEMINI_MOCK, announced["port"], tuple(process.tree(started.pid)))


@contextlib.contextmanager
def connection(server):
    with socket.create_connection(("127.0.0.1", server.port), 20) as stream:
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield stream


def first_byte(stream):
    """Seconds until the head is there; the rest of the answer is read, too."""
    start = time.perf_counter()
    stream.sendall(HEAD + BODY)
    came = stream.recv(65536)
    seconds = time.perf_counter() - start
    while not came.endswith(b"\r\n0\r\n\r\n"):
        more = stream.recv(65536)
        if not more:
            raise RuntimeError("the stream has ended early")
        came = (came + more)[-65536:]
    return seconds
