"""One report's value approved reaches the Presidency, in the handed-down framework."""

import statistics

from bench.approve_path import (
    COMMIT_BUDGET,
    FLAT_BUDGET,
    ROUNDS,
    STATEMENT_BUDGET,
    Country,
    check_is_durable,
    measure_round,
)
from bench.databases import use
from bench.framework import framework_database
from bench.measurement import Measurement


def measure() -> list[Measurement]:
    """The action a reviewer's click runs, with 97 institutions and with 970, in turns."""
    countries = [Country(scale, framework_database(scale)) for scale in (1, 10)]
    check_is_durable()
    for _round in range(ROUNDS):
        for country in countries:
            use(country.name)
            measure_round(country)
    small, large = (statistics.median(country.approvals) for country in countries)
    commit = statistics.median(countries[0].commits)
    statements = max(country.statements for country in countries)
    note = f"{small * 1000:.1f} ms against a commit of {commit * 1000:.2f} ms"
    return [
        Measurement("approve_one", small / commit, COMMIT_BUDGET, note),
        Measurement(
            "approve_one_sql", statements, STATEMENT_BUDGET, "statements, without BEGIN and COMMIT"
        ),
        Measurement("approve_one_flat", large / small, FLAT_BUDGET, "970 institutions against 97"),
    ]
