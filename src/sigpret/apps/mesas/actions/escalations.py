"""What a level could not solve goes to the level above, which decides, entrusts and dates it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence.models import Evidence
from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.actions.agreements import (
    AgreementError,
    Following,
    check_is_open,
    held,
    required,
    settled,
)
from sigpret.apps.mesas.actions.escalation_notices import tell_decided, tell_raised
from sigpret.apps.mesas.actions.matter_events import note
from sigpret.apps.mesas.agreement_permissions import (
    PRESIDENCY,
    check_can_decide_for,
    check_can_fulfil_decision,
    check_can_govern,
    check_can_note_decision,
)
from sigpret.apps.mesas.models import AgreementStep, Escalation, Mesa
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.web.dates import day_of

State, To = Escalation.State, Escalation.To


class MatterError(AgreementError):
    """It cannot be done to the matter; its text is the sentence for the person."""


class StaleMatterError(MatterError):
    """Somebody decided or withdrew it since the person read it."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """Who writes in a matter, of which, as they read it, and when."""

    actor: User
    standing: Standing
    matter_id: int
    expected_version: int
    at: datetime

    @property
    def today(self) -> date:
        return day_of(self.at)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, who is entrusted with it and until when."""

    text: str
    owner_id: int | None
    due_on: date | None


@transaction.atomic
def escalate(*, following: Following, to: str, ask: str, reason: str) -> Escalation:
    """Put an open agreement to the political level or to the Presidency.

    While it waits there, escalating it again changes nothing. Raises PermissionDenied,
    AgreementError and Agreement.DoesNotExist.
    """
    agreement = held(following)
    check_can_govern(following.standing)
    to = To(to)
    waiting: Escalation | None = agreement.escalations.filter(to=to, state=State.OPEN).first()
    if waiting is not None:
        return waiting
    check_is_open(agreement)
    asked = required(ask, _("Escriba qué se pide decidir."))
    why = required(reason, _("Escriba por qué se eleva."))
    matter = Escalation.objects.create(
        mesa=agreement.mesa,
        agreement=agreement,
        to=to,
        ask=asked,
        reason=why,
        raised_by=following.actor,
        raised_at=following.at,
    )
    tell_raised(matter, by=following.actor, at=following.at)
    text = _("A %(who)s: %(ask)s") % {"who": to.label, "ask": asked}
    settled(agreement, following, AgreementStep(kind=AgreementStep.Kind.ESCALATED, text=text))
    return matter


@transaction.atomic
def decide(*, deciding: Deciding, decision: Decision) -> Escalation:
    """Decide a matter that waits: what, who is entrusted, until when.

    Raises PermissionDenied, MatterError, StaleMatterError and Escalation.DoesNotExist.
    """
    matter = held_matter(deciding)
    check_can_decide_for(deciding.standing, matter.to)
    if was_decided_so(matter, deciding, decision):
        return matter
    check_waits(matter, deciding)
    write_decision(matter, deciding.actor, decision, deciding.at)
    matter.save()
    tell_decided(matter, by=deciding.actor, at=deciding.at)
    note(matter, deciding.actor, "decided", decision.text)
    return matter


@transaction.atomic
def note_decision(
    *, actor: User, access: Access, mesa_id: int, ask: str, decision: Decision, at: datetime
) -> Escalation:
    """Write down what the Presidency decided without being asked, for a mesa to follow.

    The same decision about the same matter on the same day is one. Raises PermissionDenied,
    MatterError and Mesa.DoesNotExist.
    """
    check_can_note_decision(access)
    mesa = Mesa.objects.select_related("sector").select_for_update(of=("self",)).get(pk=mesa_id)
    asked = required(ask, _("Escriba el asunto."), MatterError)
    same = {"mesa": mesa, "to": PRESIDENCY, "ask": asked, "decision": decision.text.strip()}
    found = Escalation.objects.filter(**same, raised_at__date=day_of(at)).first()
    if found is not None:
        return found
    matter = Escalation(
        mesa=mesa,
        to=PRESIDENCY,
        ask=asked,
        reason=_("Decidido por la Presidencia."),
        raised_by=actor,
        raised_at=at,
    )
    write_decision(matter, actor, decision, at)
    matter.save()
    tell_decided(matter, by=actor, at=at)
    note(matter, actor, "noted", decision.text)
    return matter


@transaction.atomic
def withdraw(*, deciding: Deciding, reason: str) -> Escalation:
    """Take back a matter nobody has decided. Raises as `decide`."""
    matter = held_matter(deciding)
    check_can_govern(deciding.standing)
    if matter.state == State.WITHDRAWN:
        return matter
    check_waits(matter, deciding)
    why = required(reason, _("Escriba por qué se retira."), MatterError)
    matter.state, matter.version = State.WITHDRAWN, matter.version + 1
    matter.outcome = why
    matter.save()
    note(matter, deciding.actor, "withdrawn", why)
    return matter


@transaction.atomic
def fulfil_decision(
    *, deciding: Deciding, text: str, fulfilled_on: date, evidence_id: int | None = None
) -> Escalation:
    """Say that what was decided was done: how, when, with which evidence. Raises as `decide`."""
    matter = held_matter(deciding)
    check_can_fulfil_decision(deciding.standing, matter.owner_id)
    said = required(text, _("Escriba cómo se cumplió."), MatterError)
    if matter.state == State.FULFILLED and matter.outcome == said:
        return matter
    check_is_as_read(matter, deciding)
    if matter.state != State.DECIDED or matter.decided_at is None:
        raise MatterError(_("Se cumple lo que ya se decidió."))
    if not day_of(matter.decided_at) <= fulfilled_on <= deciding.today:
        raise MatterError(_("El día va desde el de la decisión hasta hoy: escríbalo de nuevo."))
    matter.evidence = own_evidence(matter, evidence_id)
    matter.state, matter.fulfilled_on, matter.outcome = State.FULFILLED, fulfilled_on, said
    matter.version += 1
    matter.save()
    note(matter, deciding.actor, "fulfilled", said)
    return matter


def held_matter(deciding: Deciding) -> Escalation:
    matter: Escalation = (
        Escalation.objects.select_for_update(of=("self",))
        .select_related("mesa__sector", "agreement__meeting", "agreement__mesa__sector")
        .get(pk=deciding.matter_id, mesa=deciding.standing.mesa_id)
    )
    return matter


def was_decided_so(matter: Escalation, deciding: Deciding, decision: Decision) -> bool:
    """Is this the same click again?"""
    return (
        matter.state == State.DECIDED
        and matter.decided_by_id == deciding.actor.pk
        and matter.decision == decision.text.strip()
    )


def check_is_as_read(matter: Escalation, deciding: Deciding) -> None:
    if matter.version != deciding.expected_version:
        raise StaleMatterError(_("El asunto cambió desde que usted lo leyó. Vuelva a leerlo."))


def check_waits(matter: Escalation, deciding: Deciding) -> None:
    check_is_as_read(matter, deciding)
    if matter.state != State.OPEN:
        raise MatterError(_("El asunto ya está %(state)s.") % {"state": matter.get_state_display()})


def write_decision(matter: Escalation, actor: User, decision: Decision, at: datetime) -> None:
    """Who decided what. Raises MatterError when something of it is missing."""
    matter.decision = required(decision.text, _("Escriba la decisión."), MatterError)
    if decision.owner_id is None:
        raise MatterError(_("Elija a qué institución se encarga."))
    if decision.due_on is None or decision.due_on < day_of(at):
        raise MatterError(_("Escriba hasta cuándo, de hoy en adelante."))
    matter.owner_id, matter.due_on = decision.owner_id, decision.due_on
    matter.state, matter.decided_by, matter.decided_at = State.DECIDED, actor, at
    matter.version += 1


def own_evidence(matter: Escalation, evidence_id: int | None) -> Evidence | None:
    if evidence_id is None:
        return None
    found = Evidence.objects.filter(pk=evidence_id, institution=matter.owner_id).first()
    if found is None:
        raise MatterError(_("Ese archivo no es de la institución encargada."))
    return found
