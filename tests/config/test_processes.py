"""The server and its worker: kept alive together, stopped together."""

import sys
import threading
import time

import pytest

from sigpret.config import processes
from sigpret.config.processes import Pair

FOREVER = [sys.executable, "-c", "import time; time.sleep(60)"]
SHORT = [sys.executable, "-c", "import time; time.sleep(0.5)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)",
]


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    """The same, in fractions of a second; no handler is left behind in the tests' process."""
    monkeypatch.setattr(processes, "WORKER_AFTER_SECONDS", 0.05)
    monkeypatch.setattr(processes, "STOP_SECONDS", 0.3)
    monkeypatch.setattr(processes.signal, "signal", lambda *_: None)


def run(pair: Pair) -> list[int]:
    """The exit code, once `pair` has ended by itself or was asked to."""
    codes: list[int] = []
    thread = threading.Thread(target=lambda: codes.append(pair.run()))
    thread.start()
    wait_for(lambda: pair.worker is not None or not thread.is_alive())
    pair.thread = thread  # type: ignore[attr-defined]
    return codes


def wait_for(condition, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert condition()


def finish(pair: Pair) -> None:
    pair.ask_to_stop()
    pair.thread.join(30)  # type: ignore[attr-defined]


def test_asked_to_stop_both_end_well():
    pair = Pair(FOREVER, FOREVER)
    codes = run(pair)
    finish(pair)
    assert codes == [0]
    assert pair.server.poll() is not None
    assert pair.worker is not None
    assert pair.worker.poll() is not None


def test_a_worker_that_dies_is_started_again():
    pair = Pair(FOREVER, SHORT)
    run(pair)
    first = pair.worker.pid
    wait_for(lambda: pair.worker.pid != first)
    finish(pair)


def test_when_the_server_ends_the_worker_ends_too():
    pair = Pair(SHORT, FOREVER)
    codes = run(pair)
    pair.thread.join(30)
    assert codes == [0]
    assert pair.worker.poll() is not None


def test_a_worker_that_does_not_listen_is_killed():
    pair = Pair(FOREVER, STUBBORN)
    run(pair)
    time.sleep(0.5)  # until it has set its handler
    finish(pair)
    assert pair.worker.poll() is not None


def test_the_server_may_be_alone():
    pair = Pair(SHORT, None)
    assert pair.run() == 0
    assert pair.worker is None
