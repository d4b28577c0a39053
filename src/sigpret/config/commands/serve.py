"""`./sigpret serve`: gunicorn on this machine, stopped with Ctrl C."""

import signal
import socket
import subprocess
import sys

from django.core.management import call_command

from sigpret.config.commands.arguments import Arguments

HOST = "127.0.0.1"
#: What a request may take: the longest query, or reading an uploaded file, with time to answer.
REQUEST_SECONDS = 60


def run(arguments: list[str]) -> int:
    """Migrate, collect static files and serve until stopped."""
    parser = Arguments("serve")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(arguments)
    prepare()
    return serve(options.port)


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


def serve(port: int) -> int:
    """Run gunicorn until Ctrl C or SIGTERM; returns its exit code (0 when it was asked to stop)."""
    if not port_is_free(port):
        print(f"El puerto {port} está ocupado. Elija otro con --port.", file=sys.stderr)
        return 1
    command = [
        *(sys.executable, "-m", "gunicorn", "sigpret.config.wsgi"),
        *("--bind", f"{HOST}:{port}", "--workers", "2", "--log-level", "warning"),
        *("--timeout", str(REQUEST_SECONDS)),
    ]
    server = subprocess.Popen(command)
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    while True:
        try:
            return max(server.wait(), 0)
        except KeyboardInterrupt:
            server.terminate()
