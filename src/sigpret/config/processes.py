"""The server and its worker as one: started together, stopped together, none left behind."""

import signal
import subprocess
import time

#: The worker starts once the server had time to answer: nobody waits for a mail in that moment.
#: Also how soon one that ended by itself is started again.
WORKER_AFTER_SECONDS = 3.0
#: How long it may take to stop; what it was doing survives being killed.
STOP_SECONDS = 1.5


class Pair:
    """A server somebody waits for, and a worker that is kept alive beside it."""

    def __init__(self, server: list[str], worker: list[str] | None) -> None:
        self.worker_command = worker
        self.worker: subprocess.Popen[bytes] | None = None
        self.is_stopping = False
        self.server = subprocess.Popen(server)

    def run(self) -> int:
        """Wait for the server; its exit code, 0 when it was asked to stop."""
        signal.signal(signal.SIGTERM, lambda *_: self.ask_to_stop())
        try:
            while True:
                try:
                    return max(self.server.wait(WORKER_AFTER_SECONDS), 0)
                except subprocess.TimeoutExpired:
                    self.keep_worker()
                except KeyboardInterrupt:
                    self.ask_to_stop()
        finally:
            self.end_worker()

    def ask_to_stop(self) -> None:
        self.is_stopping = True
        self.server.terminate()
        if self.worker:
            self.worker.terminate()

    def keep_worker(self) -> None:
        """Start the worker, also one that died: mail must not wait for somebody to notice."""
        if self.worker_command is None or self.is_stopping:
            return
        if self.worker is None or self.worker.poll() is not None:
            self.worker = subprocess.Popen(self.worker_command)

    def end_worker(self) -> None:
        self.is_stopping = True
        if self.worker is None:
            return
        self.worker.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        while self.worker.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        self.worker.kill()
        self.worker.wait()
