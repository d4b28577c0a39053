"""Many people at once: a closed loop of requests over real sockets, timed one by one."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sigpret.config.paths import ROOT

HOST = "127.0.0.1"
START_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request as it goes over the wire, and the name of what it is about."""

    name: str
    wire: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    name: str
    status: int
    seconds: float


def call(method: str, path: str, *, name: str = "", body: bytes = b"", **headers: str) -> Call:
    """A request that asks for its own connection, as the server's sync workers give it."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", "Connection: close"]
    lines += [f"{key.replace('_', '-')}: {text}" for key, text in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return Call(name or path, "\r\n".join([*lines, "", ""]).encode() + body)


def send_all(port: int, people: Sequence[Sequence[Call]], *, at_once: int) -> list[Answer]:
    """Every person sends their calls one after another; `at_once` people are busy at a time."""
    return asyncio.run(crowd(port, people, at_once))


async def crowd(port: int, people: Sequence[Sequence[Call]], at_once: int) -> list[Answer]:
    answers: list[Answer] = []
    waiting = iter(people)

    async def serve_the_next() -> None:
        for calls in waiting:
            for one in calls:
                answer = await sent(port, one)
                answers.append(answer)

    await asyncio.gather(*(serve_the_next() for _ in range(at_once)))
    return answers


async def sent(port: int, one: Call) -> Answer:
    """0 is the status of what never got an answer."""
    start = time.perf_counter()
    try:
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(one.wire)
        received = await reader.read()
        writer.close()
        status = int(received[9:12])
    except (OSError, ValueError):
        status = 0
    return Answer(one.name, status, time.perf_counter() - start)


def percentile(answers: Sequence[Answer], share: float) -> float:
    """The seconds below which `share` (0-1) of the answers came."""
    ordered = sorted(answer.seconds for answer in answers)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@contextmanager
def serving(wsgi: str, environment: dict[str, str], *, workers: int = 2) -> Iterator[int]:
    """The product's own server over a free port, stopped at the end; gives the port."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", wsgi, "--bind", f"{HOST}:{port}"),
        *("--workers", str(workers), "--log-level", "error", "--preload"),
    ]
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment, "PYTHONPATH": paths}
    )
    try:
        wait_for(port)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=START_SECONDS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not start")
