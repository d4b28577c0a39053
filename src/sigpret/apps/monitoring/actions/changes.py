"""A datum of a closed quarter that should be another: asked by its institution, decided by DIGER.

The live figures change; what the closing kept does not. One person asks and another decides.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.evidence.queries import usable_evidence
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.change_notices import tell_asked, tell_decided
from sigpret.apps.monitoring.actions.change_values import (
    ChangeRequestError as ChangeRequestError,
)
from sigpret.apps.monitoring.actions.change_values import Outcome, outcome_of
from sigpret.apps.monitoring.actions.deadlines import Hold, held_round, words
from sigpret.apps.monitoring.actions.details import (
    Details,
    Given,
    details_from,
    details_of,
    store_details,
)
from sigpret.apps.monitoring.actions.effects import Effect, change_effect
from sigpret.apps.monitoring.actions.evaluation import reevaluate
from sigpret.apps.monitoring.actions.subjects import Subject, known_indicator
from sigpret.apps.monitoring.actions.values import (
    check_value,
    held_report,
    held_value,
    plain,
    written_states,
)
from sigpret.apps.monitoring.models import (
    ChangeRequest,
    IndicatorAchievement,
    ReportedValue,
    ReportingRound,
)
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.permissions import check_can_decide, check_can_write_report
from sigpret.apps.monitoring.workflow import state_of_report
from sigpret.apps.results.models import Indicator
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an institution asks for: the subject (one of the two ids), the value and the reason.

    `variables` and `parts` are amounts by id; what is not in them stays. The value of a computed
    indicator is worked out of them, and what is passed is ignored.
    """

    institution: Institution
    period: Period
    product_id: int | None
    indicator_id: int | None
    new_value: Decimal | None
    reason: str
    evidence_id: int | None = None
    variables: Given | None = None
    parts: Given | None = None

    @property
    def subject(self) -> Subject:
        return Subject(self.institution, self.period, self.product_id, self.indicator_id)


@transaction.atomic
def request_change(*, actor: User, access: Access, wanted: Wanted, at: datetime) -> ChangeRequest:
    """Ask that a datum of a closed quarter be another; also one that was never reported.

    What it would do to the statuses is kept with the request. Asking again for the same has no
    effect. Raises PermissionDenied, RoundNotOpenError (no such quarter), UnknownSubjectError,
    InvalidValueError, ChangeRequestError: open quarter, no reason, same value, another one
    waiting, a variable missing, parts that do not make the total, or an evidence of another
    institution.
    """
    check_can_write_report(access, wanted.institution.pk)
    check_value(wanted.new_value, is_product=wanted.product_id is not None)
    if not (reason := wanted.reason.strip()):
        raise ChangeRequestError(_("Escriba por qué debe cambiar el dato."))
    held = held_round(wanted.period, Hold.DECIDING)
    check_is_closed(held)
    indicator = known_indicator(wanted.subject)
    stored = asked_value(held, wanted)
    before = counted_details(stored)
    outcome = outcome_for(wanted, indicator, before)
    check_is_their_evidence(wanted)
    waiting = stored.change_requests.filter(state=ChangeRequest.State.REQUESTED).first()
    if waiting is not None:
        return same_request(waiting, outcome, reason)
    old = counted(stored)
    if is_counted(stored) and (old, before) == (outcome.value, outcome.details):
        raise ChangeRequestError(_("Ese es el valor que ya cuenta: escriba el correcto."))
    asked = ChangeRequest.objects.create(
        value=stored,
        old_value=old,
        new_value=outcome.value,
        old_details=before.printable(),
        new_details=outcome.details.printable(),
        reason=reason,
        evidence_id=wanted.evidence_id,
        effect=effect_of(wanted, outcome),
        requested_by=actor,
        requested_at=at,
    )
    tell_asked(asked, at)
    tell_chain(asked, "requested", actor, {"reason": reason})
    return asked


def previewed_change(wanted: Wanted) -> list[Effect]:
    """What the change would do to the statuses; nothing is stored. Raises as `request_change`."""
    check_value(wanted.new_value, is_product=wanted.product_id is not None)
    indicator = known_indicator(wanted.subject)
    subject = {"product_id": wanted.product_id, "indicator_id": wanted.indicator_id}
    stored = ReportedValue.objects.filter(period=wanted.period.code, **subject).first()
    before = Details() if stored is None else counted_details(stored)
    return effect_of(wanted, outcome_for(wanted, indicator, before))


def outcome_for(wanted: Wanted, indicator: Indicator | None, before: Details) -> Outcome:
    return outcome_of(
        indicator=indicator,
        before=before,
        value=wanted.new_value,
        variables=wanted.variables,
        parts=wanted.parts,
    )


def effect_of(wanted: Wanted, outcome: Outcome) -> list[Effect]:
    return change_effect(
        institution=wanted.institution,
        period=wanted.period,
        product_id=wanted.product_id,
        indicator_id=wanted.indicator_id,
        new_value=outcome.value,
        amounts=outcome.amounts,
    )


def check_is_closed(held: ReportingRound) -> None:
    if held.state == ReportingRound.State.OPEN:
        raise ChangeRequestError(
            _("El %(quarter)s está abierto: corrija el dato en su reporte.")
            % {"quarter": words(Period.parse(held.period))}
        )


def asked_value(held: ReportingRound, wanted: Wanted) -> ReportedValue:
    """The stored datum, held; a blank one, which counts for nothing, if nobody ever wrote it."""
    report = held_report(wanted.institution, held)
    stored = held_value(report, product_id=wanted.product_id, indicator_id=wanted.indicator_id)
    if stored.pk is None:
        stored.save()
    return stored


def counted(stored: ReportedValue) -> Decimal | None:
    """What the figures take from a stored datum today; None is not reported."""
    return stored.value if stored.state == ReportState.VALIDATED else None


def is_counted(stored: ReportedValue) -> bool:
    return stored.state == ReportState.VALIDATED


def counted_details(stored: ReportedValue) -> Details:
    """The variables and parts behind what counts today."""
    return details_of(stored) if is_counted(stored) else Details()


def check_is_their_evidence(wanted: Wanted) -> None:
    if wanted.evidence_id is None:
        return
    if wanted.evidence_id not in {one.id for one in usable_evidence(wanted.institution.pk)}:
        raise ChangeRequestError(_("Esa evidencia no es de su institución o ya no puede usarse."))


def same_request(waiting: ChangeRequest, outcome: Outcome, reason: str) -> ChangeRequest:
    wanted = (outcome.value, outcome.details.printable(), reason)
    if (waiting.new_value, waiting.new_details, waiting.reason) == wanted:
        return waiting
    raise ChangeRequestError(_("Este dato ya tiene una solicitud sin decidir."))


@transaction.atomic
def decide_change(
    *,
    actor: User,
    access: Access,
    request_id: int,
    is_approved: bool,
    note: str,
    at: datetime,
) -> ChangeRequest:
    """Approve or refuse a change, with a note; deciding the same twice has one effect.

    Approved: the datum is written and validated, its goals and those above are evaluated again
    in its quarter and in the later ones that count it; of a presidential goal citizens see the
    old value, the new one and why. What closings kept stays. Raises PermissionDenied (also
    whoever asked), ChangeRequestError, ChangeRequest.DoesNotExist.
    """
    if not (note := note.strip()):
        raise ChangeRequestError(_("Escriba la nota de su decisión."))
    period = Period.parse(
        ChangeRequest.objects.values_list("value__period", flat=True).get(pk=request_id)
    )
    held = held_from(period)
    asked = held_request(request_id)
    check_can_decide(
        access,
        institution_id=asked.value.report.institution_id,
        reported_by_id=asked.requested_by_id,
    )
    state = ChangeRequest.State.APPROVED if is_approved else ChangeRequest.State.REFUSED
    if asked.state == state:
        return asked
    check_can_still_decide(asked, held)
    if is_approved:
        check_is_what_was_asked_about(asked)
    asked.state, asked.decided_by, asked.decided_at = state, actor, at
    asked.decision_note = note
    asked.save()
    if is_approved:
        write_approved(asked)
    tell_decided(asked, at)
    tell_chain(asked, state, actor, {"note": note})
    return asked


def held_from(period: Period) -> ReportingRound:
    """The round of a quarter and those after it, held in their order as reviewers do."""
    query = f"""SELECT * FROM monitoring_reportinground WHERE period >= %s
        ORDER BY id {Hold.DECIDING}"""  # noqa: S608
    rounds = list(ReportingRound.objects.raw(query, [period.code]))
    return min(rounds, key=lambda one: one.period)


def held_request(request_id: int) -> ChangeRequest:
    requests = ChangeRequest.objects.select_related(
        "value__report__institution", "value__report__round", "requested_by"
    )
    return requests.select_for_update(of=("self", "value", "value__report")).get(pk=request_id)


def check_can_still_decide(asked: ChangeRequest, held: ReportingRound) -> None:
    if asked.state != ChangeRequest.State.REQUESTED:
        raise ChangeRequestError(_("Esta solicitud ya se decidió."))
    check_is_closed(held)


def check_is_what_was_asked_about(asked: ChangeRequest) -> None:
    """Nobody approves over a value that was written after the request."""
    stored = asked.value
    is_rewritten = stored.reported_at is not None and stored.reported_at > asked.requested_at
    kept = counted_details(stored).printable()
    if is_rewritten or counted(stored) != asked.old_value or kept != asked.old_details:
        raise ChangeRequestError(
            _("El dato cambió después de la solicitud: deniéguela; la institución pide de nuevo.")
        )


def write_approved(asked: ChangeRequest) -> None:
    """The datum as approved, its report, and every figure that counts it."""
    stored, report = asked.value, asked.value.report
    stored.value, stored.state = asked.new_value, ReportState.VALIDATED
    stored.has_no_denominator = asked.new_value is None
    stored.decided_by, stored.decided_at = asked.decided_by, asked.decided_at
    stored.reported_by = stored.reported_by or asked.requested_by
    stored.reported_at = stored.reported_at or asked.requested_at
    stored.version += 1
    stored.decided_version = stored.version
    stored.save()
    store_details(stored, details_of(stored), details_from(asked.new_details))
    report.state = state_of_report(written_states(report))
    report.submitted_at = report.submitted_at or asked.requested_at
    report.submitted_by = report.submitted_by or asked.requested_by
    report.version += 1
    report.save(update_fields=["state", "submitted_at", "submitted_by", "version"])
    if stored.indicator_id is not None:
        for code in counting(stored.indicator_id, stored.period):
            reevaluate(period=Period.parse(code), indicator_ids=[stored.indicator_id])


def counting(indicator_id: int, period: str) -> list[str]:
    """The quarters whose stored figures count a value: its own and the evaluated ones after it."""
    later = IndicatorAchievement.objects.filter(indicator_id=indicator_id, period__gt=period)
    return [period, *later.order_by("period").values_list("period", flat=True)]


@transaction.atomic
def withdraw_change(*, actor: User, access: Access, request_id: int, at: datetime) -> ChangeRequest:
    """The institution takes its request back before it is decided; twice has one effect.

    Raises PermissionDenied, ChangeRequestError, ChangeRequest.DoesNotExist.
    """
    asked = held_request(request_id)
    check_can_write_report(access, asked.value.report.institution_id)
    if asked.state == ChangeRequest.State.WITHDRAWN:
        return asked
    if asked.state != ChangeRequest.State.REQUESTED:
        raise ChangeRequestError(_("Esta solicitud ya se decidió."))
    asked.state = ChangeRequest.State.WITHDRAWN
    asked.save(update_fields=["state"])
    tell_chain(asked, "withdrawn", actor, {"at": at})
    return asked


def tell_chain(asked: ChangeRequest, what: str, actor: User, facts: dict[str, object]) -> None:
    """The event of the chain, with the old value and the new one."""
    stored = asked.value
    record(
        actor=actor,
        action=f"monitoring.change_{what}",
        subject_type="change_request",
        subject_id=asked.pk,
        payload={
            "period": stored.period,
            "value_id": stored.pk,
            "product_id": stored.product_id,
            "indicator_id": stored.indicator_id,
            "old": plain(asked.old_value),
            "new": plain(asked.new_value),
            **({"old_details": asked.old_details} if asked.old_details else {}),
            **({"new_details": asked.new_details} if asked.new_details else {}),
            **facts,
        },
    )
