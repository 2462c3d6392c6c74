# SPDX-License-Identifier: Apache-2.0
"""Part: small generateContent requests on kept connections, gemini-mock beside nginx and a C hello, and beside itself
without checking what requests say."""

import contextlib
import dataclasses
import json
import time

import process
import servers
import traffic
from programs import FOLDER, CannotRun, compile_c, find, output_of
from report import Figure, Goal, ratio

PART = "small requests"
CONNECTIONS = 64
CPU_AGAINST_NGINX = Goal("<=", 1.6)
UNCHECKED = "unchecked"
CPU_OF_CHECKS = Goal("<=", 1.25)


def run(options, folder):
    wrk = find("wrk")
    rounds, seconds = (2, 1) if options.quick else (5, 2)
    hello = compile_c("c_hello", folder, ["microhttpd"])
    rates, costs = {}, {}
    with contextlib.ExitStack() as stack:
        running = [stack.enter_context(server) for server in
                   (servers.c_hello(hello), servers.nginx(), servers.gemini_mock(options.server))]
        unchecked = stack.enter_context(servers.gemini_mock(options.server, "--validation", "off"))
        running.append(dataclasses.replace(unchecked, name=UNCHECKED))
        for server in running:
            try_once(server)
            load(wrk, server, 1)  # the first round of all would pay for page faults and empty caches
        for server in servers.interleaved(running, rounds):
            rate, cost = load(wrk, server, seconds)
            rates.setdefault(server.name, []).append(rate)
            costs.setdefault(server.name, []).append(cost)
    return figures(rates, costs)


def try_once(server):
    with contextlib.closing(traffic.connection(server)) as client:
        traffic.generate(client, server, traffic.SMALL_BODY)


def load(wrk, server, seconds, scheme="http", connections=CONNECTIONS):
    """Requests per second, and microseconds of server processor time for each request."""
    url = f"{scheme}://127.0.0.1:{server.port}{traffic.GENERATE}"
    command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(FOLDER / "post.lua"), url, "--",
               traffic.SMALL_BODY, traffic.API_KEY]
    before = process.cpu_seconds(server.pids)
    printed = output_of(command, seconds + 20)
    time.sleep(0.02)  # let the server see the connections close
    used = process.cpu_seconds(server.pids) - before
    result = json.loads(printed.strip().splitlines()[-1])
    if result["failed"] or not result["requests"]:
        raise CannotRun(f"{server.name} failed {result['failed']} of {result['requests']} small requests")
    return result["requests"] / result["seconds"], used / result["requests"] * 1e6


def figures(rates, costs):
    rate = Figure(PART, "requests/s", rates, digits=0)
    cost = Figure(PART, "server CPU, us per request", costs, digits=2)
    return [
        rate,
        ratio("requests/s, times nginx", rate, servers.NGINX),
        cost,
        ratio("server CPU, times C hello", cost, servers.C_HELLO),
        ratio("server CPU, times nginx", cost, servers.NGINX, CPU_AGAINST_NGINX),
        ratio("server CPU, times that of --validation off", cost, UNCHECKED, CPU_OF_CHECKS),
    ]
