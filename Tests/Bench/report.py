# SPDX-License-Identifier: Apache-2.0
"""Figures, their goals, and the table that shows them."""

import datetime
import os
import platform
import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional

from servers import C_HELLO, GEMINI_MOCK, NGINX

COLUMNS = (C_HELLO, NGINX, GEMINI_MOCK)


@dataclass(frozen=True)
class Goal:
    relation: str
    limit: float

    def __str__(self):
        return f"{self.relation} {self.limit:g}"

    def verdict(self, value):
        met = {"<": value < self.limit, "<=": value <= self.limit, ">=": value >= self.limit}[self.relation]
        return "ok" if met else "over" if self.relation.startswith("<") else "under"


@dataclass(frozen=True)
class Figure:
    part: str
    name: str
    samples: dict  # server -> one value for each round
    goal: Optional[Goal] = None
    digits: int = 1
    summary: Callable = statistics.median

    def value(self, server):
        return self.summary(self.samples[server]) if self.samples.get(server) else None

    def verdict(self):
        return self.goal.verdict(self.value(GEMINI_MOCK)) if self.goal else ""

    def cells(self):
        values = [self.value(server) for server in COLUMNS]
        shown = ["" if value is None else self.show(value) for value in values]
        return [self.part, self.name, *shown, self.spread(), str(self.goal or ""), self.verdict()]

    def spread(self):
        ours = self.samples[GEMINI_MOCK]
        return f"{self.show(min(ours))} .. {self.show(max(ours))}" if min(ours) < max(ours) else ""

    def show(self, value):
        return f"{value:,.{self.digits}f}"

    def as_json(self):
        summaries = {server: self.value(server) for server in self.samples}
        return {"part": self.part, "figure": self.name, "summary": summaries, "samples": self.samples,
                "goal": str(self.goal) if self.goal else None, "verdict": self.verdict() or None}


def ratio(name, figure, to, goal=None):
    """The figure of gemini-mock divided by another server's, round by round: both saw the same machine."""
    pairs = zip(figure.samples[GEMINI_MOCK], figure.samples[to])
    return Figure(figure.part, name, {GEMINI_MOCK: [ours / other for ours, other in pairs]}, goal, digits=2)


def table(figures):
    rows = [["part", "figure", *COLUMNS, "its spread", "goal", ""], *(figure.cells() for figure in figures)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(aligned(row, widths)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def aligned(row, widths):
    numbers = range(2, 2 + len(COLUMNS))
    return [cell.rjust(width) if i in numbers else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths))]


def machine():
    """One line: what these figures were measured on, and how busy it was before."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    cores = len(os.sched_getaffinity(0))
    load = f"load {os.getloadavg()[0]:.2f} before"
    return f"{cpu_model()}, {cores} cores, Linux {platform.release()}, {distribution()}, {now}, {load}"


def cpu_model():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def distribution():
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return "unknown distribution"
