# SPDX-License-Identifier: Apache-2.0
"""Starts and stops the three servers that are measured side by side: the C hello, nginx, gemini-mock."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import process
from programs import CannotRun, find

START_SECONDS = 10
STOP_SECONDS = 10
BODY_BYTES = 1024
C_HELLO, NGINX, GEMINI_MOCK = "C hello", "nginx", "gemini-mock"

NGINX_CONFIGURATION = """\
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    default_type application/json;
    keepalive_requests 1000000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{ return 200 '"{body}"'; }}
    }}
}}
"""


@dataclass(frozen=True)
class Server:
    name: str
    port: int
    pids: tuple  # the process that was started, then its descendants

    @property
    def pid(self):
        return self.pids[0]


def interleaved(running, rounds):
    """Every round has every server, each time another one first: noise and order hit all alike."""
    for number in range(rounds):
        first = number % len(running)
        yield from running[first:] + running[:first]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def c_hello(program):
    port = free_port()
    with child(C_HELLO, [program, str(port)]) as (started, output):
        wait_until_listening(started, output, port)
        yield Server(C_HELLO, port, (started.pid,))


@contextlib.contextmanager
def nginx():
    program, port = find("nginx"), free_port()
    with tempfile.TemporaryDirectory(prefix="gemini-mock-nginx-") as folder:
        configuration = Path(folder, "nginx.conf")
        text = NGINX_CONFIGURATION.format(folder=folder, port=port, body="a" * (BODY_BYTES - 2))
        configuration.write_text(text)
        command = [program, "-p", folder, "-c", str(configuration), "-e", "stderr"]
        with child(NGINX, command) as (started, output):
            wait_until_listening(started, output, port)
            yield Server(NGINX, port, tuple(process.tree(started.pid)))


@contextlib.contextmanager
def gemini_mock(program, *flags):
    command = [program, "serve", "--port", "0", "--json", *flags]
    with child(GEMINI_MOCK, command) as (started, output):
        announced = wait_for_announcement(started, output)
        yield Server(GEMINI_MOCK, announced["port"], tuple(process.tree(started.pid)))


@contextlib.contextmanager
def child(name, command):
    """Runs a server until the block ends. Its output goes to files: a pipe nobody reads would block it."""
    with tempfile.TemporaryDirectory(prefix="gemini-mock-bench-") as folder:
        output = Path(folder)
        with open(output / "out", "wb") as out, open(output / "err", "wb") as err:
            try:
                started = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
            except OSError as error:
                raise CannotRun(f"{name} cannot be started: {error}") from None
        try:
            yield started, output
        finally:
            stop(name, started)


def stop(name, started):
    if started.poll() is not None:
        return  # whoever needed it has said so
    descendants = process.tree(started.pid)[1:]
    started.terminate()
    try:
        status = started.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        print(f"note: {name} did not stop within {STOP_SECONDS} s of SIGTERM and was killed", file=sys.stderr)
        for pid in descendants:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        started.kill()
        started.wait()
        return
    if status not in (0, -signal.SIGTERM, 128 + signal.SIGTERM):
        print(f"note: {name} ended with status {status} after SIGTERM", file=sys.stderr)


def wait_until_listening(started, output, port):
    def attempt():
        with contextlib.suppress(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return True

    wait_for(attempt, started, output, f"listen on port {port}")


def wait_for_announcement(started, output):
    def attempt():
        line, newline, _ = (output / "out").read_text().partition("\n")
        return json.loads(line) if newline else None

    return wait_for(attempt, started, output, "print its line of JSON")


def wait_for(attempt, started, output, what):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and started.poll() is None:
        result = attempt()
        if result:
            return result
        time.sleep(0.01)
    status = started.poll()
    fate = f"within {START_SECONDS} s" if status is None else f"but ended with status {status}"
    said = (output / "err").read_text(errors="replace").strip()[-500:]
    raise CannotRun(f"{started.args[0]} did not {what} {fate}; it said: {said or 'nothing'}")
