# SPDX-License-Identifier: Apache-2.0
"""Part: from starting the program to its first answer, and what it holds in memory then."""

import json

import traffic
from programs import compile_c, output_of
from report import Figure, Goal, ratio
from servers import C_HELLO, GEMINI_MOCK, free_port, interleaved

PART = "first answer"
START_MS = Goal("<=", 8)
IDLE_MIB = Goal("<=", 16)
LIMIT_SECONDS = 30


def run(options, folder):
    measure = compile_c("first_answer", folder)
    hello = compile_c("c_hello", folder, ["microhttpd"])
    commands = {
        C_HELLO: lambda port: [hello, port],
        GEMINI_MOCK: lambda port: [options.server, "serve", "--port", port, "--json"],
    }
    starts = {name: [] for name in commands}
    for name in interleaved(list(commands), 5 if options.quick else 21):
        starts[name].append(start(measure, commands[name]))
    return figures(starts)


def start(measure, command):
    port = str(free_port())
    return json.loads(output_of([measure, port, traffic.MODELS, *command(port)], LIMIT_SECONDS))


def figures(starts):
    def figure(name, key, scale, *rest, **more):
        samples = {server: [start[key] / scale for start in many] for server, many in starts.items()}
        return Figure(PART, name, samples, *rest, **more)

    median = figure("exec to first answer, median, ms", "ms", 1, START_MS, digits=2)
    return [
        median,
        figure("exec to first answer, least, ms", "ms", 1, digits=2, summary=min),
        ratio("exec to first answer, times C hello", median, C_HELLO),
        figure("idle memory, Rss, MiB", "rss_kib", 1024, IDLE_MIB),
        figure("idle memory, Pss, MiB", "pss_kib", 1024),
    ]
