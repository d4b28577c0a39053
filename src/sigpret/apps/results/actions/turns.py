"""Those who add to the whole matrix take turns."""

from django.db import connection


def hold_matrix() -> None:
    """Wait until nobody else creates, hands down or publishes; until the transaction ends.

    What is there is read after this, so that the second sees what the first did.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('results_matrix'))")
