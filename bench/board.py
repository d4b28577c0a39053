"""The presidential board: few statements at any size, and a country ten times larger in ≤ 2×."""

import statistics
import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.databases import bench_database, use
from bench.measurement import Measurement
from sigpret.apps.accounts.roles import Role

RATIO_BUDGET = 2.0
STATEMENT_BUDGET = 12
ROUNDS = 7
PAGES = 5


def measure() -> list[Measurement]:
    """The whole page as the Presidency gets it, at one and at ten countries, in turns."""
    names = {scale: prepared(scale) for scale in (1, 10)}
    seconds: dict[int, list[float]] = {scale: [] for scale in names}
    statements: dict[int, int] = {}
    for _ in range(ROUNDS):
        for scale, name in names.items():
            use(name)
            reader = presidency()
            open_board(reader)
            with CaptureQueriesContext(connection) as captured:
                open_board(reader)
            statements[scale] = len(captured)
            seconds[scale].append(page_seconds(reader))
    small, large = (statistics.median(seconds[scale]) for scale in (1, 10))
    return [
        Measurement("board", large / small, RATIO_BUDGET, f"{small * 1000:.0f} ms at one country"),
        Measurement(
            "board_sql",
            max(statements.values()),
            STATEMENT_BUDGET,
            f"statements of the whole page, {statements[1]} and {statements[10]}",
        ),
    ]


def prepared(scale: int) -> str:
    bench_database(scale)
    return str(connection.settings_dict["NAME"])


def presidency() -> Client:
    """A signed-in browser of the Presidency."""
    reader = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    people = get_user_model().objects.filter(memberships__role=Role.PRESIDENCY)
    reader.force_login(people.first(), settings.AUTHENTICATION_BACKENDS[-1])
    return reader


def open_board(reader: Client) -> None:
    response = reader.get("/tablero")
    if response.status_code != 200:
        raise RuntimeError(f"the board answered {response.status_code}")


def page_seconds(reader: Client) -> float:
    """Median of a few pages one after another."""
    taken = []
    for _ in range(PAGES):
        start = time.perf_counter()
        open_board(reader)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)
