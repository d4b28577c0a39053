"""A mail server on loopback that accepts, refuses, or hangs when told to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class MailServer:
    """`accepted` are the messages whose receipt was said; `hangs_up_at`: a verb, or `receipt`."""

    port: int = 0
    accepted: list[str] = field(default_factory=list)
    recipient_code: str = "250"
    data_code: str = "250"
    hangs_up_at: str = ""
    got_data: threading.Event = field(default_factory=threading.Event)
    may_answer: threading.Event = field(default_factory=threading.Event)

    def hold(self) -> None:
        """From now on the receipt is not said until `may_answer` is set."""
        self.may_answer.clear()


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 stub")
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"QUIT" or verb.decode() == self.state.hangs_up_at:
                if verb == b"QUIT":
                    self.say("221 bye")
                return
            if verb == b"DATA":
                self.data()
                if self.state.hangs_up_at == "receipt":
                    return
            elif verb == b"RCPT":
                self.say(f"{self.state.recipient_code} said")
            else:
                self.say("250 fine")

    def data(self) -> None:
        self.say("354 go")
        text = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            text += line
        self.state.got_data.set()
        self.state.may_answer.wait(30)
        if self.state.data_code == "250":
            self.state.accepted.append(text.decode())
        if self.state.hangs_up_at != "receipt":
            self.say(f"{self.state.data_code} said")

    def say(self, line: str) -> None:
        with suppress(OSError):
            self.wfile.write(line.encode() + b"\r\n")

    @property
    def state(self) -> MailServer:
        return self.server.state  # type: ignore[attr-defined]


class Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def mail_server() -> Iterator[MailServer]:
    state = MailServer()
    state.may_answer.set()
    with Listener(("127.0.0.1", 0), Conversation) as listener:
        listener.state = state  # type: ignore[attr-defined]
        state.port = listener.server_address[1]
        thread = threading.Thread(target=listener.serve_forever, daemon=True)
        thread.start()
        try:
            yield state
        finally:
            state.may_answer.set()
            listener.shutdown()
            thread.join()
