"""How far to trust a quarter: who reported, what was validated."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Subquery

from sigpret.apps.evaluation.queries.standing import Standing
from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.models import ProgressReport, ReportedValue, ReportingRound
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.rounds import RoundFacts
from sigpret.apps.monitoring.workflow import UNSENT
from sigpret.methodology.status import Status


@dataclass(frozen=True, slots=True)
class Confidence:
    """Goals of the page with a validated figure, values of the whole country, institutions.

    `values_reported` counts what was sent, `values_validated` what DIGER accepted of it.
    """

    goals: int
    goals_validated: int
    values_reported: int
    values_validated: int
    institutions: int
    institutions_submitted: int


def confidence_in(round_: RoundFacts, standings: Iterable[Standing]) -> Confidence:
    """How complete a quarter is; one statement that only counts."""
    due = [standing for standing in standings if standing.status != Status.NOT_DUE]
    values = ReportedValue.objects.filter(period=round_.period.code)
    reports = ProgressReport.objects.filter(round_id=round_.id, submitted_at__isnull=False)
    counted = (
        ReportingRound.objects.filter(pk=round_.id)
        .values(
            reported=how_many(values.exclude(state__in=UNSENT)),
            validated=how_many(values.filter(state=ReportState.VALIDATED)),
            institutions=how_many(Institution.objects.all()),
            submitted=how_many(reports),
        )
        .get()
    )
    return Confidence(
        goals=len(due),
        goals_validated=sum(standing.status != Status.NOT_REPORTED for standing in due),
        values_reported=counted["reported"],
        values_validated=counted["validated"],
        institutions=counted["institutions"],
        institutions_submitted=counted["submitted"],
    )


def how_many(rows: QuerySet[Any]) -> Subquery:
    """The number of rows as a column of another statement."""
    total = rows.order_by().annotate(total=Func(F("pk"), function="COUNT")).values("total")
    return Subquery(total, output_field=IntegerField())
