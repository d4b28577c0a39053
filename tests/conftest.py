"""Fixtures for every test. Nothing here needs Django until a test asks for the database."""

import pytest


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let the tests that commit empty their tables afterwards.

    The chain and the snapshots refuse truncation, which is how those tests clean up; the
    tests about that refusal switch the triggers on again inside their own transaction.
    """
    from django.db import connection

    refusals = {
        "audit_auditevent": "audit_is_not_truncated",
        "monitoring_snapshot": "snapshot_is_not_truncated",
        "monitoring_closing": "closing_is_not_truncated",
        "planning_planversion": "plan_version_is_not_truncated",
        "results_matrixversion": "matrix_version_is_not_truncated",
        "results_matrixversionrow": "matrix_version_row_is_not_truncated",
    }
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table, trigger in refusals.items():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")


def pytest_terminal_summary(terminalreporter):
    """Say in one line what was left out for want of a browser."""
    skipped = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if "falta Chromium" in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.write_line(
            f"Se omitieron {len(skipped)} pruebas de navegador; "
            "instale Chromium (apt install chromium) para pasarlas."
        )
