"""What stands between a quarter and its closing."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F

from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.models import ProgressReport, ReportedValue
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.due import due_by_state
from sigpret.apps.monitoring.queries.rounds import RoundFacts, round_facts
from sigpret.apps.monitoring.workflow import UNSENT
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class InstitutionCount:
    """An institution and how many of its values a line of the checklist is about."""

    institution_id: int
    code: str
    name: str
    values: int


@dataclass(frozen=True, slots=True)
class ClosingChecklist:
    """Counts are of values due in the quarter; each list names institutions, by code.

    `undecided` blocks the closing. `returned` and `unreported` (never written, or written and
    never sent) will be closed as not reported.
    """

    period: Period
    round: RoundFacts | None
    due: int
    validated: int
    undecided: tuple[InstitutionCount, ...]
    returned: tuple[InstitutionCount, ...]
    unreported: tuple[InstitutionCount, ...]
    institutions: int
    institutions_sent: int

    @property
    def can_close(self) -> bool:
        return self.round is not None and not self.round.is_closed and not self.undecided


def closing_checklist(period: Period, *, excused: Collection[int] = ()) -> ClosingChecklist:
    """Everything somebody must know before closing a quarter.

    What the `excused` institutions have sent does not keep it open: they still have time.
    """
    states = due_by_state(period)
    sent = ProgressReport.objects.filter(round__period=period.code, submitted_at__isnull=False)
    return ClosingChecklist(
        period=period,
        round=round_facts(period),
        due=sum(states.values()),
        validated=sum(
            count for (_, state), count in states.items() if state == ReportState.VALIDATED
        ),
        undecided=undecided_values(period, excused=excused),
        returned=counts_of(states, ReportState.RETURNED),
        unreported=counts_of(states, *UNSENT, "missing"),
        institutions=len({institution for institution, _ in states}),
        institutions_sent=sent.count(),
    )


def undecided_values(
    period: Period, *, excused: Collection[int] = ()
) -> tuple[InstitutionCount, ...]:
    """Values sent and not decided, due or not, by institution; those of the excused aside."""
    rows = (
        ReportedValue.objects.filter(period=period.code, state=ReportState.SUBMITTED)
        .exclude(report__institution_id__in=excused)
        .values(
            institution_id=F("report__institution_id"),
            code=F("report__institution__code"),
            name=F("report__institution__name"),
        )
        .annotate(values=Count("id"))
        .order_by("code")
    )
    return tuple(InstitutionCount(**row) for row in rows)


def counts_of(states: dict[tuple[int, str], int], *wanted: str) -> tuple[InstitutionCount, ...]:
    """The institutions that have values in any of these states, with how many."""
    totals: dict[int, int] = {}
    for (institution, state), count in states.items():
        if state in wanted:
            totals[institution] = totals.get(institution, 0) + count
    found = (
        Institution.objects.filter(pk__in=totals).order_by("code").values_list("pk", "code", "name")
    )
    return tuple(InstitutionCount(pk, code, name, totals[pk]) for pk, code, name in found)
