"""What happens to an agreement after it was agreed: each step is added, its words never change."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.evidence.models import Evidence
from sigpret.apps.mesas.actions.agreement_notices import tell_changed, tell_fulfilled
from sigpret.apps.mesas.actions.matter_events import withdraw_what_waited
from sigpret.apps.mesas.agreement_permissions import Owner, check_can_follow, check_can_govern
from sigpret.apps.mesas.models import Agreement, AgreementStep
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.methodology.mesas.agreements import SETTLED
from sigpret.web.dates import day_of

Kind, State = AgreementStep.Kind, Agreement.State
#: Before, its minutes are being written and an observation may still change it.
FOLLOWED = (MeetingState.DRAFT, MeetingState.CONFORMITY, MeetingState.DISTRIBUTED)


class AgreementError(Exception):
    """It cannot be done to the agreement; its text is the sentence for the person."""


class StaleFollowUpError(AgreementError):
    """Somebody wrote in the follow-up since the person read it."""


@dataclass(frozen=True, slots=True)
class Following:
    """Who follows an agreement up, of which, as they read it, and when."""

    actor: User
    standing: Standing
    agreement_id: int
    expected_version: int
    at: datetime

    @property
    def today(self) -> date:
        return day_of(self.at)


@transaction.atomic
def tell_progress(*, following: Following, text: str, evidence_id: int | None = None) -> Agreement:
    """Say what was done; a pending agreement is in progress from then on.

    Raises PermissionDenied, AgreementError, StaleFollowUpError and Agreement.DoesNotExist.
    """
    agreement = held(following)
    check_can_follow(following.standing, owner_of(agreement))
    said = required(text, _("Escriba qué se hizo."))
    if was_just_said(agreement, following, Kind.PROGRESS, said):
        return agreement
    check_is_current(agreement, following)
    check_is_open(agreement)
    if agreement.state == State.PENDING:
        agreement.state = State.IN_PROGRESS
    evidence = evidence_for(agreement, evidence_id)
    return settled(agreement, following, AgreementStep(kind=Kind.PROGRESS, text=said), evidence)


@transaction.atomic
def fulfil(
    *, following: Following, text: str, fulfilled_on: date, evidence_id: int | None = None
) -> Agreement:
    """Say it was fulfilled, with its result, the day and the evidence (now or in an earlier step).

    Raises PermissionDenied, AgreementError, StaleFollowUpError and Agreement.DoesNotExist.
    """
    agreement = held(following)
    check_can_follow(following.standing, owner_of(agreement))
    said = required(text, _("Escriba el resultado: qué quedó hecho."))
    if was_just_said(agreement, following, Kind.FULFILLED, said):
        return agreement
    check_is_current(agreement, following)
    check_is_open(agreement)
    agreed_on = day_of(agreement.meeting.started_at or agreement.meeting.starts_at)
    if not agreed_on <= fulfilled_on <= following.today:
        raise AgreementError(
            _("El día en que se cumplió va desde el de la reunión hasta hoy: escríbalo de nuevo.")
        )
    evidence = evidence_for(agreement, evidence_id)
    if evidence is None and not agreement.steps.filter(evidence__isnull=False).exists():
        raise AgreementError(
            _("Adjunte la evidencia: un acuerdo se da por cumplido con el archivo que lo prueba.")
        )
    agreement.state, agreement.fulfilled_on, agreement.result = State.FULFILLED, fulfilled_on, said
    step = AgreementStep(kind=Kind.FULFILLED, text=said)
    done = settled(agreement, following, step, evidence)
    tell_fulfilled(done, by=following.actor, at=following.at)
    return done


@transaction.atomic
def reprogram(*, following: Following, new_due_on: date, text: str) -> Agreement:
    """Give another date, from today on, with its reason; the agreed one is kept.

    Raises PermissionDenied, AgreementError, StaleFollowUpError and Agreement.DoesNotExist.
    """
    agreement = held(following)
    check_can_govern(following.standing)
    said = required(text, _("Escriba por qué se reprograma."))
    if was_just_said(agreement, following, Kind.RESCHEDULED, said):
        return agreement
    check_is_current(agreement, following)
    check_is_open(agreement)
    check_is_final(agreement)
    if new_due_on < following.today or new_due_on == agreement.due_on:
        raise AgreementError(_("Escriba una fecha nueva, de hoy en adelante."))
    step = AgreementStep(
        kind=Kind.RESCHEDULED, text=said, old_due_on=agreement.due_on, new_due_on=new_due_on
    )
    agreement.due_on = new_due_on
    return changed(agreement, following, step)


@transaction.atomic
def void(*, following: Following, text: str) -> Agreement:
    """Leave it without effect, saying why. Raises as `reprogram`."""
    agreement = held(following)
    check_can_govern(following.standing)
    said = required(text, _("Escriba por qué queda sin efecto."))
    if was_just_said(agreement, following, Kind.WITHOUT_EFFECT, said):
        return agreement
    check_is_current(agreement, following)
    check_is_open(agreement)
    check_is_final(agreement)
    agreement.state = State.WITHOUT_EFFECT
    return changed(agreement, following, AgreementStep(kind=Kind.WITHOUT_EFFECT, text=said))


@transaction.atomic
def reopen(*, following: Following, text: str) -> Agreement:
    """Open again one that was given as fulfilled or without effect. Raises as `reprogram`."""
    agreement = held(following)
    check_can_govern(following.standing)
    said = required(text, _("Escriba por qué se reabre."))
    if was_just_said(agreement, following, Kind.REOPENED, said):
        return agreement
    check_is_current(agreement, following)
    if agreement.state not in SETTLED or agreement.superseded_by.exists():
        raise AgreementError(_("Sólo se reabre un acuerdo cumplido o sin efecto, no sustituido."))
    agreement.state, agreement.fulfilled_on, agreement.result = State.IN_PROGRESS, None, ""
    return changed(agreement, following, AgreementStep(kind=Kind.REOPENED, text=said))


def held(following: Following) -> Agreement:
    """The agreement with its row locked. Raises AgreementError, Agreement.DoesNotExist."""
    agreement: Agreement = (
        Agreement.objects.select_for_update(of=("self",))
        .select_related("meeting", "mesa__sector", "institution")
        .get(pk=following.agreement_id, mesa=following.standing.mesa_id)
    )
    if agreement.meeting.state not in FOLLOWED:
        raise AgreementError(_("El seguimiento empieza cuando termina la sesión."))
    return agreement


def owner_of(agreement: Agreement) -> Owner:
    return Owner(agreement.institution_id, agreement.responsible_person_id)


def required(text: str, missing: str, error: type[AgreementError] = AgreementError) -> str:
    if not text.strip():
        raise error(missing)
    return text.strip()


def was_just_said(agreement: Agreement, following: Following, kind: str, text: str) -> bool:
    """Is this the same click again? The last step says the very same by the same person."""
    last = agreement.steps.order_by("pk").last()
    same = (kind, text, following.actor.pk)
    return (
        last is not None
        and agreement.version == following.expected_version + 1
        and (last.kind, last.text, last.by_id) == same
    )


def check_is_current(agreement: Agreement, following: Following) -> None:
    if agreement.version != following.expected_version:
        raise StaleFollowUpError(
            _("Alguien escribió en este acuerdo mientras usted lo leía. Vuelva a leerlo.")
        )


def check_is_open(agreement: Agreement) -> None:
    if agreement.state in SETTLED:
        raise AgreementError(
            _("El acuerdo ya está %(state)s.") % {"state": agreement.get_state_display()}
        )


def check_is_final(agreement: Agreement) -> None:
    if not agreement.is_final:
        raise AgreementError(
            _(
                "El acuerdo todavía no es definitivo: cámbielo en la ayuda memoria, que aún no "
                "se distribuye."
            )
        )


def evidence_for(agreement: Agreement, evidence_id: int | None) -> Evidence | None:
    """A file of the institution that answers for it. Raises AgreementError."""
    if evidence_id is None:
        return None
    found: Evidence | None = Evidence.objects.filter(
        pk=evidence_id, institution=agreement.institution_id, withdrawn_at__isnull=True
    ).first()
    if found is None:
        raise AgreementError(_("Ese archivo no es de la institución responsable del acuerdo."))
    return found


def changed(agreement: Agreement, following: Following, step: AgreementStep) -> Agreement:
    """The step, and word of it to whoever answers for the agreement."""
    done = settled(agreement, following, step)
    tell_changed(done, step, by=following.actor, at=following.at)
    return done


def settled(
    agreement: Agreement,
    following: Following,
    step: AgreementStep,
    evidence: Evidence | None = None,
) -> Agreement:
    """Keep the agreement and the step that explains what changed, with its event; once it is
    settled nothing waits for a decision about it."""
    agreement.version += 1
    agreement.save()
    step.agreement, step.evidence = agreement, evidence
    step.by, step.at = following.actor, following.at
    step.save()
    if agreement.state in SETTLED:
        withdraw_what_waited(agreement, actor=following.actor, why=step.text)
    record(
        actor=following.actor,
        action=f"mesas.agreement_{step.kind}",
        subject_type="agreement",
        subject_id=agreement.pk,
        payload={
            "mesa_id": agreement.mesa_id,
            "state": agreement.state,
            "due_on": agreement.due_on,
            "text": step.text,
            "evidence_id": evidence.pk if evidence else None,
            "version": agreement.version,
        },
    )
    return agreement
