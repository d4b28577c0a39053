"""Every version of the minutes of a meeting, newest first, with what each one changed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from sigpret.apps.mesas.models import Conformity, Meeting
from sigpret.apps.mesas.queries.minutes_changes import Difference, differences


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One text: its digest, who fixed it and when, how many agreed with it and how many said
    nothing in time."""

    number: int
    digest: str
    reason: str
    made_by: str
    made_at: datetime
    conforming: int
    observing: int
    silent: int
    changes: tuple[Difference, ...]


def versions_of(meeting: Meeting) -> tuple[VersionRow, ...]:
    """The versions, newest first; one statement."""
    answer = Conformity.Answer
    rows = list(
        meeting.versions.select_related("made_by")
        .annotate(
            conforming=Count(
                "conformities",
                Q(conformities__answer=answer.CONFORMS, conformities__is_silent=False),
            ),
            silent=Count("conformities", Q(conformities__is_silent=True)),
            observing=Count("conformities", Q(conformities__answer=answer.OBSERVES)),
        )
        .order_by("number")
    )
    earlier = [None, *rows]
    listed = [
        VersionRow(
            number=row.number,
            digest=row.digest,
            reason=row.reason,
            made_by=str(row.made_by),
            made_at=row.made_at,
            conforming=row.conforming,
            observing=row.observing,
            silent=row.silent,
            changes=differences(before.content, row.content) if before else (),
        )
        for before, row in zip(earlier, rows, strict=False)
    ]
    return tuple(reversed(listed))
