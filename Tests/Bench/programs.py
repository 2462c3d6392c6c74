# SPDX-License-Identifier: Apache-2.0
"""The programs that a benchmark needs: found in the PATH, or compiled from the C sources beside this file."""

import os
import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PACKAGES = {"cc": "gcc", "wrk": "wrk", "nginx": "nginx-light", "sha256sum": "coreutils", "ffmpeg": "ffmpeg"}
SEARCHED = os.environ.get("PATH", "") + os.pathsep + "/usr/sbin:/sbin"  # where Debian keeps nginx


class CannotRun(Exception):
    """A benchmark could not run at all; the message says why and what to do."""


def find(name):
    path = shutil.which(name, path=SEARCHED)
    if path is None:
        raise CannotRun(f"{name} is missing; install it: apt-get install {PACKAGES[name]}")
    return path


def compile_c(name, folder, libraries=()):
    """Compiles NAME.c into the folder and returns the program's path."""
    program = folder / name
    command = [find("cc"), "-O2", "-std=gnu11", "-Wall", "-Wextra", "-o", program, FOLDER / f"{name}.c"]
    done = subprocess.run(command + [f"-l{library}" for library in libraries], capture_output=True, text=True)
    if done.returncode != 0:
        hint = "; install it: apt-get install libmicrohttpd-dev" if "microhttpd" in done.stderr else ""
        raise CannotRun(f"{name}.c does not compile{hint}\n{done.stderr.strip()}")
    return program


def output_of(command, seconds, when_told=None):
    """Runs a program to its end and returns what it printed; it is stopped when it takes too long.

    `when_told` is called in between, once the program has written a line to its standard error.
    """
    name = Path(command[0]).name
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            told = process.stderr.readline() if when_told else ""
            if told:
                when_told()
            out, err = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise CannotRun(f"{name} did not end within {seconds:.0f} s") from None
        finally:
            process.terminate()  # SIGTERM, so that first_answer takes its server with it
    if process.returncode != 0:
        said = ((told + err).strip() or out.strip())[-500:]
        raise CannotRun(said or f"{name} ended with status {process.returncode}")
    return out
