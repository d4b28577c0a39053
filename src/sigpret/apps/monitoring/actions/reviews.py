"""The decision about a value: validated, or returned with an observation."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.deadlines import check_not_closed, extended_until
from sigpret.apps.monitoring.actions.evaluation import reevaluate
from sigpret.apps.monitoring.actions.held_values import (
    HeldValue,
    decide,
    held_values,
)
from sigpret.apps.monitoring.actions.telling import tell_returned
from sigpret.apps.monitoring.actions.values import plain
from sigpret.apps.monitoring.models import Comment, ReportingRound
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.permissions import check_can_decide, check_can_review
from sigpret.apps.monitoring.workflow import sources_of
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class Decision:
    """`value_ids` are the values this call changed; `report_states` the state of their reports."""

    value_ids: tuple[int, ...]
    report_states: Mapping[int, str]


NOTHING = Decision((), {})


class NotUnderReviewError(Exception):
    """The value is not waiting for a decision: it was taken back, or decided otherwise."""


class ChangedValueError(NotUnderReviewError):
    """The value is not the one the reviewer saw: it changed in between."""


class ObservationMissingError(Exception):
    """A value is only returned with an observation."""


@transaction.atomic
def validate_values(
    *,
    actor: User,
    access: Access,
    value_ids: Collection[int],
    at: datetime,
    observation: str = "",
    expected_versions: Mapping[int, int] | None = None,
    opened_first: Collection[int] | None = None,
) -> Decision:
    """Validate values and re-evaluate what depends on them, up to the presidential goals.

    All or nothing; a value already validated is left alone. `expected_versions` are the
    versions the reviewer saw, by value id; `observation` is what the public will read;
    `opened_first` are the values a batch made them open, which its event remembers.
    Raises PermissionDenied, RoundNotOpenError, NotUnderReviewError, ChangedValueError.
    """
    check_can_review(access)
    values = values_to_decide(value_ids, access)
    waiting = [value for value in values if value.state != ReportState.VALIDATED]
    if not waiting:
        return NOTHING
    check_under_review(waiting, "validate")
    check_unchanged(waiting, expected_versions or {})
    states = decide(
        waiting, ReportState.VALIDATED, actor_id=actor.pk, at=at, observation=observation
    )
    reevaluate_decided(waiting)
    drawn = {} if opened_first is None else {"opened_first": list(opened_first)}
    record_decision(waiting, "validate", actor=actor, observation=observation, more=drawn)
    return Decision(tuple(value.id for value in waiting), states)


@transaction.atomic
def return_value(
    *,
    actor: User,
    access: Access,
    value_id: int,
    observation: str,
    at: datetime,
    expected_version: int | None = None,
) -> Decision:
    """Give a value back with the reason; only that row opens again, and it stops counting.

    Returning it again with the same words has no effect. `expected_version` is the version the
    reviewer saw. Raises PermissionDenied, RoundNotOpenError, NotUnderReviewError,
    ChangedValueError, ObservationMissingError.
    """
    check_can_review(access)
    if not (observation := observation.strip()):
        raise ObservationMissingError(_("Escriba por qué devuelve el dato."))
    values = values_to_decide([value_id], access)
    if (values[0].state, values[0].observation) == (ReportState.RETURNED, observation):
        return NOTHING
    check_under_review(values, "return")
    check_is_no_figure(values[0])
    if expected_version is not None:
        check_unchanged(values, {value_id: expected_version})
    states = decide(values, ReportState.RETURNED, actor_id=actor.pk, at=at, observation=observation)
    if values[0].state == ReportState.VALIDATED:
        reevaluate_decided(values)
    begin_thread(values[0], observation, actor=actor, at=at)
    record_decision(values, "return", actor=actor, observation=observation)
    return Decision((value_id,), states)


def values_to_decide(value_ids: Collection[int], access: Access) -> list[HeldValue]:
    """The values, held, if this person may decide every one of them."""
    values = held_values(value_ids)
    if len(values) != len(set(value_ids)) or not values:
        raise NotUnderReviewError(_("Alguno de esos datos ya no existe."))
    for value in values:
        check_can_decide(
            access, institution_id=value.institution_id, reported_by_id=value.reported_by_id
        )
        check_not_closed(value.round)
    return values


def check_under_review(values: Sequence[HeldValue], event: str) -> None:
    possible = sources_of(event)
    others = [value for value in values if value.state not in possible]
    if others:
        raise NotUnderReviewError(
            ngettext(
                "La institución está corrigiendo %(values)d dato: aún no lo ha enviado.",
                "La institución está corrigiendo %(values)d datos: aún no los ha enviado.",
                len(others),
            )
            % {"values": len(others)}
        )


def check_is_no_figure(value: HeldValue) -> None:
    """What counted in a closing changes by a request, also while an extension is valid."""
    if value.round.state == ReportingRound.State.CLOSED and value.state == ReportState.VALIDATED:
        raise NotUnderReviewError(
            _("Este dato ya cerró validado: sólo cambia por una solicitud de cambio.")
        )


def check_unchanged(values: Sequence[HeldValue], expected: Mapping[int, int]) -> None:
    for value in values:
        if expected.get(value.id, value.version) != value.version:
            raise ChangedValueError(
                _("El dato cambió mientras usted lo revisaba: ahora es %(value)s.")
                % {"value": plain(value.value)}
            )


def reevaluate_decided(values: Sequence[HeldValue]) -> None:
    """What the decision adds to the evaluation, or takes from it, period by period."""
    indicators: dict[str, list[int]] = {}
    for value in values:
        if value.indicator_id is not None:
            for code in (value.round.period, *value.later):
                indicators.setdefault(code, []).append(value.indicator_id)
    for code, ids in indicators.items():
        reevaluate(period=Period.parse(code), indicator_ids=ids)


def begin_thread(value: HeldValue, observation: str, *, actor: User, at: datetime) -> None:
    """Why a value came back is the first thing said of it, or the next; its people are told."""
    Comment.objects.create(
        value_id=value.id,
        kind=Comment.Kind.OBSERVATION,
        text=observation,
        author=actor,
        written_at=at,
        is_from_review=True,
    )
    deadline = max(value.round.closes_at, extended_until(value.round) or value.round.closes_at)
    tell_returned(value.id, observation, deadline=deadline, at=at)


def record_decision(
    values: Sequence[HeldValue],
    event: str,
    *,
    actor: User,
    observation: str,
    more: Mapping[str, Any] | None = None,
) -> None:
    """One event for the whole decision: about the report, or the round when there are several."""
    reports = {value.report_id for value in values}
    is_one = len(reports) == 1
    record(
        actor=actor,
        action=ACTIONS[event],
        subject_type="progress_report" if is_one else "reporting_round",
        subject_id=values[0].report_id if is_one else values[0].round.period,
        payload={
            "period": values[0].round.period,
            "values": [
                {"value_id": value.id, "value": plain(value.value), "was": value.state}
                for value in values
            ],
            "observation": observation,
            **(more or {}),
        },
    )


ACTIONS = {"validate": "monitoring.values_validated", "return": "monitoring.value_returned"}
