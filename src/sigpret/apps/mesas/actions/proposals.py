"""The technical level proposes, the political level approves or returns with its reasons.

«Este nivel [político] es responsable de la aprobación al más alto nivel de las propuestas
técnicas» (guidelines, "Estructura de las mesas"). Products and strategies go the same way.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.mesas.actions.proposal_notices import tell_decided, tell_proposed
from sigpret.apps.mesas.models import CourseOfAction, MesaProduct, Strategy
from sigpret.apps.mesas.permissions import check_can_decide
from sigpret.apps.mesas.product_permissions import check_can_propose
from sigpret.apps.mesas.queries.standing import Standing

State = MesaProduct.State
WRITABLE = frozenset({State.DRAFT, State.RETURNED})
LEAST_OPTIONS = 2
Proposal = MesaProduct | Strategy


class ProposalError(Exception):
    """It cannot be done to what is proposed; its text is the sentence for the person."""


class StaleProposalError(ProposalError):
    """Somebody wrote in it or decided it since the person read it."""


@dataclass(frozen=True, slots=True)
class Proposing:
    """Who acts on a product or a strategy, which, as they read it, and when."""

    actor: User
    standing: Standing
    model: type[Proposal]
    subject_id: int
    expected_version: int
    at: datetime


@transaction.atomic
def propose(*, proposing: Proposing) -> Proposal:
    """Put a finished product or strategy to the political level, which is told.

    Raises PermissionDenied, ProposalError, StaleProposalError and DoesNotExist.
    """
    subject = held(proposing)
    check_can_propose(proposing.standing)
    if subject.state == State.PROPOSED and subject.proposed_by_id == proposing.actor.pk:
        return subject
    check_is_current(subject, proposing)
    check_is_writable(subject)
    check_is_complete(subject)
    subject.state, subject.version = State.PROPOSED, subject.version + 1
    subject.proposed_by, subject.proposed_at = proposing.actor, proposing.at
    subject.decided_by, subject.decided_at, subject.decision_reason = None, None, ""
    if isinstance(subject, MesaProduct):
        subject.digest = digest_of(subject)
    subject.save()
    tell_proposed(subject, by=proposing.actor, at=proposing.at)
    note(subject, proposing.at, proposing.actor, "proposed")
    return subject


@transaction.atomic
def decide_proposal(
    *, proposing: Proposing, is_approved: bool, reason: str, chosen_id: int | None = None
) -> Proposal:
    """Approve or return what was proposed, with reasons; nobody decides what they proposed.

    `chosen_id` is the course of action that is approved; None is the recommended one.
    Raises as `propose`.
    """
    subject = held(proposing)
    check_can_decide(proposing.standing)
    state = State.APPROVED if is_approved else State.RETURNED
    if subject.state == state and subject.decided_by_id == proposing.actor.pk:
        return subject
    check_is_current(subject, proposing)
    if subject.state != State.PROPOSED:
        raise ProposalError(_("Se decide lo que está propuesto al nivel político."))
    if subject.proposed_by_id == proposing.actor.pk:
        raise ProposalError(_("Quien propone no decide: pídalo a otra persona."))
    if not reason.strip():
        raise ProposalError(_("Escriba las razones de la decisión."))
    subject.state, subject.version = state, subject.version + 1
    subject.decided_by, subject.decided_at = proposing.actor, proposing.at
    subject.decision_reason = reason.strip()
    subject.save()
    if is_approved:
        put_in_force(subject, chosen_id)
    tell_decided(subject, by=proposing.actor, at=proposing.at)
    note(subject, proposing.at, proposing.actor, str(state), subject.decision_reason)
    return subject


def put_in_force(subject: Proposal, chosen_id: int | None) -> None:
    """The earlier version of a product is superseded; a strategy keeps what was chosen."""
    if isinstance(subject, MesaProduct):
        same = MesaProduct.objects.filter(
            mesa=subject.mesa_id, kind=subject.kind, year=subject.year, period=subject.period
        )
        same.filter(state=State.APPROVED).exclude(pk=subject.pk).update(state=State.SUPERSEDED)
        return
    options = CourseOfAction.objects.filter(strategy=subject.pk)
    wanted = options.filter(pk=chosen_id) if chosen_id else options.filter(is_recommended=True)
    chosen = wanted.first()
    if chosen is None:
        raise ProposalError(_("Elija uno de los cursos de acción."))
    chosen.is_chosen = True
    chosen.save(update_fields=["is_chosen"])


def held(proposing: Proposing) -> Proposal:
    """The product or strategy with its row locked. Raises DoesNotExist."""
    rows = proposing.model._default_manager.select_for_update(of=("self",))
    subject: Proposal = rows.select_related("mesa__sector").get(
        pk=proposing.subject_id, mesa=proposing.standing.mesa_id
    )
    return subject


def check_is_current(subject: Proposal, proposing: Proposing) -> None:
    if subject.version != proposing.expected_version:
        raise StaleProposalError(_("Alguien lo cambió mientras usted lo leía. Vuelva a leerlo."))


def check_is_writable(subject: Proposal) -> None:
    if subject.state not in WRITABLE:
        raise ProposalError(_("Ya está %(state)s.") % {"state": subject.get_state_display()})


def check_is_complete(subject: Proposal) -> None:
    """Nothing empty goes up. Raises ProposalError with what is missing."""
    if isinstance(subject, Strategy):
        options = list(subject.options.all())
        if len(options) < LEAST_OPTIONS:
            raise ProposalError(_("Compare al menos dos cursos de acción antes de proponer."))
        if not any(one.is_recommended for one in options):
            raise ProposalError(_("Diga qué curso de acción recomienda el nivel técnico."))
    elif not any(str(text).strip() for text in subject.sections.values()):
        raise ProposalError(_("Escriba al menos una sección antes de proponerlo."))
    elif subject.kind == MesaProduct.Kind.DIAGNOSIS and not subject.challenges.exists():
        raise ProposalError(_("Anote al menos un desafío del sector."))


def digest_of(product: MesaProduct) -> str:
    """SHA-256 of what the product says, as JSON with its keys in order; hexadecimal."""
    challenges = product.challenges.values_list("number", "title", "description", "evidence")
    said = {"sections": product.sections, "challenges": [list(row) for row in challenges]}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def note(subject: Proposal, at: datetime, actor: User, deed: str, text: str = "") -> None:
    name = "strategy" if isinstance(subject, Strategy) else "product"
    record(
        actor=actor,
        action=f"mesas.{name}_{deed}",
        subject_type=f"mesa_{name}",
        subject_id=subject.pk,
        payload={
            "mesa_id": subject.mesa_id,
            "title": subject.title,
            "state": subject.state,
            "digest": getattr(subject, "digest", ""),
            "at": at,
            "text": text,
            "version": subject.version,
        },
    )
