# SPDX-License-Identifier: Apache-2.0
"""Part: what it costs to take up 10 minutes of each media format: receive, hash, and walk through to their length."""

import subprocess

import process
import servers
import uploads
from programs import CannotRun, find
from report import Figure
from servers import GEMINI_MOCK

PART = "10 minutes of media"
TONE = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100:duration=600"]
PICTURE = ["-f", "lavfi", "-i", "testsrc=size=160x120:rate=5:duration=600"]
FORMATS = {
    "wav": ("audio/wav", TONE), "aiff": ("audio/aiff", TONE), "flac": ("audio/flac", TONE),
    "mp3": ("audio/mpeg", TONE), "aac": ("audio/aac", TONE), "ogg": ("audio/ogg", TONE), "m4a": ("audio/mp4", TONE),
    "mp4": ("video/mp4", PICTURE + TONE), "mkv": ("video/x-matroska", PICTURE + TONE),
}


def run(options, folder):
    rounds = 3 if options.quick else 9
    files = {name: sample(name, folder) for name in FORMATS}
    figures = []
    with servers.gemini_mock(options.server) as server:
        for name, file in files.items():
            size = file.stat().st_size
            costs = [cost(server, file, size, FORMATS[name][0]) for _ in range(rounds)]
            figures.append(Figure(PART, f"{name}, {size / 1e6:.0f} MB, server CPU, ms", {GEMINI_MOCK: costs}))
    return figures


def sample(name, folder):
    file = folder / f"sample.{name}"
    command = [find("ffmpeg"), "-v", "error", "-y", *FORMATS[name][1], "-shortest", file]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        raise CannotRun(f"ffmpeg makes no {name}: {done.stderr.strip()[-200:]}")
    return file


def cost(server, file, size, kind):
    before = process.cpu_seconds(server.pids)
    uploads.upload(server, file, size, kind)
    return (process.cpu_seconds(server.pids) - before) * 1e3
