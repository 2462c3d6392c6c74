# SPDX-License-Identifier: Apache-2.0
"""Part: small requests answered by one of 10,000 stubs, beside one of 10, where an endpoint, a model or a piece of the
text tells the stubs apart; beside no scenario at all."""

import contextlib
import dataclasses
import json
from pathlib import Path

import process
import servers
import small_requests
from programs import find
from report import Figure, Goal, ratio

PART = "scenarios"
FEW, MANY = 10, 10_000
CPU_OF_MANY = Goal("<=", 2)
NO_SCENARIO = "no scenario"

# What the stub with a number asks for, and what the one asks for that fits the request.
KINDS = {
    "endpoint": (lambda number: {"endpoint": "countTokens", "lastText": {"equals": str(number)}},
                 {"endpoint": "generateContent"}),
    "model": (lambda number: {"endpoint": "generateContent", "model": f"gemini-2.5-flash-{number:05}"},
              {"endpoint": "generateContent", "model": "gemini-2.5-flash"}),
    "text": (lambda number: {"endpoint": "generateContent", "lastText": f"Name {number:05} rivers that cross a border"},
             {"endpoint": "generateContent", "lastText": "Name three rivers that cross a border"}),
}


def run(options, folder):
    wrk = find("wrk")
    rounds, seconds = (2, 1) if options.quick else (5, 1)
    costs, memory = {}, {}
    with contextlib.ExitStack() as stack:
        def start(name, *flags):
            server = stack.enter_context(servers.gemini_mock(options.server, *flags))
            return dataclasses.replace(server, name=name)

        running = [start(NO_SCENARIO)]
        for kind in KINDS:
            for count in (FEW, MANY):
                path = write(Path(folder), kind, count)
                running.append(start((kind, count), "--scenario", str(path), "--strict"))
        for server in running:
            small_requests.try_once(server)
            small_requests.load(wrk, server, 1)
        for server in servers.interleaved(running, rounds):
            _, cost = small_requests.load(wrk, server, seconds)
            costs.setdefault(server.name, []).append(cost)
        for server in running:
            memory[server.name] = process.resident_kib(server.pids[0]) / 1024
    return [figure for kind in KINDS for figure in figures(kind, costs)] + [
        Figure(PART, "memory of 10,000 stubs, MiB", {servers.GEMINI_MOCK: [memory["text", MANY]]}),
    ]


def figures(kind, costs):
    samples = {servers.GEMINI_MOCK: costs[kind, MANY], FEW: costs[kind, FEW], NO_SCENARIO: costs[NO_SCENARIO]}
    cost = Figure(PART, f"10,000 stubs told apart by {kind}: server CPU, us per request", samples, digits=2)
    return [
        cost,
        ratio(f"by {kind}: server CPU, times that of 10 stubs", cost, FEW, CPU_OF_MANY),
        ratio(f"by {kind}: server CPU, times that of no scenario", cost, NO_SCENARIO),
    ]


def write(folder, kind, count):
    """A scenario whose middle stub is the one that fits."""
    others, fitting = KINDS[kind]
    # The others' endpoint may not be able to say anything: they give what is built in.
    stubs = [{"name": f"stub {number}", "when": fitting if number == count // 2 else others(number),
              "replies": [{"builtIn": True}]}
             for number in range(count)]
    path = folder / f"{kind}-{count}.json"
    path.write_text(json.dumps({"name": f"{count} by {kind}", "stubs": stubs}))
    return path
