"""The papers of changes of plans: for whoever reads the plan, and what citizens may open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sigpret.apps.evidence.queries import reserved_today
from sigpret.apps.planning.models import PlanChange, PlanChangeFile, PlanChangeState
from sigpret.intake.files.kinds import KINDS


@dataclass(frozen=True, slots=True)
class ChangeFile:
    """A paper as it is shown. `size` in bytes; `sha256` of what is stored.

    `is_public`: citizens may open it, or will once the change is accepted.
    """

    id: int
    name: str
    kind: str
    size: int
    sha256: str
    who: str
    at: datetime
    is_public: bool


def files_of(change: PlanChange) -> tuple[ChangeFile, ...]:
    """The papers of a change in the order they came; one statement."""
    return as_read(change.files.select_related("file", "added_by"))


def change_file(change_id: int, file_id: int) -> ChangeFile | None:
    """One paper of a change; None when it is not there."""
    rows = PlanChangeFile.objects.filter(change=change_id, pk=file_id)
    return next(iter(as_read(rows.select_related("file", "added_by"))), None)


def public_file(file_id: int) -> ChangeFile | None:
    """A paper anybody may open: of an accepted change, published, and reserved by nobody."""
    rows = PlanChangeFile.objects.filter(
        pk=file_id, is_public=True, change__state=PlanChangeState.ACCEPTED
    )
    found = next(iter(as_read(rows.select_related("file", "added_by"))), None)
    return found if found and not reserved_today([found.sha256]) else None


def published(changes: Iterable[PlanChange]) -> dict[int, tuple[ChangeFile, ...]]:
    """The papers of changes read with theirs, by change; what somebody reserved is not public."""
    rows = {change.pk: as_read(change.files.all()) for change in changes}
    reserved = reserved_today([one.sha256 for files in rows.values() for one in files])
    return {
        pk: tuple(one if one.sha256 not in reserved else withheld(one) for one in files)
        for pk, files in rows.items()
    }


def withheld(file: ChangeFile) -> ChangeFile:
    return ChangeFile(
        file.id, file.name, file.kind, file.size, file.sha256, file.who, file.at, is_public=False
    )


def as_read(rows: Iterable[PlanChangeFile]) -> tuple[ChangeFile, ...]:
    return tuple(
        ChangeFile(
            id=row.pk,
            name=row.name,
            kind=KINDS[row.file.media_type].label,
            size=row.file.size,
            sha256=row.file.sha256,
            who=row.added_by.full_name,
            at=row.added_at,
            is_public=row.is_public,
        )
        for row in rows
    )
