"""Those who add to the whole matrix take turns; those who write goals hold them in one order.

The order is that of their ids: whoever needs several asks for all of them at once, so that two
people never wait for each other in a ring.
"""

from collections.abc import Collection

from django.db import connection

# A text goes on to those that follow the goal, and a weight concerns the goal above.
HELD = """
WITH RECURSIVE named (id) AS (
    SELECT id FROM results_goal WHERE code = ANY(%s)
), family (id) AS (
    SELECT id FROM named
    UNION
    SELECT goal.id FROM results_goal goal JOIN family ON goal.handed_down_from_id = family.id
    WHERE NOT goal.has_own_wording
)
SELECT id FROM results_goal WHERE id IN (
    SELECT id FROM family
    UNION
    SELECT parent_id FROM results_alignment WHERE child_id IN (SELECT id FROM named)
) ORDER BY id FOR NO KEY UPDATE
"""


def hold_matrix() -> None:
    """Wait until nobody else creates, hands down or publishes; until the transaction ends.

    What is there is read after this, so that the second sees what the first did.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('results_matrix'))")


def hold_goals(codes: Collection[str]) -> None:
    """The goals with these codes, those that follow their text and those they serve stay as they
    are for everybody else until the transaction ends; others may still refer to them."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [list(codes)])
