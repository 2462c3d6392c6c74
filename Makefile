# SPDX-License-Identifier: Apache-2.0
# gemini-mock: `make serve` and `make test` do all their set-up themselves. `make help` lists the targets.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup clients serve build test matrix release scan bench lint format sanitize soak optimised fuzz dependent clean

# Passed on by `make serve ARGS="--port 0 --json"`.
ARGS ?=
MINUTES ?= 1
SCALE ?= 1
SOAK_SECONDS ?= 60
RELEASE := .build/release/gemini-mock

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install the C libraries, where they are missing
	@Tests/Setup/install-libraries

clients: ## install what the end-to-end tests run, Google's Python clients and Node, where it is missing
	@Tests/Setup/install-libraries --clients
	@Tests/EndToEndTests/Clients/python/make-venvs

serve: setup ## build and run the server
	@swift build --product gemini-mock --quiet
	@exec .build/debug/gemini-mock serve $(ARGS)

build: setup ## build everything, tests included
	swift build --build-tests

test: clients ## run the whole test suite
	@Tests/Setup/run-tests

matrix: clients ## put the conformance suite to all clients that can be had, and write the matrix
	swift build --product gemini-mock
	swift build --product reference-client
	Tests/Clients/make-matrix .build/debug/gemini-mock .build/debug/reference-client .build/matrix

release: setup ## build the program as it is shipped, and try it
	swift build -c release --static-swift-stdlib --product gemini-mock
	@Tests/Setup/smoke-release

scan: release ## fail where the recordings that are shipped have credentials in them
	$(RELEASE) scan Recordings

bench: release ## measure speed and memory beside nginx and plain C
	@Tests/Setup/install-libraries --bench
	python3 Tests/Bench/bench.py --server $(RELEASE)

lint: ## check the format of all Swift sources
	swift format lint --strict --parallel --recursive Package.swift Sources Tests

format: ## format all Swift sources
	swift format --in-place --parallel --recursive Package.swift Sources Tests

# Where threads, raw memory and C are; and the commands of the program, which share its start and its end with no test.
SANITIZED := MicroHTTPTests|GeminiMockTests|HTTPWireTests|GeminiServiceTests|ScenarioEngineTests|RecordReplayTests|RecorderTests
SANITIZED := $(SANITIZED)|ConformanceTests[.](Case|Client|Closure|Command|Crew|Shrinking|Worker)
SANITIZED := $(SANITIZED)|EndToEndTests[.](CommandLine|Intercept|Record|RunCommand|TLS|Upload|Upstream|Verify)
# At its end a process that the thread sanitizer watches sleeps for a second, unless told otherwise: each test is a process.
THREAD := TSAN_OPTIONS=atexit_sleep_ms=50
# XCTest keeps its test cases to the end, so what they hold would count as leaked: what the tests start is looked at for leaks, not
# they. A report ends a process with an exit code, which fails who waits for it.
LEAKS := LSAN_OPTIONS=suppressions=$(CURDIR)/Tests/Setup/leaks.supp:print_suppressions=0
ADDRESS := ASAN_OPTIONS=detect_leaks=0 CHILD_ASAN_OPTIONS=detect_leaks=1 $(LEAKS)
SANITIZED_SOAK := python3 Tests/Soak/soak.py --scale 0.05 --seconds 20 --memory 512

sanitize: setup ## run the tests that use threads and raw memory, and the program under a load, with sanitizers
	@$(THREAD) BUILD_OPTIONS='--sanitize=thread --scratch-path .build-thread' Tests/Setup/run-tests --filter '$(SANITIZED)'
	$(THREAD) $(SANITIZED_SOAK) --server .build-thread/debug/gemini-mock
	@$(ADDRESS) BUILD_OPTIONS='--sanitize=address --scratch-path .build-address' Tests/Setup/run-tests \
	  --filter '$(SANITIZED)|MediaProbeTests|YAMLReadingTests'
	ASAN_OPTIONS=detect_leaks=1 $(LEAKS) $(SANITIZED_SOAK) --server .build-address/debug/gemini-mock

soak: release ## wear the server out and look whether anything is left: SCALE=0.1 for less, SOAK_SECONDS=600 for a longer mixed load
	python3 Tests/Soak/soak.py --server $(RELEASE) --scale $(SCALE) --seconds $(SOAK_SECONDS)

optimised: setup ## run the tests of the socket side as optimised code
	@BUILD_OPTIONS='-c release -Xswiftc -enable-testing --scratch-path .build-optimised' Tests/Setup/run-tests \
	  --filter 'MicroHTTPTests|GeminiMockTests|HTTPWireTests'

fuzz: setup ## throw mutated inputs at all that reads what clients send: MINUTES=5 for each part, 1 unless told
	@MINUTES=$(MINUTES) Tests/Setup/run-fuzz $(ARGS)

dependent: setup ## build a package that depends on this one
	@Tests/Setup/build-dependent

clean: ## remove what was built
	rm -rf .build .build-* .venvs
