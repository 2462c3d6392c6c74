# SPDX-License-Identifier: Apache-2.0
"""Part: thousands of slow event streams open at the same time: 5,000 with one pace for all, 10,000 whose events a scenario
delays one by one."""

import json
import resource
import time
from pathlib import Path

import process
import servers
import traffic
from programs import CannotRun, compile_c, output_of
from report import Figure, Goal
from servers import GEMINI_MOCK

PART = "event streams"
STREAMS = 5000
SCENARIO_PART = "streams of a scenario"
SCENARIO_STREAMS = 10_000
RAMP_MS = 1000
SCENARIO_RAMP_MS = 2000
INTERVAL_MS = 1000  # so long that a stream of three events outlives the ramp: all are open at once
LIMIT_SECONDS = 40
FEWEST_EVENTS = 3
SPARE_FILES = 200
LATE_MEDIAN_MS = Goal("<", 1)
MEMORY_KIB = Goal("<=", 30)


def run(options, folder):
    raise_file_limit(SCENARIO_STREAMS + SPARE_FILES)
    clients = compile_c("sse_clients", folder)
    rounds = range(1 if options.quick else 3)
    paced = [one_round(options.server, clients, STREAMS, RAMP_MS, "--stream-interval", str(INTERVAL_MS))
             for _ in rounds]
    scenario = scenario_file(Path(folder))
    delayed = [one_round(options.server, clients, SCENARIO_STREAMS, SCENARIO_RAMP_MS, "--scenario", str(scenario))
               for _ in rounds]
    return figures(PART, STREAMS, paced) + figures(SCENARIO_PART, SCENARIO_STREAMS, delayed)


def scenario_file(folder):
    """Each wait told by itself, and a fault that never strikes."""
    waits = [f"{INTERVAL_MS}ms"] * 3
    reply = {"builtIn": True, "wire": {"interval": waits}, "faults": [{"fault": "reset", "probability": 0}]}
    stub = {"name": "slow", "when": {"endpoint": "streamGenerateContent"}, "replies": [reply]}
    path = folder / "slow.json"
    path.write_text(json.dumps({"name": "slow", "stubs": [stub]}))
    return path


def raise_file_limit(needed):
    """Here, before the children start: the server and the clients inherit it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise CannotRun(f"the streams need {needed} open files, the limit is {hard}; "
                        f"raise it: ulimit -Hn {needed}")
    if soft != resource.RLIM_INFINITY and soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


def one_round(program, clients, streams, ramp, *flags):
    with servers.gemini_mock(program, *flags) as server:
        process.reset_peak(server.pid)
        idle = process.resident_kib(server.pid)
        plateau = []

        def note_plateau():
            time.sleep(INTERVAL_MS / 2e3)  # all are open now, and for another interval
            plateau.append((process.resident_kib(server.pid) - idle) / streams)

        result = open_streams(clients, server, streams, ramp, note_plateau)
        peak = (process.peak_resident_kib(server.pid) - idle) / streams
    return result | {"plateau_kib": plateau, "peak_kib": peak}


def open_streams(clients, server, streams, ramp, when_all_are_open):
    numbers = [server.port, streams, INTERVAL_MS, ramp, LIMIT_SECONDS]
    command = [clients, *map(str, numbers), traffic.stream_request(server.port)]
    result = json.loads(output_of(command, LIMIT_SECONDS + 10, when_all_are_open))
    if not result["completed"]:
        raise CannotRun(f"none of {streams} streams was completed; the first: {result['first_failure']}")
    if result["most_events"] < FEWEST_EVENTS:
        raise CannotRun(f"a stream has {result['most_events']} events, {FEWEST_EVENTS} are needed")
    return result


def figures(part, streams, results):
    def figure(name, key, *rest, **more):
        return Figure(part, name, {GEMINI_MOCK: [result[key] for result in results]}, *rest, **more)

    return [
        figure("open at once", "open_at_once", Goal(">=", streams), digits=0, summary=min),
        figure("completed", "completed", Goal(">=", streams), digits=0, summary=min),
        figure("failed", "failed", Goal("<=", 0), digits=0, summary=max),
        figure("events in each", "fewest_events", digits=0, summary=min),
        figure("lateness, earliest, ms", "late_min", digits=2, summary=min),
        figure("lateness, median, ms", "late_median", LATE_MEDIAN_MS, digits=2),
        figure("lateness, p99, ms", "late_p99", digits=2),
        figure("lateness, latest, ms", "late_max", digits=2, summary=max),
        figure("lateness or earliness, median, ms", "off_median", digits=2),
        *memory(part, results),
        figure("peak until all have ended, KiB each", "peak_kib"),
    ]


def memory(part, results):
    """Nothing if no round had all streams open at once: then there is nothing to divide by."""
    plateaus = [value for result in results for value in result["plateau_kib"]]
    if not plateaus:
        return []
    return [Figure(part, "memory of an open stream, KiB", {GEMINI_MOCK: plateaus}, MEMORY_KIB)]
