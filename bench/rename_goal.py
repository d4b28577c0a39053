"""A presidential goal that was handed down to 119 others gets another text."""

from itertools import count

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.approve_path import bare_commit, check_is_durable
from bench.framework import framework_database, somebody
from bench.measurement import Measurement, interleaved_medians
from sigpret.apps.accounts.roles import Role
from sigpret.apps.results.actions import rename_goal
from sigpret.apps.results.models import Goal

BUDGET = 5.0
# The statements planned once a connection are the two it writes.
WRITES = ("UPDATE", "INSERT", "DELETE", "WITH", "EXECUTE")


def measure() -> list[Measurement]:
    """The action a click runs, committed, beside a bare durable commit."""
    framework_database(name="handing_down")
    check_is_durable()
    actor, access = somebody(Role.ADMINISTRATOR)
    goal = Goal.objects.filter(level=Goal.Level.PRESIDENTIAL).order_by("code")[0]
    turn = count(goal.version)
    renamed = []

    def rename() -> None:
        version = next(turn)
        text = f"Meta presidencial con su redacción número {version}"
        renamed.append(
            rename_goal(
                actor=actor, access=access, goal_id=goal.pk, text=text, expected_version=version
            )
        )

    with CaptureQueriesContext(connection) as captured:
        rename()
    writes = [query["sql"] for query in captured.captured_queries if is_write(query["sql"])]
    renaming, commit = interleaved_medians(rename, bare_commit, runs=41)
    note = (
        f"{renamed[0]} goals say it, {len(writes)} writes: {renaming * 1000:.1f} ms against "
        f"a commit of {commit * 1000:.2f} ms"
    )
    return [
        Measurement("rename_goal", renaming / commit, BUDGET, note),
        Measurement("rename_goal_writes", len(writes), 2, "one UPDATE and its audit event"),
    ]


def is_write(sql: str) -> bool:
    return sql.strip().startswith(WRITES)
