"""Extensions as screens and closings need them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Coalesce

from sigpret.apps.monitoring.models import Extension, ReportingRound

#: A worker that was stopped for longer than this tells of nothing older.
TOLD_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why an institution may still be silent, until when, and who said so."""

    reason: str
    until: datetime
    granted_by: str
    granted_at: datetime | None


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """What an institution asked for, or was given, in a round."""

    id: int
    institution_id: int
    institution_code: str
    institution_name: str
    state: str
    reason: str
    until: datetime | None
    requested_by: str
    requested_at: datetime
    decided_by: str
    decided_at: datetime | None
    note: str

    @property
    def is_waiting(self) -> bool:
        return self.state == Extension.State.REQUESTED

    @property
    def is_granted(self) -> bool:
        return self.state == Extension.State.GRANTED

    def is_valid(self, at: datetime) -> bool:
        """Granted, and with time left."""
        return self.is_granted and self.until is not None and at < self.until


def extensions_of(round_id: int) -> dict[int, ExtensionFacts]:
    """Every extension of a round, by institution; one statement."""
    rows: Any = (
        Extension.objects.filter(round_id=round_id)
        .order_by("institution__code")
        .values_list(
            "pk",
            "institution_id",
            "institution__code",
            "institution__name",
            "state",
            "reason",
            "until",
            Coalesce("requested_by__full_name", Value("")),
            "requested_at",
            Coalesce("decided_by__full_name", Value("")),
            "decided_at",
            "decision_note",
        )
    )
    return {row[1]: ExtensionFacts(*row) for row in rows}


def extension_of(round_id: int, institution_id: int) -> ExtensionFacts | None:
    """The extension of one institution in a round, if it ever asked or was given one."""
    return extensions_of(round_id).get(institution_id)


def has_more_time(round_id: int, at: datetime) -> Exists:
    """For a query of institutions: is its extension of that round still valid at a moment?"""
    return Exists(
        Extension.objects.filter(
            institution=OuterRef("pk"),
            round_id=round_id,
            state=Extension.State.GRANTED,
            until__gt=at,
        )
    )


def expired_after_closing(at: datetime) -> list[Extension]:
    """The extensions that ended in the last week, with their quarter already closed.

    Once it has closed, nobody else looks at whether the institution reported in time.
    """
    rows = Extension.objects.select_related("round", "institution").filter(
        state=Extension.State.GRANTED,
        round__state=ReportingRound.State.CLOSED,
        round__closed_at__lt=F("until"),
        until__lte=at,
        until__gt=at - TOLD_FOR,
    )
    return list(rows.order_by("until", "pk"))


def excuses(round_id: int, at: datetime) -> Mapping[int, Excuse]:
    """The institutions whose extension is still valid at a moment, by id; one statement."""
    rows = Extension.objects.filter(
        round_id=round_id, state=Extension.State.GRANTED, until__gt=at
    ).values_list("institution_id", "reason", "until", "decided_by__full_name", "decided_at")
    return {
        institution: Excuse(reason, until, by or "", granted_at)
        for institution, reason, until, by, granted_at in rows
        if until is not None
    }
