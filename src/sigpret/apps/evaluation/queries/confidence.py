"""How far to trust a quarter: who reported, what was validated."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from sigpret.apps.evaluation.queries.standing import Standing
from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.rounds import RoundFacts
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
    """How complete a quarter is; two counting queries."""
    due = [standing for standing in standings if standing.status != Status.NOT_DUE]
    sent = Q(state__in=[ReportState.SUBMITTED, ReportState.VALIDATED, ReportState.RETURNED])
    values = ReportedValue.objects.filter(period=round_.period.code).aggregate(
        sent=Count("pk", filter=sent),
        validated=Count("pk", filter=Q(state=ReportState.VALIDATED)),
    )
    submitted = Q(reports__round_id=round_.id, reports__submitted_at__isnull=False)
    institutions = Institution.objects.aggregate(
        known=Count("pk", distinct=True),
        submitted=Count("pk", distinct=True, filter=submitted),
    )
    return Confidence(
        goals=len(due),
        goals_validated=sum(standing.status != Status.NOT_REPORTED for standing in due),
        values_reported=values["sent"],
        values_validated=values["validated"],
        institutions=institutions["known"],
        institutions_submitted=institutions["submitted"],
    )
