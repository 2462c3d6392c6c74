# SPDX-License-Identifier: Apache-2.0
"""Checks a running gemini-mock with the google-genai client of the interpreter that runs this.

    checks.py BASE_URL [--key KEY] [--only PART_OF_A_NAME] [--list]

Prints a line for each check: `ok NAME`, `skipped NAME: reason` or `FAILED NAME: reason`. Exit code 1 where
one failed.
KEY is a key that the server was started with (`--api-keys`); without it the checks of bad keys are skipped.
"""

import argparse
import asyncio
import logging
import os
import sys
import warnings

# Before the client is imported: what the machine is set up for must not lead it elsewhere.
for name in ["GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_GEMINI_BASE_URL", "GOOGLE_GENAI_API_VERSION",
             "GOOGLE_GENAI_USE_VERTEXAI", "GOOGLE_GENAI_USE_ENTERPRISE"]:
    os.environ.pop(name, None)
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"

import answers  # noqa: E402, F401
import errors  # noqa: E402, F401
import files  # noqa: E402, F401
import functions  # noqa: E402, F401
import interactions  # noqa: E402, F401
import schemas  # noqa: E402, F401
import settings  # noqa: E402, F401
import vectors_and_models  # noqa: E402, F401
from harness import CHECKS, Api, Skipped  # noqa: E402

# A check that takes longer hangs.
PATIENCE = 60


async def run(name, check, api):
    """Whether it passed."""
    label = f"{name}[{api.flavour}]"
    try:
        await asyncio.wait_for(check(api), PATIENCE)
    except Skipped as reason:
        print(f"skipped {label}: {reason}", flush=True)
    except Exception as error:
        reason = str(error) if isinstance(error, AssertionError) else f"{type(error).__name__}: {error}"
        print(f"FAILED {label}: {' '.join(reason.split())}", flush=True)
        return False
    else:
        print(f"ok {label}", flush=True)
    return True


def checks_of(flavour):
    return [(name, check) for name, flavours, check in CHECKS if flavour in (flavours or [flavour])]


async def run_all(options):
    passed = True
    for flavour in Api.flavours():
        api = Api(options.base_url, options.key or "made-up-key", flavour)
        api.knows_keys = options.key is not None
        for name, check in checks_of(flavour):
            if (options.only or "") in name:
                passed = await run(name, check, api) and passed
        # Version 1 has no way to close the asynchronous client's session but this one.
        await api.client.aio.aclose()
    return passed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("base_url", nargs="?")
    parser.add_argument("--key")
    parser.add_argument("--only")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    if options.list:
        for flavour in Api.flavours():
            for name, _ in checks_of(flavour):
                print(f"{name}[{flavour}]")
        return 0
    if not options.base_url:
        parser.error("BASE_URL is missing")
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    return 0 if asyncio.run(run_all(options)) else 1


if __name__ == "__main__":
    sys.exit(main())
