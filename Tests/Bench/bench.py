# SPDX-License-Identifier: Apache-2.0
"""Measures the release binary of gemini-mock side by side with nginx and a C server; see README.md here.

A benchmark, not a test: a missed goal is printed, and the exit status is still 0. It is 1 when a part could
not run, with a sentence that says what is missing.
"""

import sys

sys.dont_write_bytecode = True  # leave no __pycache__ in the repository; before the imports it is for

import argparse  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import tempfile  # noqa: E402
from pathlib import Path  # noqa: E402

import encrypted  # noqa: E402
import event_streams  # noqa: E402
import first_answer  # noqa: E402
import inline_audio  # noqa: E402
import interactions  # noqa: E402
import journal  # noqa: E402
import media_probe  # noqa: E402
import record  # noqa: E402
import replay  # noqa: E402
import report  # noqa: E402
import scenarios  # noqa: E402
import small_requests  # noqa: E402
import uploads  # noqa: E402
from programs import CannotRun  # noqa: E402

PARTS = {
    "small_requests": small_requests,
    "encrypted": encrypted,
    "inline_audio": inline_audio,
    "event_streams": event_streams,
    "interactions": interactions,
    "uploads": uploads,
    "media_probe": media_probe,
    "scenarios": scenarios,
    "journal": journal,
    "replay": replay,
    "record": record,
    "first_answer": first_answer,
}
LIMIT_SECONDS = 480


def main():
    options = parse_arguments()
    machine = report.machine()
    bound_in_time()
    figures, problems = measure(options)
    print(machine)
    if figures:
        print(f"\n{report.table(figures)}\n")
        print("Medians over interleaved rounds; compare ratios, not absolute figures.")
    if options.json:
        write_json(options.json, machine, figures, problems)
    for name, problem in problems.items():
        print(f"bench: {name} could not run: {problem}", file=sys.stderr)
    return 1 if problems else 0


def parse_arguments():
    parser = argparse.ArgumentParser(description="Benchmark of gemini-mock; see README.md beside this file.")
    parser.add_argument("--server", required=True, type=Path, metavar="PATH",
                        help="the release binary, for example .build/release/gemini-mock")
    parser.add_argument("--only", action="append", choices=PARTS, help="this part only; may be repeated")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds: does it still run?")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every sample to this file, too")
    options = parser.parse_args()
    if not sys.platform.startswith("linux"):
        parser.error("needs Linux: it reads processor time and memory from /proc")
    if not os.access(options.server, os.X_OK) or options.server.is_dir():
        parser.error(f"{options.server} is not a program; build it: swift build -c release "
                     "--static-swift-stdlib --product gemini-mock")
    options.server = str(options.server.resolve())
    return options


def bound_in_time():
    """Ctrl-C, SIGTERM and a run that hangs all end through the `finally` of every server that runs."""
    def end(number, _frame):
        why = f"after {LIMIT_SECONDS} s" if number == signal.SIGALRM else f"by {signal.Signals(number).name}"
        sys.exit(f"bench: stopped {why}")

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, end)
    signal.alarm(LIMIT_SECONDS)


def measure(options):
    figures, problems = [], {}
    with tempfile.TemporaryDirectory(prefix="gemini-mock-bench-") as folder:
        for name in options.only or PARTS:
            print(f"measuring {name} ...", file=sys.stderr)
            try:
                figures += PARTS[name].run(options, Path(folder))
            except CannotRun as problem:
                problems[name] = str(problem)
    return figures, problems


def write_json(path, machine, figures, problems):
    result = {"machine": machine, "figures": [figure.as_json() for figure in figures], "problems": problems}
    path.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())
