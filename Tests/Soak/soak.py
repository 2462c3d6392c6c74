# SPDX-License-Identifier: Apache-2.0
"""Clients that wear a server out: half heads, idle connections, uploads and streams that are broken off, a mixed load.

After each of them the server's descriptors, memory, requests and uploads must be where they were before. One line a
round; exit code 1 where something is left, 69 where it can't run here.
"""

import argparse
import concurrent.futures
import json
import os
import random
import resource
import selectors
import socket
import struct
import subprocess
import sys
import tempfile
import time

KEY = "x-goog-api-key: made-up\r\n"
HOST = "Host: localhost\r\n"
MODEL = "/v1beta/models/gemini-3.5-flash"
BODY = b'{"contents":[{"parts":[{"text":"Tell me a story of four sentences"}]}]}'
# Long before the server's time-out of 120 s: who has left is noticed, or looked for when requests come.
SETTLE_SECONDS = 40


class Failed(Exception):
    pass


class Server:
    def __init__(self, program, options):
        self.ready = tempfile.TemporaryFile("w+")
        self.errors = tempfile.TemporaryFile("w+")
        command = [program, "serve", "--port", "0", "--json", *options]
        self.process = subprocess.Popen(command, stdout=self.ready, stderr=self.errors)
        limit = time.monotonic() + 30
        while True:
            self.ready.seek(0)
            line = self.ready.read()
            if line.endswith("\n"):
                break
            if self.process.poll() is not None or time.monotonic() > limit:
                raise Failed(f"the server doesn't start: {self.log()}")
            time.sleep(0.02)
        self.port = json.loads(line)["port"]

    def log(self):
        self.errors.seek(0)
        return self.errors.read()[-2000:]

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def get(self, path):
        with self.connect() as client:
            client.sendall(f"GET {path} HTTP/1.1\r\n{HOST}{KEY}Connection: close\r\n\r\n".encode())
            answer = b""
            while block := client.recv(65536):
                answer += block
        head, _, body = answer.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise Failed(f"{path}: {head[:100]!r}")
        return body.decode()

    def figures(self):
        """Descriptors, requests under way, streams and uploads; then resident memory in KiB."""
        # Before the request: nobody knows when the server has closed its end of that.
        folder = f"/proc/{self.process.pid}/fd"
        descriptors = len(os.listdir(folder)) if os.path.isdir(folder) else 0
        metrics = self.get("/__admin/metrics")

        def value(name):
            return int(float(next(x for x in metrics.splitlines() if x.startswith(name + " ")).split()[1]))

        # This request is one of them.
        still = (
            descriptors,
            value("gemini_mock_requests_in_flight") - 1,
            value("gemini_mock_streams_open"),
            value("gemini_mock_uploads_open"),
        )
        memory = 0
        if descriptors:
            with open(f"/proc/{self.process.pid}/status") as status:
                memory = next(int(x.split()[1]) for x in status if x.startswith("VmRSS:"))
        return still, memory

    def stop(self):
        self.process.terminate()
        try:
            code = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Failed("the server doesn't stop") from None
        if code:
            raise Failed(f"the server ended with {code}: {self.log()}")


def post(method, body=BODY, more=""):
    return post_to(f"{MODEL}:{method}", body, more)


def post_to(path, body, more):
    head = f"POST {path} HTTP/1.1\r\n{HOST}{KEY}{more}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def interact(more):
    # Not kept: what is would count as grown memory.
    body = b'{"model":"gemini-3.5-flash","input":"Tell me a story","store":false' + more + b"}"
    return post_to("/v1beta/interactions", body, "Connection: close\r\n")


def reset(client):
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


def is_served(server):
    if '"name": "models/gemini-3.5-flash"' not in server.get(MODEL):
        raise Failed("a good request isn't served")


def half_heads(server, count):
    """Slow-loris: each sends a byte of its head now and then, and none of them the end."""
    clients = [server.connect() for _ in range(count)]
    for piece in (b"GET / HT", b"TP/1.1\r\nHo", b"st: x\r\nX-A: "):
        for client in clients:
            client.sendall(piece)
        is_served(server)
    for client in clients:
        client.close()


def idle_connections(server, count):
    clients = []
    for _ in range(count):
        client = server.connect()
        client.sendall(f"GET {MODEL} HTTP/1.1\r\n{HOST}{KEY}\r\n".encode())
        clients.append(client)
    for client in clients:
        if not client.recv(65536).startswith(b"HTTP/1.1 200"):
            raise Failed("one of many connections isn't served")
    is_served(server)
    for client in clients:
        client.close()


def broken_uploads(server, count):
    chance = random.Random(11)
    for number in range(count):
        size = chance.randrange(1, 2_000_000)
        client = server.connect()
        head = (
            f"POST /upload/v1beta/files HTTP/1.1\r\n{HOST}{KEY}X-Goog-Upload-Protocol: raw\r\n"
            f"Content-Type: audio/mpeg\r\nContent-Length: {size}\r\n\r\n"
        ).encode()
        whole = head + bytes(size)
        client.sendall(whole[: chance.randrange(len(whole))])
        if number % 2:
            reset(client)
        else:
            client.close()
    is_served(server)


def broken_streams(server, count):
    clients = []
    for number in range(count):
        client = server.connect()
        client.sendall(post("streamGenerateContent?alt=sse"))
        clients.append(client)
    for client in clients:
        if not client.recv(1024).startswith(b"HTTP/1.1 200"):
            raise Failed("one of many streams doesn't begin")
    is_served(server)
    for number, client in enumerate(clients):
        if number % 2:
            reset(client)
        else:
            client.close()


def mixed(server, seconds):
    """Answers of both APIs, streams, uploads, looks at the journal, hostile requests and broken ones, by eight clients at
    once."""
    limit = time.monotonic() + seconds

    def client(number):
        chance = random.Random(number)
        kinds = [
            lambda: (post("generateContent", more="Connection: close\r\n"), b" 200 "),
            lambda: (post("streamGenerateContent?alt=sse", more="Connection: close\r\n"), b" 200 "),
            lambda: (post("countTokens", b"{", "Connection: close\r\n"), b" 400 "),
            lambda: (interact(b""), b" 200 "),
            lambda: (interact(b',"stream":true'), b" 200 "),
            lambda: (f"GET /__admin/entries?pageSize=20 HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n".encode(), b" 200 "),
            lambda: (post("generateContent", more="Content-Length: 3\r\n"), b" 400 "),
            lambda: (b"\x16\x03\x01 nonsense\r\n\r\n", b" 400 "),
            lambda: (
                f"POST /upload/v1beta/files HTTP/1.1\r\n{HOST}{KEY}X-Goog-Upload-Protocol: raw\r\n"
                "Connection: close\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n".encode()
                + bytes(100_000),
                b" 200 ",
            ),
        ]
        done = 0
        while time.monotonic() < limit:
            request, wanted = chance.choice(kinds)()
            with server.connect() as connection:
                if chance.random() < 0.2:
                    connection.sendall(request[: chance.randrange(len(request))])
                    reset(connection)
                    continue
                connection.sendall(request)
                answer = b""
                while block := connection.recv(65536):
                    answer += block
                if wanted not in answer.split(b"\r\n")[0] + b" ":
                    raise Failed(f"instead of {wanted!r}: {answer[:200]!r}")
            done += 1
        return done

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        return sum(pool.map(client, range(8)))


def settle(server, before, memory, grown):
    """Waits until all is as it was before."""
    limit = time.monotonic() + SETTLE_SECONDS
    while True:
        after, now = server.figures()
        if after == before and now - memory <= grown * 1024:
            return after, now
        if time.monotonic() > limit:
            raise Failed(
                "descriptors, requests, streams, uploads: "
                f"{before} before, {after} after; memory: {memory} and {now} KiB"
            )
        time.sleep(0.1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", required=True, help="the program to try")
    parser.add_argument("--scale", type=float, default=1, help="how much of the full size")
    parser.add_argument("--seconds", type=float, default=60, help="how long the mixed load lasts")
    # What the allocator may keep of a round, and what the journal may grow by.
    parser.add_argument("--memory", type=int, default=48, help="how many MiB the server may grow by in a round")
    options = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    full = [
        ("half heads", half_heads, 2000),
        ("idle connections", idle_connections, 5000),
        ("broken uploads", broken_uploads, 500),
        ("abandoned streams", broken_streams, 5000),
    ]
    counts = [max(10, int(count * options.scale)) for _, _, count in full]
    if hard != resource.RLIM_INFINITY and hard < max(counts) + 200:
        print(f"{max(counts) + 200} descriptors are needed, {hard} may be had", file=sys.stderr)
        return 69
    with tempfile.TemporaryDirectory() as folder:
        server = Server(options.server, ["--data-dir", folder, "--journal", "500", "--stream-interval", "20000"])
        try:
            is_served(server)
            # The first round fills what is filled once.
            for (_, play, _), count in zip(full, counts):
                play(server, count)
            time.sleep(0.5)
            before, memory = settle_first(server)
            for (name, play, _), count in zip(full, counts):
                started = time.monotonic()
                play(server, count)
                after, now = settle(server, before, memory, options.memory)
                took = time.monotonic() - started
                print(f"{name}: {count} in {took:.1f} s; then {after[0]} descriptors, {now // 1024} MiB", flush=True)
            server.stop()
            server = Server(options.server, ["--journal", "500"])
            is_served(server)
            mixed(server, 2)
            before, memory = settle_first(server)
            done = mixed(server, options.seconds)
            after, now = settle(server, before, memory, options.memory)
            print(f"mixed load: {done} requests; then {after[0]} descriptors, {now // 1024} MiB", flush=True)
            server.stop()
        except (Failed, OSError) as problem:
            print(f"failed: {problem}", file=sys.stderr)
            server.process.kill()
            return 1
    return 0


def settle_first(server):
    """The figures of a server at rest: the same, and nothing under way, for a second."""
    limit = time.monotonic() + SETTLE_SECONDS
    last, since = None, time.monotonic()
    while True:
        still, memory = server.figures()
        if still != last:
            last, since = still, time.monotonic()
        if time.monotonic() - since > 1 and still[1:3] == (0, 0):
            return still, memory
        if time.monotonic() > limit:
            raise Failed(f"the server doesn't come to rest: {still}")
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
