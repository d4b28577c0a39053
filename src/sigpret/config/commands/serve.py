"""`./sigpret serve`: gunicorn and the worker on this machine, stopped with Ctrl C."""

import os
import socket
import sys

from django.core.management import call_command

from sigpret.config.commands.arguments import Arguments
from sigpret.config.processes import Pair

HOST = "127.0.0.1"
#: What a request may take: the longest query, or reading an uploaded file, with time to answer.
REQUEST_SECONDS = 60


def run(arguments: list[str]) -> int:
    """Migrate, collect static files and serve until stopped."""
    parser = Arguments("serve")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--without-worker", action="store_true", help="el correo lo envía otro proceso"
    )
    options = parser.parse_args(arguments)
    prepare()
    return serve(options.port, with_worker=not options.without_worker)


def prepare() -> None:
    """Everything the server needs before its first request."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def serve(port: int, *, with_worker: bool = True) -> int:
    """Run gunicorn and the worker until Ctrl C or SIGTERM; the exit code (0: asked to stop)."""
    if not port_is_free(port):
        print(f"El puerto {port} está ocupado. Elija otro con --port.", file=sys.stderr)
        return 1
    server = server_command(port)
    worker = [sys.executable, "-m", "sigpret.config.cli", "worker", "--with-parent"]
    return Pair(server, worker if with_worker else None).run()


def server_command(port: int, *, log_level: str = "warning") -> list[str]:
    """The server as it is run: each process attends one request at a time.

    A save spends most of its time waiting for the disk, so there are more processes than
    cores; what they load is loaded once, before they part.
    """
    processes = 2 * (os.cpu_count() or 1) + 1
    return [
        *(sys.executable, "-m", "gunicorn", "sigpret.config.wsgi", "--preload"),
        *("--bind", f"{HOST}:{port}", "--workers", str(processes), "--log-level", log_level),
        *("--timeout", str(REQUEST_SECONDS)),
    ]
