# SPDX-License-Identifier: Apache-2.0
"""Part: starts with a recording of 10,000 exchanges, and small requests that one of these answers, beside a recording of 10
and beside built-in answers."""

import contextlib
import dataclasses
import json
import urllib.request
from pathlib import Path

import process
import servers
import small_requests
import traffic
from first_answer import start
from programs import compile_c, find
from report import Figure, Goal, ratio

PART = "replay"
FEW, MANY = 10, 10_000
BUILT_IN = "built in"
START_MS = Goal("<=", 150)
CPU_AGAINST_BUILT_IN = Goal("<=", 1.3)
CPU_OF_MANY = Goal("<=", 1.2)


def run(options, folder):
    wrk = find("wrk")
    measure = compile_c("first_answer", folder)
    rounds, seconds = (2, 1) if options.quick else (5, 2)
    costs, memory, starts = {}, {}, {}
    with contextlib.ExitStack() as stack:
        def serve(name, *flags):
            server = stack.enter_context(servers.gemini_mock(options.server, *flags))
            return dataclasses.replace(server, name=name)

        built_in = serve(BUILT_IN)
        answer = answer_of(built_in)
        paths = {count: write(Path(folder) / f"recording-{count}", count, answer) for count in (FEW, MANY)}
        running = [built_in] + [serve(count, "--recording", str(path), "--strict") for count, path in paths.items()]
        for server in running:
            small_requests.try_once(server)
            small_requests.load(wrk, server, 1)
        for server in servers.interleaved(running, rounds):
            _, cost = small_requests.load(wrk, server, seconds)
            costs.setdefault(server.name, []).append(cost)
        for server in running:
            memory[server.name] = process.resident_kib(server.pids[0]) / 1024
    for count in servers.interleaved(list(paths), 5 if options.quick else 11):
        starts.setdefault(count, []).append(start(measure, lambda port: [
            options.server, "serve", "--port", port, "--json", "--recording", str(paths[count])])["ms"])
    return figures(costs, memory, starts)


def figures(costs, memory, starts):
    cost = Figure(PART, "server CPU, us per request", {
        servers.GEMINI_MOCK: costs[MANY], FEW: costs[FEW], BUILT_IN: costs[BUILT_IN]}, digits=2)
    return [
        Figure(PART, "exec to first answer with 10,000 exchanges, ms", {servers.GEMINI_MOCK: starts[MANY]}, START_MS,
               digits=1),
        Figure(PART, "exec to first answer with 10, ms", {servers.GEMINI_MOCK: starts[FEW]}, digits=1),
        cost,
        ratio("server CPU, times that of built-in answers", cost, BUILT_IN, CPU_AGAINST_BUILT_IN),
        ratio("server CPU, times that of 10 exchanges", cost, FEW, CPU_OF_MANY),
        Figure(PART, "memory of 10,000 exchanges, MiB", {servers.GEMINI_MOCK: [memory[MANY]]}),
    ]


def answer_of(server):
    """What the server itself says, so that replayed answers are as long."""
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{traffic.GENERATE}",
                                     traffic.SMALL_BODY.encode(), traffic.HEADERS)
    with urllib.request.urlopen(request, timeout=30) as answer:
        fields = [f"{name}: {value}" for name, value in answer.headers.items() if name != "Content-Length"]
        return fields, answer.read().decode()


def write(folder, count, answer):
    """A recording whose middle exchange is the one that fits."""
    fields, text = answer
    lines = text.splitlines(keepends=True)
    exchanges = []
    for number in range(count):
        body = traffic.SMALL_BODY
        if number != count // 2:
            body = body.replace("three rivers", f"{number} rivers")
        exchanges.append({
            "request": {"method": "POST", "target": traffic.GENERATE, "headers": ["Content-Type: application/json"],
                        "body": {"text": [body]}},
            "answer": {"status": 200, "headers": fields, "framing": "length", "body": {"text": lines}},
        })
    folder.mkdir()
    (folder / "recording.json").write_text(json.dumps({
        "format": "gemini-mock/recording/1", "name": folder.name, "upstream": "", "made": "",
        "matching": {"inOrder": False, "ignoredPointers": [], "ignoredParameters": [], "headers": []},
        "exchanges": exchanges,
    }))
    return folder
