"""Evaluating the country and keeping a record of it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.evaluation.models import EvaluationRun
from sigpret.apps.evaluation.queries.country import (
    CountryEvaluation,
    country_evaluation,
    inputs_digest,
)
from sigpret.apps.evaluation.queries.quarter import quarter_shown
from sigpret.apps.monitoring.actions import evaluate_open
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.periods import Period


class NothingToEvaluateError(LookupError):
    """No reporting round had been opened by the day asked for."""


@transaction.atomic
def evaluate_country(
    *, period: Period | None = None, as_of: date, actor: User | None, at: datetime
) -> CountryEvaluation:
    """Evaluate the last quarter that had ended by `as_of` (or the one given) and record the run.

    A closed quarter answers with its official figures; an open one is evaluated again from the
    validated values and is preliminary. The record keeps the version of the methodology and the
    digests of what went in and came out; it is one event of the audit chain.
    Raises NothingToEvaluateError, UnknownQuarterError.
    """
    quarter = quarter_shown(as_of=as_of, asked=period)
    if quarter is None:
        raise NothingToEvaluateError(
            _("No hay trimestres reportados hasta el %(day)s.") % {"day": as_of.isoformat()}
        )
    inputs = quarter.round.digest if quarter.is_official else stored_figures(quarter.period)
    result = country_evaluation(quarter, as_of, inputs)
    run = EvaluationRun.objects.create(
        period=quarter.period.code,
        as_of=as_of,
        run_at=at,
        policy_version=result.policy_version,
        inputs_digest=result.inputs_digest,
        result_digest=result.digest,
    )
    record(
        actor=actor,
        action="evaluation.country_evaluated",
        subject_type="evaluation_run",
        subject_id=run.pk,
        payload={
            "period": run.period,
            "policy_version": run.policy_version,
            "inputs_digest": run.inputs_digest,
            "result_digest": run.result_digest,
        },
    )
    return result


def stored_figures(period: Period) -> str:
    """Evaluate every goal of an open quarter and keep it; the digest of what went in."""
    return inputs_digest(evaluate_open(period=period, policy=policy_for(period)))
