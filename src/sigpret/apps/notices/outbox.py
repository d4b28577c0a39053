"""Where the demonstration's mail goes: files that a page shows. No mail leaves the machine."""

import itertools
import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage as DjangoMessage
from django.core.mail.backends.base import BaseEmailBackend

SHOWN = 50
_number = itertools.count()


class OutboxBackend(BaseEmailBackend):
    """Writes each message whole, under a name that sorts by time."""

    def send_messages(self, email_messages: Sequence[DjangoMessage]) -> int:
        folder = settings.OUTBOX
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns():020}-{os.getpid()}-{next(_number)}.eml"
            draft = folder / f".{name}"
            draft.write_bytes(message.message().as_bytes())
            draft.rename(folder / name)
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class OutboxMail:
    """A mail of the demonstration as read back from its file."""

    name: str
    to: str
    subject: str
    written_at: datetime | None
    text: str
    html: str
    attachments: tuple[str, ...]


def outbox(addresses: Iterable[str]) -> tuple[OutboxMail, ...]:
    """The newest mails to these addresses, at most 50."""
    wanted = {address.lower() for address in addresses}
    newest = sorted(settings.OUTBOX.glob("*.eml"), reverse=True)[: SHOWN * 4]
    found = (read(path) for path in newest)
    return tuple(itertools.islice((mail for mail in found if mail.to.lower() in wanted), SHOWN))


def find_mail(name: str, addresses: Iterable[str]) -> OutboxMail | None:
    """The mail in this file; None when there is none or it is somebody else's."""
    path = settings.OUTBOX / f"{name}.eml"
    if path.parent != settings.OUTBOX or not path.is_file():
        return None
    mail = read(path)
    return mail if mail.to.lower() in {address.lower() for address in addresses} else None


def read(path: Path) -> OutboxMail:
    with path.open("rb") as file:
        message = BytesParser(policy=policy.default).parse(file)
    date = message["Date"]
    return OutboxMail(
        name=path.stem,
        to=parseaddr(str(message["To"]))[1],
        subject=str(message["Subject"]),
        written_at=parsedate_to_datetime(str(date)) if date else None,
        text=body_of(message, "plain"),
        html=body_of(message, "html"),
        attachments=tuple(part.get_filename() or "" for part in message.iter_attachments()),
    )


def body_of(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""
