"""Many people at once: a closed loop of requests over real sockets, timed one by one."""

import os
import selectors
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain

from sigpret.config.commands.serve import HOST, server_command
from sigpret.config.paths import ROOT

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


class Place:
    """Where somebody is busy: sends a call, waits for its whole answer, sends the next one."""

    def __init__(self, calls: Iterator[Call], ready: selectors.BaseSelector, port: int) -> None:
        self.calls, self.ready, self.address = calls, ready, (HOST, port)

    def send(self) -> bool:
        """The next call on a connection of its own; False when there are no more."""
        self.call = next(self.calls, None)
        if self.call is None:
            return False
        self.received, self.since = b"", time.perf_counter()
        self.socket = socket.create_connection(self.address)
        self.socket.sendall(self.call.wire)
        self.ready.register(self.socket, selectors.EVENT_READ, self)
        return True

    def receive(self) -> Answer | None:
        """The answer, once the server has closed the connection; 0 is the status of none."""
        try:
            piece = self.socket.recv(65536)
        except OSError:
            piece = b""
        self.received += piece
        if piece:
            return None
        self.ready.unregister(self.socket)
        self.socket.close()
        status = self.received[9:12]
        code = int(status) if status.isdigit() else 0
        return Answer(self.call.name, code, time.perf_counter() - self.since)


def send_all(port: int, people: Sequence[Sequence[Call]], *, at_once: int) -> list[Answer]:
    """Every person sends their calls one after another; `at_once` people are busy at a time.

    One process without anything in between: it runs on the machine it measures, so what it
    costs itself must be little beside an empty page.
    """
    answers: list[Answer] = []
    waiting = iter(people)
    # Whoever ends leaves their place to the next person.
    ready = selectors.DefaultSelector()
    places = [Place(chain.from_iterable(waiting), ready, port) for _ in range(at_once)]
    busy = sum(place.send() for place in places)
    while busy:
        for key, _events in ready.select():
            answer = key.data.receive()
            if answer is not None:
                answers.append(answer)
                busy -= not key.data.send()
    ready.close()
    return answers


def percentile(answers: Sequence[Answer], share: float) -> float:
    """The seconds below which `share` (0-1) of the answers came."""
    ordered = sorted(answer.seconds for answer in answers)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[int]:
    """The product's own server over a free port, stopped at the end; gives the port."""
    port = free_port()
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    process = subprocess.Popen(
        server_command(port, log_level="error"),
        cwd=ROOT,
        env={**os.environ, **environment, "PYTHONPATH": paths},
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
