"""`./sigpret worker`: sends mail and reminders in the background, until Ctrl C."""

import logging
import os
import signal
import threading
import time

from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

import sigpret.config.wiring  # noqa: F401 - whom to ask for reminders and summaries
from sigpret.apps.notices.tasks import catch_up
from sigpret.config.commands.arguments import Arguments

#: How long a task may finish what it is doing once somebody wants the worker to stop.
GRACE_SECONDS = 0.5
LOOK_SECONDS = 1.0
#: Whoever waits in front of a page goes first.
NICENESS = 5


def run(arguments: list[str]) -> int:
    """Work until stopped; any number of workers may run at once."""
    parser = Arguments("worker", "Envía los correos y recordatorios en segundo plano.")
    parser.add_argument("--once", action="store_true", help="hace lo que espera y termina")
    parser.add_argument("--with-parent", action="store_true", help="termina con quien lo inició")
    options = parser.parse_args(arguments)
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    os.nice(NICENESS)
    if options.with_parent:
        threading.Thread(target=end_with, args=[os.getppid()], daemon=True).start()
    catch_up()
    # Its own connections: they listen for work, which a request's connection cannot.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
    with app.replace_connector(connector) as working:
        working.run_worker(
            wait=not options.once,
            listen_notify=not options.once,
            delete_jobs="successful",
            shutdown_graceful_timeout=GRACE_SECONDS,
        )
    return 0


def end_with(parent: int) -> None:
    """Stop when the process that started this one is gone, however it went."""
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
