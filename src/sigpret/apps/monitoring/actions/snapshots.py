"""Keeping what was true when a quarter closed, with the digest that lets anybody check it."""

import hashlib
from collections.abc import Iterator

from django.db import connection

from sigpret.apps.audit.actions import canonical
from sigpret.apps.monitoring.models import ReportingRound
from sigpret.apps.monitoring.queries.snapshots import NewSnapshot

COLUMNS = "round_id, edition, kind, subject_id, code, level, slug, payload"


def store_snapshots(*, held: ReportingRound, snapshots: Iterator[NewSnapshot]) -> tuple[int, str]:
    """Store an edition's snapshots; how many, and the SHA-256 over their canonical payloads.

    They come from `queries.in_order`, in the order of the digest (the one `digest_of_round`
    reads), and are written while the database takes those before. The round must still be open
    and be held by the caller's transaction.
    """
    edition, digest, kept = (held.pk, held.edition), hashlib.sha256(), 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY monitoring_snapshot ({COLUMNS}) FROM STDIN") as rows,
    ):
        for new in snapshots:
            text = canonical(new.payload)
            digest.update(text.encode())
            rows.write_row(
                (*edition, new.kind, new.subject_id, new.code, new.level, new.slug, text)
            )
            kept += 1
    return kept, digest.hexdigest()
