"""The convocation as it would arrive, sent to who is writing it and to nobody else."""

from datetime import datetime
from smtplib import SMTPException
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.mesas.actions.preparation import MeetingError, held_meeting, note
from sigpret.apps.mesas.convocation_words import Writer
from sigpret.apps.mesas.letters import compose
from sigpret.apps.mesas.models import Participant, Sending
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.queries import Standing
from sigpret.apps.mesas.queries.convening import next_number
from sigpret.apps.notices.mail import host


@transaction.atomic
def send_proof(*, actor: User, standing: Standing, meeting_id: int, at: datetime) -> str:
    """Send the letter of a meeting in preparation to its writer; the address it went to.

    Nothing of the meeting changes, nobody is called, and no invitation enters a calendar. Its
    answer buttons open nothing. Raises PermissionDenied, Meeting.DoesNotExist, and MeetingError
    when the meeting was already called, the person has no address or the mail server is down.
    """
    check_can_write(standing)
    meeting = held_meeting(meeting_id, standing, None)
    if meeting.state != MeetingState.PREPARED:
        raise MeetingError(_("La reunión ya se convocó: la prueba es de lo que no se ha enviado."))
    if not actor.email:
        raise MeetingError(_("Su cuenta no tiene correo: no hay dónde enviarle la prueba."))
    meeting.number = next_number(meeting.mesa)
    # As on the day they are called, so that the letter counts its days from today.
    meeting.convened_at = at
    reader = Participant(
        meeting=meeting,
        full_name=actor.full_name,
        email=actor.email,
        token="prueba",  # noqa: S106 - it opens nothing
        conformity_key=uuid4(),
    )
    letter = Writer(meeting).call(reader)
    message = compose(
        Sending(
            pk=meeting_id,
            participant=reader,
            kind=Sending.Kind.CONVOCATION,
            subject=_("Prueba: %(subject)s") % {"subject": letter.subject},
            body="\n\n".join(
                (_("Es una prueba: sólo la recibe usted y sus botones no responden."), letter.body)
            ),
            queued_at=at,
        )
    )
    # Each proof is a letter of its own: the key of a call is kept for the call.
    message.extra_headers["Message-ID"] = f"<prueba-{uuid4()}@{host()}>"
    try:
        message.send()
    except (OSError, SMTPException):
        raise MeetingError(
            _("El servidor de correo no responde: el borrador está guardado. Reintente después.")
        ) from None
    note(meeting, actor, "proof_sent")
    return str(actor.email)
