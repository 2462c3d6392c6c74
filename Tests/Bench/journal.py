# SPDX-License-Identifier: Apache-2.0
"""Part: the journal under a million requests: what it costs each, and that its memory stays bounded."""

import contextlib
import dataclasses

import process
import servers
from programs import CannotRun, find
from report import Figure, Goal, ratio
from servers import GEMINI_MOCK
from small_requests import CONNECTIONS, load, try_once

PART = "journal"
REQUESTS = 1_000_000
FILLED = 100_000  # ten times what is kept
OFF = "--journal 0"
CPU_OF_JOURNAL = Goal("<=", 1.1)
GROWTH = Goal("<=", 1.05)
MEMORY_MIB = Goal("<=", 80)
LONGEST_SECONDS = 100


def run(options, folder):
    wrk = find("wrk")
    return cost(options, wrk) + memory(options, wrk)


def cost(options, wrk):
    """Of requests that come one at a time, and of as many as all worker threads can answer.

    The goals are for a load that has a processor of its own. Where the two share theirs, what a request costs depends also on
    how the scheduler deals them out, and a server that does a little more is interrupted more often: printed, too.
    """
    with contextlib.ExitStack() as stack:
        on = stack.enter_context(servers.gemini_mock(options.server))
        off = stack.enter_context(servers.gemini_mock(options.server, *OFF.split()))
        running = [on, dataclasses.replace(off, name=OFF)]
        figures = []
        with process.apart(on.pids + off.pids):
            for connections in (1, CONNECTIONS):
                costs = costs_of(running, wrk, connections, options)
                figures += compared(f"connections: {connections}", costs, CPU_OF_JOURNAL)
        costs = costs_of(running, wrk, CONNECTIONS, options)
        return figures + compared("the same, on shared processors", costs)


def costs_of(running, wrk, connections, options):
    # Rounds are compared one by one: many short ones have more pairs that saw the same machine.
    rounds, seconds = (2, 1) if options.quick else (24, 1)
    for server in running:
        try_once(server)
        load(wrk, server, 1, connections=connections)
    costs = {}
    for server in servers.interleaved(running, rounds):
        costs.setdefault(server.name, []).append(load(wrk, server, seconds, connections=connections)[1])
    return costs


def compared(name, costs, goal=None):
    figure = Figure(PART, f"server CPU, us per request, {name}", costs, digits=2)
    return [figure, ratio(f"of that, times {OFF}", figure, OFF, goal)]


def memory(options, wrk):
    wanted = FILLED * 2 if options.quick else REQUESTS
    with servers.gemini_mock(options.server) as server:
        idle = process.resident_kib(server.pid)
        filled = resident_after(FILLED, wrk, server)
        full = resident_after(wanted - FILLED, wrk, server)
    return [
        Figure(PART, f"memory after {wanted:,} requests, MiB", {GEMINI_MOCK: [full / 1024]}, MEMORY_MIB),
        Figure(PART, f"times that after {FILLED:,}", {GEMINI_MOCK: [full / filled]}, GROWTH, digits=3),
        Figure(PART, "of that, the server when idle, MiB", {GEMINI_MOCK: [idle / 1024]}),
    ]


def resident_after(count, wrk, server):
    done = spent = 0
    while done < count:
        seconds = 5 if count - done > FILLED else 1
        done += load(wrk, server, seconds)[0] * seconds
        spent += seconds
        if spent > LONGEST_SECONDS:
            raise CannotRun(f"only {done:,.0f} of {count:,} requests in {spent} s")
    return process.resident_kib(server.pid)
