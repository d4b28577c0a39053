"""One validated value reaches the presidential board: few statements, near a bare commit, flat."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.databases import bench_database, use
from bench.measurement import Measurement
from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import Access, access_of
from sigpret.apps.monitoring.actions import validate_values
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.demonstration.quarters import NOW, OPEN

STATEMENT_BUDGET = 15
COMMIT_BUDGET = 15.0
FLAT_BUDGET = 1.3
ROUNDS = 6
VALUES_A_ROUND = 8
UNMEASURED = 2
OF_THE_TRANSACTION = ("BEGIN", "COMMIT")


@dataclass
class Country:
    """A database at a scale, and what was measured in it."""

    scale: int
    name: str
    approvals: list[float] = field(default_factory=list)
    commits: list[float] = field(default_factory=list)
    statements: int = 0


def measure() -> list[Measurement]:
    """The action a reviewer's click runs, at one and at ten countries, in turns."""
    countries = [Country(scale, prepared(scale)) for scale in (1, 10)]
    for _round in range(ROUNDS):
        for country in countries:
            use(country.name)
            measure_round(country)
    small, large = (statistics.median(country.approvals) for country in countries)
    commit = statistics.median(countries[0].commits)
    return [
        Measurement(
            "approve_path",
            small / commit,
            COMMIT_BUDGET,
            f"{small * 1000:.1f} ms against a commit of {commit * 1000:.2f} ms",
        ),
        Measurement(
            "approve_path_sql",
            max(country.statements for country in countries),
            STATEMENT_BUDGET,
            "statements, without BEGIN and COMMIT",
        ),
        Measurement("approve_path_flat", large / small, FLAT_BUDGET, "ten countries against one"),
    ]


def prepared(scale: int) -> str:
    bench_database(scale)
    check_is_durable()
    return str(connection.settings_dict["NAME"])


def check_is_durable() -> None:
    """A commit that may be lost would make every ratio look worse than it is."""
    with connection.cursor() as cursor:
        for setting in ("fsync", "synchronous_commit"):
            cursor.execute(f"SHOW {setting}")
            if cursor.fetchone() != ("on",):
                raise RuntimeError(f"{setting} is off: this database is not durable")


def measure_round(country: Country) -> None:
    """A few values, each beside a bare commit; the first ones only warm the connection."""
    analyst = User.objects.filter(memberships__role=Role.ANALYST).order_by("pk")[0]
    access = access_of(analyst, on=NOW.date())
    waiting = waiting_values()
    try:
        for value_id in waiting[:UNMEASURED]:
            with CaptureQueriesContext(connection) as captured:
                approve(analyst, access, value_id)
            country.statements = max(country.statements, counted(captured))
        for value_id in waiting[UNMEASURED:]:
            country.commits.append(seconds(bare_commit))
            country.approvals.append(seconds(lambda one=value_id: approve(analyst, access, one)))
    finally:
        leave_as_found(waiting)


def waiting_values() -> list[int]:
    """Values of indicators sent and not decided, of goals that serve others, far apart."""
    waiting = ReportedValue.objects.filter(
        period=OPEN, state=ReportState.SUBMITTED, indicator__goal__serves__isnull=False
    )
    found = list(waiting.order_by("pk").values_list("pk", flat=True).distinct())
    wanted = UNMEASURED + VALUES_A_ROUND
    return found[:: max(1, len(found) // wanted)][:wanted]


def approve(analyst: User, access: Access, value_id: int) -> None:
    decision = validate_values(actor=analyst, access=access, value_ids=[value_id], at=NOW)
    if decision.value_ids != (value_id,):
        raise RuntimeError(f"value {value_id} was not validated")


def bare_commit() -> None:
    """The least a durable write can cost: one row, one commit, the same connection."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_user SET position = position WHERE id = "
            "(SELECT min(id) FROM accounts_user)"
        )


def leave_as_found(value_ids: list[int]) -> None:
    """Send the values again, so that the next round measures the same."""
    ReportedValue.objects.filter(pk__in=value_ids).update(
        state=ReportState.SUBMITTED, decided_by=None, decided_at=None
    )


def counted(captured: CaptureQueriesContext) -> int:
    return sum(
        not query["sql"].startswith(OF_THE_TRANSACTION) for query in captured.captured_queries
    )


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
