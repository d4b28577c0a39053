"""Fixtures for every test. Nothing here needs Django until a test asks for the database."""

import pytest


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let the tests that commit empty their tables afterwards.

    The chain and the snapshots refuse truncation, which is how those tests clean up; the
    tests about that refusal switch the triggers on again inside their own transaction.
    """
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER audit_is_not_truncated")
        cursor.execute("ALTER TABLE monitoring_snapshot DISABLE TRIGGER snapshot_is_not_truncated")
        cursor.execute("ALTER TABLE monitoring_closing DISABLE TRIGGER closing_is_not_truncated")


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
