# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import subprocess

import pytest

SCENARIO = pathlib.Path(__file__).with_name("greeting.yaml")


@pytest.fixture
def gemini_url():
    command = ["gemini-mock", "serve", "--port", "0", "--json", "--strict", "--scenario", SCENARIO]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        yield json.loads(server.stdout.readline())["baseURL"]
        server.terminate()
