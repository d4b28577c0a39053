"""One e-mail: plain text and HTML with the same words, one button, nothing that calls home.

The words never name a person: what somebody wrote stays in the product (`Notice.detail`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.mime.base import MIMEBase
from email.mime.nonmultipart import MIMENonMultipart
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sigpret.apps.notices.kinds import Text, find_kind
from sigpret.documents.calendar import CalendarEvent, feed

PREFERENCES_PATH = "/perfil/avisos"
PREFIX = "SIGPRET · "


@dataclass(frozen=True, slots=True)
class Letter:
    """What one e-mail says, before it is a MIME message.

    `number` names it for ever: the same number is the same e-mail, sent again or not. `url` is
    a path of the product; `items` are lines of a summary (`title`, `url`, `when`).
    """

    number: int
    to: str
    kind: str
    title: str
    body: str
    url: str
    subject_key: str
    written_at: datetime
    due_at: datetime | None = None
    items: tuple[dict[str, str], ...] = field(default_factory=tuple)


def compose(letter: Letter) -> EmailMultiAlternatives:
    """The message, ready to be handed to a mail server."""
    facts = {
        "title": letter.title,
        "paragraphs": [line for line in letter.body.splitlines() if line.strip()],
        "items": [item | {"url": absolute(item["url"])} for item in letter.items],
        "action": action_of(letter.kind),
        "url": absolute(letter.url),
        "preferences_url": absolute(PREFERENCES_PATH),
        "is_demo": settings.DEMO,
    }
    message = EmailMultiAlternatives(
        subject=PREFIX + letter.title,
        body=plain_text(facts),
        to=[letter.to],
        reply_to=[settings.REPLY_TO_EMAIL] if settings.REPLY_TO_EMAIL else None,
        headers=headers_of(letter),
    )
    message.attach_alternative(render_to_string("notices/mail/notice.html", facts), "text/html")
    if letter.due_at:
        message.attach(appointment(letter, letter.due_at))
    return message


def plain_text(facts: Mapping[str, Any]) -> str:
    """The same words for a program that shows no HTML."""
    lines = [facts["title"], "", *(f"{line}\n" for line in facts["paragraphs"])]
    for item in facts["items"]:
        when = f" ({item['when']})" if item.get("when") else ""
        lines += [f"- {item['title']}{when}", f"  {item['url']}"]
    lines += ["", f"{facts['action']}:", facts["url"], "", "-- "]
    lines.append(_("SIGPRET · Gestión por resultados · República de Honduras"))
    if facts["is_demo"]:
        lines.append(_("Datos ficticios de demostración."))
    lines.append(f"{_('Elija qué avisos recibe:')} {facts['preferences_url']}")
    return "\n".join(lines) + "\n"


def headers_of(letter: Letter) -> dict[str, str]:
    """A Message-ID that never changes, so that a mailbox recognises a second copy."""
    return {
        "Message-ID": f"<aviso-{letter.number}.{letter.written_at:%Y%m%d}@{host()}>",
        "Date": letter.written_at.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S +0000"),
        "List-Unsubscribe": f"<{absolute(PREFERENCES_PATH)}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "es",
    }


def action_of(kind: str) -> Text:
    """The verb of the button; a kind that no longer exists still opens its page."""
    found = find_kind(kind)
    return found.action if found else _("Abrir en SIGPRET")


def absolute(path: str) -> str:
    """The whole address of a path of the product."""
    return urljoin(settings.SITE_URL, path)


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def appointment(letter: Letter, due_at: datetime) -> MIMEBase:
    """The deadline as a calendar file; a new date for the same thing replaces the old one."""
    calendar = feed("", [deadline_event(letter.subject_key, letter, due_at)])
    part = MIMENonMultipart("text", "calendar", method="PUBLISH", charset="utf-8", name="plazo.ics")
    part.set_payload(calendar.decode("utf-8"), "utf-8")
    part.add_header("Content-Disposition", "attachment", filename="plazo.ics")
    return part


def deadline_event(key: str, letter: Letter, due_at: datetime) -> CalendarEvent:
    return CalendarEvent(
        uid=f"{key.replace(' ', '-')}@{host()}",
        # Grows with time, as a change of the same appointment must.
        sequence=int(letter.written_at.timestamp() // 60),
        starts=due_at,
        summary=letter.title,
        written_at=letter.written_at,
        description=f"{letter.body}\n{absolute(letter.url)}",
        url=absolute(letter.url),
    )
