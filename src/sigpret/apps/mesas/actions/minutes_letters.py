"""What is written to people about minutes: to agree, that somebody waits, and the minutes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sigpret.apps.mesas.actions.sendings import Letter, queue, withdraw
from sigpret.apps.mesas.meeting_words import title_of
from sigpret.apps.mesas.models import Agreement, Meeting, MinutesVersion, Participant, Sending
from sigpret.apps.mesas.queries.minutes_content import code_of
from sigpret.web.dates import date_words, deadline_words

Kind = Sending.Kind


def ask_people(
    meeting: Meeting, version: MinutesVersion, people: Iterable[Participant], *, at: datetime
) -> int:
    """Ask who was there whether they agree with a version; each once per version."""
    withdraw(meeting, Kind.CONFORMITY, Kind.CONFORMITY_REMINDER)
    again = version.number > 1
    words = words_of(meeting)
    opening = (
        _("La ayuda memoria n.º %(code)s cambió: ésta es la versión %(version)d. %(reason)s")
        if again
        else _("Ya puede leer la ayuda memoria n.º %(code)s de la %(title)s.")
    )
    body = "\n\n".join(
        (
            opening % {**words, "version": version.number, "reason": version.reason},
            _("Responda a más tardar el %(until)s: basta un toque.") % words,
        )
    )
    subject = _("¿Está conforme con la ayuda memoria n.º %(code)s?") % words
    return send(people, Kind.CONFORMITY, subject, body, sequence=version.number, at=at)


def remind_people(
    meeting: Meeting, version: MinutesVersion, people: Iterable[Participant], *, at: datetime
) -> int:
    """Remind whoever has not answered, once per version and day of the year."""
    words = words_of(meeting)
    body = _(
        "Falta su conformidad con la ayuda memoria n.º %(code)s. "
        "Responda a más tardar el %(until)s."
    )
    subject = _("Falta su conformidad: ayuda memoria n.º %(code)s") % words
    sequence = version.number * 1000 + at.timetuple().tm_yday
    return send(people, Kind.CONFORMITY_REMINDER, subject, body % words, sequence=sequence, at=at)


def send_minutes(
    meeting: Meeting, people: Iterable[Participant], taken: Iterable[Agreement], *, at: datetime
) -> int:
    """The minutes themselves, to everybody of the meeting, with what it agreed."""
    withdraw(meeting, Kind.CONFORMITY, Kind.CONFORMITY_REMINDER)
    words = words_of(meeting)
    lines = [
        f"{row.number}. {row.text} ({row.institution.name}, {date_words(row.agreed_due_on)})"
        for row in taken
    ]
    parts = [_("Ésta es la ayuda memoria n.º %(code)s de la %(title)s, ya definitiva.") % words]
    if lines:
        parts += [_("Se acordó:"), "\n".join(lines)]
    parts.append(_("Verifique el documento con su huella: %(digest)s") % words)
    subject = _("Ayuda memoria n.º %(code)s de la %(title)s") % words
    return send(people, Kind.MINUTES, subject, "\n\n".join(parts), sequence=0, at=at)


def words_of(meeting: Meeting) -> dict[str, Any]:
    return {
        "title": title_of(meeting),
        "code": code_of(meeting),
        "until": deadline_words(meeting.conformity_due_on),
        "digest": meeting.document_digest[:16],
    }


def send(
    people: Iterable[Participant],
    kind: str,
    subject: str,
    body: str,
    *,
    sequence: int,
    at: datetime,
) -> int:
    """Queue one letter to each who has an address; how many were not queued before."""
    letter = Letter(subject, body)
    return queue(people, kind, lambda _person: letter, sequence=sequence, at=at)
