"""Agreements as they are taken: numbered without gaps, with who, until when and what for."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import answered, remember
from sigpret.apps.institutions.models import CrossCuttingTheme, Institution
from sigpret.apps.mesas.actions.session import MinutesError, note, saved, writable_meeting
from sigpret.apps.mesas.models import Agreement, Conformity, Meeting
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.apps.results.models import Goal
from sigpret.methodology.mesas.minutes import DueDoubt, doubt_about_due
from sigpret.web.dates import date_words, day_of

#: Far above any number of agreements of one meeting: the place numbers pass through.
ASIDE = 10_000


class DueBeforeSessionError(MinutesError):
    """An agreement cannot be due before it was taken."""


class StaleAgreementError(MinutesError):
    """Somebody changed the agreement since the person read it; `stored` is what it says now."""

    def __init__(self, stored: Agreement) -> None:
        super().__init__(
            _("Otra persona cambió el acuerdo %(n)s. Compare los dos textos y guarde de nuevo.")
            % {"n": f"{stored.meeting.number}.{stored.number}"}
        )
        self.stored = stored


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement as it is typed; `responsible_id` when that person has an account."""

    text: str
    institution_id: int
    responsible: str
    due_on: date
    expected_result: str = ""
    responsible_id: int | None = None
    goal_id: int | None = None
    theme_id: int | None = None
    supersedes_id: int | None = None

    def fields(self) -> dict[str, Any]:
        return {
            "text": self.text.strip(),
            "expected_result": self.expected_result.strip(),
            "institution_id": self.institution_id,
            "responsible": self.responsible.strip(),
            "responsible_person_id": self.responsible_id,
            "agreed_due_on": self.due_on,
            "due_on": self.due_on,
            "goal_id": self.goal_id,
            "theme_id": self.theme_id,
            "supersedes_id": self.supersedes_id,
        }


@transaction.atomic
def add_agreement(
    *,
    actor: User,
    standing: Standing,
    meeting_id: int,
    item_id: int,
    agreed: Agreed,
    at: datetime,
    observation_id: int | None = None,
    key: UUID | None = None,
) -> Agreement:
    """Write an agreement under a topic; it takes the next number of the meeting.

    With `observation_id` it is what was done about that observation, which is then resolved.
    A repeated request adds one. Raises PermissionDenied, MinutesError, DueBeforeSessionError,
    DifferentRequestError and AgendaItem.DoesNotExist.
    """
    meeting = writable_meeting(meeting_id, standing)
    item = meeting.agenda.get(pk=item_id)
    fields = checked(agreed, meeting)
    asked = {"add_agreement": item_id, **fields}
    before = answered(user=actor, key=key, asked=asked, at=at)
    if before is not None:
        return Agreement.objects.get(pk=before["agreement"])
    last = meeting.agreements.aggregate(last=Max("number"))["last"] or 0
    agreement = Agreement.objects.create(
        mesa_id=meeting.mesa_id, meeting=meeting, item=item, number=last + 1, **fields
    )
    if observation_id is not None:
        settle_observation(agreement, observation_id, at)
    saved(meeting)
    remember(user=actor, key=key, answer={"agreement": agreement.pk})
    note(meeting, actor, "agreed", {"agreement": agreement.pk, "number": agreement.number})
    return agreement


def settle_observation(agreement: Agreement, observation_id: int, at: datetime) -> None:
    """The observation is answered by the agreement it led to. Raises MinutesError for one of
    other minutes."""
    observation = Conformity.objects.filter(
        pk=observation_id, version__meeting=agreement.meeting, answer=Conformity.Answer.OBSERVES
    ).first()
    if observation is None:
        raise MinutesError(_("Esa observación no es de esta ayuda memoria."))
    agreement.from_observation = observation
    agreement.save(update_fields=["from_observation"])
    number = f"{agreement.meeting.number}.{agreement.number}"
    observation.resolution = _("Se agregó el acuerdo %(n)s.") % {"n": number}
    observation.resolved_at = at
    observation.save(update_fields=["resolution", "resolved_at"])


@transaction.atomic
def change_agreement(
    *,
    actor: User,
    standing: Standing,
    meeting_id: int,
    agreement_id: int,
    agreed: Agreed,
    expected_version: int,
) -> Agreement:
    """Correct an agreement while its minutes are not distributed; the same again is nothing.

    Raises PermissionDenied, MinutesError, StaleAgreementError and Agreement.DoesNotExist.
    """
    meeting = writable_meeting(meeting_id, standing)
    held = meeting.agreements.select_for_update(of=("self",), no_key=True)
    agreement: Agreement = held.select_related("meeting").get(pk=agreement_id)
    fields = checked(agreed, meeting)
    if agreement.agreed_due_on == agreed.due_on:
        # What was reprogrammed since keeps its day.
        fields["due_on"] = agreement.due_on
    old = {name: getattr(agreement, name) for name in fields}
    if old == fields:
        return agreement
    if agreement.version != expected_version:
        raise StaleAgreementError(agreement)
    for name, value in fields.items():
        setattr(agreement, name, value)
    agreement.version += 1
    agreement.save(update_fields=[*fields, "version"])
    saved(meeting)
    changed = {name: [str(old[name]), str(new)] for name, new in fields.items() if old[name] != new}
    note(meeting, actor, "agreement_changed", {"agreement": agreement.pk, "changed": changed})
    return agreement


@transaction.atomic
def drop_agreement(
    *, actor: User, standing: Standing, meeting_id: int, agreement_id: int
) -> Meeting:
    """Take back an agreement before its minutes are distributed; those after it move up.

    Dropping twice has one effect. Raises PermissionDenied and MinutesError.
    """
    meeting = writable_meeting(meeting_id, standing)
    agreement = meeting.agreements.filter(pk=agreement_id).first()
    if agreement is None:
        return meeting
    if agreement.steps.exists() or agreement.escalations.exists():
        raise MinutesError(
            _(
                "Ese acuerdo ya tiene seguimiento: no se quita. Déjelo sin efecto cuando sea "
                "definitivo."
            )
        )
    number, text = agreement.number, agreement.text
    agreement.delete()
    # Aside and back: no two rows have the same number at any moment of the statement.
    later = meeting.agreements.filter(number__gt=number)
    later.update(number=F("number") + ASIDE)
    meeting.agreements.filter(number__gt=ASIDE).update(number=F("number") - ASIDE - 1)
    saved(meeting)
    note(meeting, actor, "agreement_dropped", {"number": number, "text": text})
    return meeting


def checked(agreed: Agreed, meeting: Meeting) -> dict[str, Any]:
    """The fields of the row, when they make an agreement. Raises MinutesError."""
    fields = agreed.fields()
    if not fields["text"]:
        raise MinutesError(_("Escriba el acuerdo."))
    if not fields["responsible"]:
        raise MinutesError(_("Escriba quién responde por el acuerdo."))
    if not Institution.objects.filter(pk=agreed.institution_id).exists():
        raise MinutesError(_("Elija la institución que responde por el acuerdo."))
    check_due(agreed.due_on, meeting)
    check_links(agreed, meeting)
    return fields


def check_due(due_on: date, meeting: Meeting) -> None:
    held_on = day_of(meeting.started_at or meeting.starts_at)
    if doubt_about_due(due_on, held_on) is DueDoubt.BEFORE_SESSION:
        raise DueBeforeSessionError(
            _("El acuerdo vencería antes de la sesión del %(day)s. Elija una fecha posterior.")
            % {"day": date_words(held_on)}
        )


def check_links(agreed: Agreed, meeting: Meeting) -> None:
    """The goal is of the country, the theme of the list, what it supersedes of this mesa."""
    if agreed.goal_id and not Goal.objects.filter(pk=agreed.goal_id).exists():
        raise MinutesError(_("Esa meta no existe."))
    if agreed.theme_id and not CrossCuttingTheme.objects.filter(pk=agreed.theme_id).exists():
        raise MinutesError(_("Ese tema transversal no existe."))
    if agreed.supersedes_id is None:
        return
    earlier = Agreement.objects.filter(pk=agreed.supersedes_id, mesa_id=meeting.mesa_id)
    if not earlier.filter(is_final=True).exists():
        raise MinutesError(_("Sólo se sustituye un acuerdo definitivo de esta mesa."))
