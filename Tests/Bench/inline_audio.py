# SPDX-License-Identifier: Apache-2.0
"""Part: generateContent with 20 MiB of inline audio, one request after another on a kept connection."""

import contextlib
import time

import process
import servers
import traffic
from programs import compile_c
from report import Figure, Goal, ratio

PART = "20 MiB inline audio"
CPU_MS = Goal("<=", 12)
EXTRA_MIB = Goal("<=", 24)
SETTLE_SECONDS = 0.02


def run(options, folder):
    rounds = 5 if options.quick else 20
    body = traffic.audio_body()
    hello = compile_c("c_hello", folder, ["microhttpd"])
    costs, times, extra = {}, {}, {}
    with contextlib.ExitStack() as stack:
        running = [stack.enter_context(server) for server in
                   (servers.c_hello(hello), servers.gemini_mock(options.server))]
        clients = {server: warm_connection(server) for server in running}
        for client in clients.values():
            stack.callback(client.close)
        idle = {server: memory_before(server) for server in running}
        for server in servers.interleaved(running, rounds):
            cost, taken = post(clients[server], server, body)
            costs.setdefault(server.name, []).append(cost)
            times.setdefault(server.name, []).append(taken)
        for server in running:
            extra[server.name] = [(process.peak_resident_kib(server.pid) - idle[server]) / 1024]
    return figures(costs, times, extra)


def figures(costs, times, extra):
    cost = Figure(PART, "server CPU, ms per request", costs, CPU_MS)
    return [
        cost,
        ratio("server CPU, times C hello", cost, servers.C_HELLO),
        Figure(PART, "time to the answer, ms", times),
        Figure(PART, "peak memory above idle, MiB", extra, EXTRA_MIB),
    ]


def warm_connection(server):
    """A connection that has served one tiny request: what is touched once only does not count."""
    client = traffic.connection(server)
    traffic.generate(client, server, traffic.SMALL_BODY)
    return client


def memory_before(server):
    process.reset_peak(server.pid)
    return process.resident_kib(server.pid)


def post(client, server, body):
    """Milliseconds of server processor time, and of waiting, for one request."""
    before, begin = process.cpu_seconds(server.pids), time.perf_counter()
    traffic.generate(client, server, body)
    taken = time.perf_counter() - begin
    time.sleep(SETTLE_SECONDS)  # what the server does after its answer counts too
    return (process.cpu_seconds(server.pids) - before) * 1e3, taken * 1e3
