"""What people answer to a convocation, with their own key and no account."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.audit.actions import record
from sigpret.apps.mesas.actions.preparation import MeetingError
from sigpret.apps.mesas.models import Participant
from sigpret.apps.mesas.workflow import AWAITED

Answer = Participant.Answer
#: Enough to tell a slip of the finger; the mail server says the rest.
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@transaction.atomic
def answer_invitation(
    *,
    token: str,
    answer: str,
    note: str = "",
    substitute_name: str = "",
    substitute_position: str = "",
    substitute_email: str = "",
    at: datetime,
) -> Participant:
    """Write down whether a person comes; they may change their mind until the meeting begins.

    Who sends somebody says whom; who does not come may say why. The same answer twice is one.
    Raises MeetingError and Participant.DoesNotExist.
    """
    person: Participant = (
        Participant.objects.select_for_update(of=("self",))
        .select_related("meeting", "person")
        .get(token=token, removed_at=None)
    )
    check_can_answer(person, at)
    if answer not in set(Answer) - {Answer.NONE}:
        raise MeetingError(_("Elija una de las tres respuestas."))
    said = said_by(answer, note, substitute_name, substitute_position, substitute_email)
    if answer == Answer.SENDS_OTHER and not said["substitute_name"]:
        raise MeetingError(_("Escriba el nombre de quien irá en su lugar."))
    if said["substitute_email"] and not EMAIL.fullmatch(said["substitute_email"]):
        raise MeetingError(_("Revise el correo de quien irá en su lugar, o déjelo en blanco."))
    if all(getattr(person, name) == value for name, value in said.items()):
        return person
    for name, value in said.items():
        setattr(person, name, value)
    person.answered_at = at
    person.save(update_fields=[*said, "answered_at"])
    record(
        actor=person.person,
        action="mesas.invitation_answered",
        subject_type="participant",
        subject_id=person.pk,
        payload={"meeting": person.meeting_id, **without_address(said)},
    )
    return person


def check_can_answer(person: Participant, at: datetime) -> None:
    meeting = person.meeting
    if meeting.state not in AWAITED:
        raise MeetingError(_("Esta reunión ya no espera respuestas."))
    if meeting.ends_at <= at:
        raise MeetingError(_("La reunión ya pasó: la asistencia la registra su coordinación."))


def without_address(said: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in said.items() if name != "substitute_email"}


def said_by(answer: str, note: str, name: str, position: str, email: str) -> dict[str, str]:
    """What is kept of an answer; a substitute only of who sends one."""
    sends = answer == Answer.SENDS_OTHER
    return {
        "answer": answer,
        "answer_note": note.strip()[:300],
        "substitute_name": name.strip()[:200] if sends else "",
        "substitute_position": position.strip()[:200] if sends else "",
        "substitute_email": email.strip().lower()[:254] if sends else "",
    }
