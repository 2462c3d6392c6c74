# SPDX-License-Identifier: Apache-2.0
"""Part: one upload of 1 GiB beside sha256sum of the same file, then 200 uploads of 10 MB at once."""

import contextlib
import os
import socket
import subprocess
import threading
import time

import process
import servers
import traffic
from programs import CannotRun, find
from report import Figure, Goal
from servers import GEMINI_MOCK

PART = "uploads"
BIG = 1 << 30
SMALL = 10_000_000
AT_ONCE = 200
SENDERS = 4
RATE = Goal(">=", 0.8)
PEAK_MIB = Goal("<=", 40)
PATIENCE = 60


def run(options, folder):
    rounds = 2 if options.quick else 5
    file = folder / "upload.bin"
    with open(file, "wb") as sparse:
        sparse.truncate(BIG)
    rates, ratios, costs, together = [], [], [], []
    with servers.gemini_mock(options.server) as server:
        for _ in range(rounds):
            reference = timed(lambda: subprocess.run([find("sha256sum"), file], stdout=subprocess.DEVNULL, check=True))
            before = process.cpu_seconds(server.pids)
            taken = timed(lambda: upload(server, file, BIG))
            costs.append((process.cpu_seconds(server.pids) - before) * 1e3)
            rates.append(BIG / 1e6 / taken)
            ratios.append(reference / taken)
        peak = process.peak_resident_kib(server.pid) / 1024
        process.reset_peak(server.pid)
        for _ in range(rounds):
            taken = timed(lambda: upload_at_once(server, file))
            together.append(AT_ONCE * SMALL / 1e6 / taken)
        crowd = process.peak_resident_kib(server.pid) / 1024
    return [
        Figure(PART, "1 GiB, MB/s", {GEMINI_MOCK: rates}, digits=0),
        Figure(PART, "1 GiB, times the rate of sha256sum", {GEMINI_MOCK: ratios}, RATE, digits=2),
        Figure(PART, "1 GiB, server CPU, ms", {GEMINI_MOCK: costs}, digits=0),
        Figure(PART, "1 GiB, peak memory, MiB", {GEMINI_MOCK: [peak]}, PEAK_MIB),
        Figure(PART, f"{AT_ONCE} of 10 MB at once, MB/s", {GEMINI_MOCK: together}, digits=0),
        Figure(PART, f"{AT_ONCE} of 10 MB at once, peak memory, MiB", {GEMINI_MOCK: [crowd]}, PEAK_MIB),
    ]


def timed(work):
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def upload(server, file, size, kind="application/octet-stream"):
    """One file by the raw protocol, sent by the kernel, so that the client costs next to nothing."""
    with open(file, "rb") as content, begun(server, size, kind) as connection:
        sent = 0
        while sent < size:
            sent += os.sendfile(connection.fileno(), content.fileno(), sent, min(size - sent, 1 << 22))
        finish(connection, server)


def upload_at_once(server, file):
    """All connections are open from the beginning; a few threads send to them in turns."""
    with contextlib.ExitStack() as stack, open(file, "rb") as content:
        connections = [stack.enter_context(begun(server, SMALL)) for _ in range(AT_ONCE)]
        failures = []
        threads = [threading.Thread(target=send_in_turns, args=(connections[i::SENDERS], content, server, failures))
                   for i in range(SENDERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        if failures or any(thread.is_alive() for thread in threads):
            raise CannotRun(f"{GEMINI_MOCK} broke off an upload: {failures[:1]}")


def send_in_turns(connections, content, server, failures):
    try:
        for offset in range(0, SMALL, 1 << 18):
            for connection in connections:
                position, end = offset, min(offset + (1 << 18), SMALL)
                while position < end:
                    position += os.sendfile(connection.fileno(), content.fileno(), position, end - position)
        for connection in connections:
            finish(connection, server)
    except (OSError, CannotRun) as failure:
        failures.append(str(failure))


def begun(server, size, kind="application/octet-stream"):
    connection = socket.create_connection(("127.0.0.1", server.port), PATIENCE)
    connection.settimeout(None)  # sendfile needs one that waits; the whole benchmark is bounded in time
    connection.sendall((
        f"POST /upload/v1beta/files HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
        f"x-goog-api-key: {traffic.API_KEY}\r\nX-Goog-Upload-Protocol: raw\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {size}\r\n\r\n").encode())
    return connection


def finish(connection, server):
    head = connection.recv(4096)
    if not head.startswith(b"HTTP/1.1 200 "):
        raise CannotRun(f"{server.name} refused an upload: {head[:200].decode(errors='replace')}")
