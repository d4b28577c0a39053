"""Keeping what was true when a quarter closed, with the digest that lets anybody check it."""

from collections.abc import Iterable

from sigpret.apps.monitoring.models import ReportingRound, Snapshot
from sigpret.apps.monitoring.queries.snapshots import NewSnapshot, digest_of_written, written
from sigpret.apps.results.actions.copying import copy_rows

COLUMNS = ("round", "edition", "kind", "subject_id", "code", "level", "slug", "payload")


def store_snapshots(*, held: ReportingRound, snapshots: Iterable[NewSnapshot]) -> tuple[int, str]:
    """Store an edition's snapshots; how many, and the SHA-256 over their canonical payloads.

    The order of the digest is kind, then subject: the one `queries.digest_of_round` reads.
    The round must still be open and be held by the caller's transaction.
    """
    # Written before the copy begins: what makes the snapshots may read from this connection.
    kept = written(snapshots)
    copy_rows(Snapshot, COLUMNS, ((held.pk, held.edition, *snapshot) for snapshot in kept))
    return len(kept), digest_of_written(kept)
