"""What the database is told once the rows are in."""

from django.db import connection


def analyse() -> None:
    """Tell the planner how much there is now; inside the load nobody else would."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
