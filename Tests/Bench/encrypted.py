# SPDX-License-Identifier: Apache-2.0
"""Part: what TLS costs, on kept connections and on new ones, gemini-mock beside itself without it and beside nginx with the
same certificate."""

import contextlib
import dataclasses
import socket
import ssl
import statistics
import tempfile
import time
from pathlib import Path

import process
import servers
import small_requests
import traffic
from programs import CannotRun, find, output_of
from report import Figure, ratio

PART = "TLS"
NGINX_TLS, TLS = servers.NGINX, servers.GEMINI_MOCK
NGINX_PLAIN, PLAIN = "nginx, plain", "plain"


def run(options, folder):
    wrk, openssl = find("wrk"), find("openssl")
    rounds, seconds, visits = (2, 1, 20) if options.quick else (5, 2, 100)
    certificate, key = make_certificate(openssl, folder)
    rates, costs, waits = {}, {}, {}
    with contextlib.ExitStack() as stack:
        running = [*stack.enter_context(nginx(certificate, key)),
                   *stack.enter_context(gemini_mock(options.server, certificate, key))]
        for server in running:
            load(wrk, server, 1)  # the first round of all would pay for page faults and empty caches
        for server in servers.interleaved(running, rounds):
            rate, cost = load(wrk, server, seconds)
            rates.setdefault(server.name, []).append(rate)
            costs.setdefault(server.name, []).append(cost)
            waits.setdefault(server.name, []).append(first_byte(server, visits))
    return figures(rates, costs, waits)


def make_certificate(openssl, folder):
    certificate, key = str(Path(folder, "bench.pem")), str(Path(folder, "bench-key.pem"))
    output_of([openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
               "-days", "2", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate], 30)
    return certificate, key


@contextlib.contextmanager
def gemini_mock(program, certificate, key):
    command = [program, "serve", "--port", "0", "--json", "--tls-cert", certificate, "--tls-key", key]
    with servers.child(servers.GEMINI_MOCK, command) as (started, output):
        ready = servers.wait_for_announcement(started, output)
        plain = servers.Server(PLAIN, ready["port"], tuple(process.tree(started.pid)))
        tls = dataclasses.replace(plain, name=TLS, port=int(ready["tlsBaseURL"].rsplit(":", 1)[1]))
        yield plain, tls


@contextlib.contextmanager
def nginx(certificate, key):
    program, port, tls_port = find("nginx"), servers.free_port(), servers.free_port()
    with tempfile.TemporaryDirectory(prefix="gemini-mock-nginx-") as folder:
        configuration = Path(folder, "nginx.conf")
        text = servers.NGINX_CONFIGURATION.format(
            folder=folder, port=port, body="a" * (servers.BODY_BYTES - 2))
        listening = f"listen 127.0.0.1:{port};"
        text = text.replace(listening, f"{listening} listen 127.0.0.1:{tls_port} ssl; "
                                       f"ssl_certificate {certificate}; ssl_certificate_key {key};")
        configuration.write_text(text)
        command = [program, "-p", folder, "-c", str(configuration), "-e", "stderr"]
        with servers.child(servers.NGINX, command) as (started, output):
            servers.wait_until_listening(started, output, tls_port)
            plain = servers.Server(NGINX_PLAIN, port, tuple(process.tree(started.pid)))
            yield plain, dataclasses.replace(plain, name=NGINX_TLS, port=tls_port)


def load(wrk, server, seconds):
    return small_requests.load(wrk, server, seconds, "https" if is_encrypted(server) else "http")


def first_byte(server, visits):
    """Milliseconds from connecting to the first byte of an answer, the handshake included; the median of so many visits."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    request = f"GET {traffic.MODELS} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    times = []
    for _ in range(visits):
        start = time.perf_counter()
        with contextlib.ExitStack() as stack:
            client = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), 10))
            # As clients do; else the request waits for the kernel to tell that the handshake's end has come.
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if is_encrypted(server):
                client = stack.enter_context(context.wrap_socket(client))
            client.sendall(request)
            if not client.recv(1):
                raise CannotRun(f"{server.name} gave no answer")
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def is_encrypted(server):
    return server.name in (TLS, NGINX_TLS)


def figures(rates, costs, waits):
    rate = Figure(PART, "requests/s", rates, digits=0)
    cost = Figure(PART, "server CPU, us per request", costs, digits=2)
    wait = Figure(PART, "connect to first byte, ms", waits, digits=2)
    return [
        rate,
        ratio("requests/s, times nginx", rate, NGINX_TLS),
        ratio("requests/s, times those without TLS", rate, PLAIN),
        cost,
        ratio("server CPU, times nginx", cost, NGINX_TLS),
        ratio("server CPU, times that without TLS", cost, PLAIN),
        wait,
        ratio("connect to first byte, times nginx", wait, NGINX_TLS),
        ratio("connect to first byte, times that without TLS", wait, PLAIN),
    ]
