"""Keeping what was true when a quarter closed, with the digest that lets anybody check it."""

import hashlib
from collections.abc import Iterable

from django.db import connection

from sigpret.apps.audit.actions import canonical
from sigpret.apps.monitoring.models import ReportingRound
from sigpret.apps.monitoring.queries.snapshots import NewSnapshot, in_order

COLUMNS = "round_id, edition, kind, subject_id, code, level, slug, payload"


def store_snapshots(*, held: ReportingRound, snapshots: Iterable[NewSnapshot]) -> tuple[int, str]:
    """Store an edition's snapshots; how many, and the SHA-256 over their canonical payloads.

    The order of the digest is kind, then subject: the one `queries.digest_of_round` reads.
    The round must still be open and be held by the caller's transaction.
    """
    # Sorted before the copy begins: what makes the snapshots may read from this connection.
    ordered = in_order(snapshots)
    edition = (held.pk, held.edition)
    digest = hashlib.sha256()
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY monitoring_snapshot ({COLUMNS}) FROM STDIN") as rows,
    ):
        for new in ordered:
            text = canonical(new.payload)
            digest.update(text.encode())
            rows.write_row(
                (*edition, new.kind, new.subject_id, new.code, new.level, new.slug, text)
            )
    return len(ordered), digest.hexdigest()
