"""What people of a meeting are written: the words when it is queued, the message when it leaves.

The words are plain text with a shape of its own, so that text and HTML say the same: blank lines
part the blocks, a block whose lines start with a number is a list, an indented block is a box.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailAlternative, EmailMultiAlternatives
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.apps.evidence import storage
from sigpret.apps.evidence.models import StoredFile
from sigpret.apps.mesas.actions.sendings import CALLS, address_of
from sigpret.apps.mesas.models import Participant, Sending
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.workflow import AWAITED
from sigpret.apps.notices.mail import PREFIX, absolute, host
from sigpret.apps.notices.queues import Queue

Kind = Sending.Kind
NOT_ANSWERED = Participant.Answer.NONE
NUMBERED = re.compile(r"\d+\. ")
#: What each letter asks for, and where: one key answers the call, another one the minutes.
ANSWERS = (
    (gettext_lazy("Asistiré"), "/r/{token}?respuesta=asistire"),
    (gettext_lazy("No podré"), "/r/{token}?respuesta=no-podre"),
    (gettext_lazy("Envío a otra persona"), "/r/{token}?respuesta=otra-persona"),
)
ACTIONS: dict[str, tuple[tuple[Any, str], ...]] = {
    Kind.CONVOCATION: ANSWERS,
    Kind.CHANGE: ANSWERS,
    Kind.ANSWER_REMINDER: ANSWERS,
    Kind.EVE_REMINDER: ((gettext_lazy("Ver la convocatoria"), "/r/{token}"),),
    Kind.CANCELLATION: (),
    Kind.CONFORMITY: ((gettext_lazy("Leer y dar conformidad"), "/c/{key}"),),
    Kind.CONFORMITY_REMINDER: ((gettext_lazy("Leer y dar conformidad"), "/c/{key}"),),
    Kind.MINUTES: ((gettext_lazy("Leer la ayuda memoria"), "/c/{key}"),),
}
#: The letters that carry the agenda; the minutes carry themselves.
WITH_AGENDA = frozenset({Kind.CONVOCATION, Kind.CHANGE})


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a letter: paragraphs, a numbered list or a box."""

    kind: str
    lines: tuple[str, ...]


def blocks_of(text: str) -> tuple[Block, ...]:
    """The parts of a text, as its blank lines and first characters say."""
    parts = (part.splitlines() for part in re.split(r"\n\s*\n", text) if part.strip())
    return tuple(block_of(lines) for lines in parts)


def block_of(lines: list[str]) -> Block:
    if all(NUMBERED.match(line) for line in lines):
        return Block("list", tuple(NUMBERED.sub("", line, count=1) for line in lines))
    kind = "box" if all(line.startswith("  ") for line in lines) else "text"
    return Block(kind, tuple(line.strip() for line in lines))


def compose(sending: Sending) -> EmailMultiAlternatives:
    """The message, ready for a mail server: text, HTML, invitation, and the agenda attached."""
    facts = facts_of(sending)
    message = EmailMultiAlternatives(
        subject=PREFIX + sending.subject,
        body=plain_text(facts),
        from_email=sender_of(sending),
        to=[address_of(sending.participant, sending.kind)],
        reply_to=[settings.REPLY_TO_EMAIL] if settings.REPLY_TO_EMAIL else None,
        headers=headers_of(sending),
    )
    message.attach_alternative(render_to_string("mesas/mail/letter.html", facts), "text/html")
    if sending.calendar:
        message.alternatives.append(invitation_part(sending.calendar))
    for name, file in papers_of(sending):
        message.attach(name, storage.read(file.sha256), file.media_type)
    return message


def invitation_part(calendar: str) -> EmailAlternative:
    """The invitation as an alternative of the text; METHOD in the file is repeated in the header,
    or Outlook does not know what it is asked."""
    found = re.search(r"^METHOD:(\w+)", calendar, re.MULTILINE)
    method = found[1] if found else "REQUEST"
    return EmailAlternative(calendar, f"text/calendar; method={method}")


def sender_of(sending: Sending) -> str:
    """The mesa, at the address of the product: `MESGEPRET Salud <sigpret@…>`."""
    name = _("MESGEPRET %(name)s") % {"name": sending.participant.meeting.mesa.sector.name}
    return formataddr((name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def facts_of(sending: Sending) -> dict[str, Any]:
    keys = {
        "token": sending.participant.token,
        "key": sending.participant.conformity_key,
    }
    return {
        "title": sending.subject,
        "body": sending.body,
        "blocks": blocks_of(sending.body),
        "actions": [
            (label, absolute(path.format(**keys))) for label, path in ACTIONS[sending.kind]
        ],
        "is_demo": settings.DEMO,
    }


def plain_text(facts: Mapping[str, Any]) -> str:
    """The same words for a program that shows no HTML."""
    lines = [facts["body"], ""]
    for label, url in facts["actions"]:
        lines += [f"{label}:", url, ""]
    lines += ["-- ", _("SIGPRET · Gestión por resultados · República de Honduras")]
    if facts["is_demo"]:
        lines.append(_("Datos ficticios de demostración."))
    return "\n".join(lines) + "\n"


def headers_of(sending: Sending) -> dict[str, str]:
    """A Message-ID that never changes, so that a mailbox recognises a second copy."""
    written = sending.queued_at.astimezone(UTC)
    return {
        "Message-ID": f"<mesa-{sending.pk}.{written:%Y%m%d}@{host()}>",
        "Date": written.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        "Auto-Submitted": "auto-generated",
        "Content-Language": "es",
    }


def papers_of(sending: Sending) -> tuple[tuple[str, StoredFile], ...]:
    """The files that travel with it."""
    meeting = sending.participant.meeting
    if sending.kind == Kind.MINUTES and meeting.document is not None:
        name = _("ayuda-memoria-%(n)s.pdf") % {"n": meeting.number}
        return ((name, meeting.document),)
    if sending.kind not in WITH_AGENDA:
        return ()
    found = meeting.attachments.select_related("file").order_by("-is_agenda", "id")
    return tuple((paper.name, paper.file) for paper in found)


def rows() -> QuerySet[Sending]:
    return Sending.objects.select_related(
        "participant__meeting__document", "participant__meeting__mesa__sector"
    )


def is_current(sending: Sending, at: datetime) -> bool:
    """Is what it tells still so? A call is of the meeting as it is, and before it begins."""
    person = sending.participant
    meeting = person.meeting
    if sending.kind in CALLS:
        is_of_now = sending.sequence == meeting.sequence and at < meeting.starts_at
        is_asked = sending.kind != Kind.ANSWER_REMINDER or person.answer == NOT_ANSWERED
        return is_of_now and is_asked and meeting.state in AWAITED and person.removed_at is None
    if sending.kind == Kind.CANCELLATION:
        return meeting.state == MeetingState.CANCELLED or person.removed_at is not None
    if sending.kind == Kind.CONFORMITY:
        is_asked = sending.sequence == meeting.text_version
        return is_asked and meeting.state == MeetingState.CONFORMITY
    return sending.kind == Kind.MINUTES or meeting.state == MeetingState.CONFORMITY


SENDINGS = Queue(
    "mesas",
    rows,
    compose,
    since="waiting_since",
    doubtful=Sending.State.DOUBTFUL,
    is_current=is_current,
    withdrawn=Sending.State.WITHDRAWN,
)
