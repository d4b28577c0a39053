"""The minutes in the words of a document: from the data people accepted to what is printed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from sigpret.apps.mesas.meeting_words import hours_words
from sigpret.apps.mesas.models import (
    Agreement,
    Conformity,
    Meeting,
    MinutesVersion,
    Participant,
)
from sigpret.apps.mesas.models.mesa import Level
from sigpret.apps.mesas.queries.minutes_content import CAME
from sigpret.apps.notices.mail import absolute
from sigpret.documents.minutes import (
    MinutesAgreement,
    MinutesPaper,
    MinutesPerson,
    MinutesPrevious,
    MinutesSignature,
    MinutesTopic,
)
from sigpret.web.dates import date_words, day_of, deadline_words, long_date

Content = Mapping[str, Any]
#: So many characters of the digest name a document; the page shows all of it.
CODE_LENGTH = 16


def verification_code(digest: str) -> str:
    return digest[:CODE_LENGTH]


def paper_of(
    meeting: Meeting,
    version: MinutesVersion,
    signatures: Iterable[MinutesSignature],
    *,
    is_demo: bool,
) -> MinutesPaper:
    """One version as a document; its mesa's sector must be at hand. No statement."""
    content = version.content
    is_final = meeting.document_digest == version.digest
    address = absolute(f"/verificar/{verification_code(version.digest)}") if is_final else ""
    return MinutesPaper(
        code=content["code"],
        mesa=content["mesa"],
        meeting=content["meeting"],
        version=version.number,
        facts=facts_of(content, meeting),
        people=tuple(person_of(person) for person in content["participants"]),
        opening=content["opening"],
        topics=tuple(topic_of(item) for item in content["agenda"]),
        previous=tuple(previous_of(row) for row in content["follow_up"]),
        closing=content["closing"],
        signatures=tuple(signatures),
        digest=version.digest,
        verify_at=address,
        is_final=is_final,
        is_demo=is_demo,
    )


def draft_paper(meeting: Meeting, content: Content, digest: str) -> MinutesPaper:
    """What is written so far, before anybody is asked; it says it has no effect."""
    version = MinutesVersion(meeting=meeting, number=0, content=dict(content), digest=digest)
    return paper_of(meeting, version, (), is_demo=settings.DEMO)


def facts_of(content: Content, meeting: Meeting) -> tuple[tuple[str, str], ...]:
    quorum = content["quorum"]
    pairs = (
        (_("No. de Acta"), content["code"]),
        (_("Sesión"), session_words(content)),
        (_("Resultado"), "" if was_held(content) else _("No se realizó: no asistió nadie.")),
        (_("Lugar"), " · ".join(part for part in (content["place"], content["link"]) if part)),
        (_("Grupo de trabajo"), content.get("group", "")),
        (_("Nivel"), str(Level(content["level"]).label)),
        (_("Clase"), str(Meeting.Kind(content["kind"]).label)),
        (_("Modalidad"), str(Meeting.Mode(content["mode"]).label)),
        (_("Convocada"), day_text(content["convened_at"])),
        (_("Con menos anticipación porque"), content["early_reason"]),
        (
            _("Quórum"),
            _("%(present)s de %(needed)s instituciones requeridas")
            % {"present": quorum["present"] or 0, "needed": quorum["needed"] or "—"},
        ),
        (
            _("Distribuida"),
            deadline_words(meeting.distributed_at) if meeting.distributed_at else "",
        ),
        (_("Después del plazo porque"), meeting.late_reason),
    )
    return tuple((label, said) for label, said in pairs if said)


def was_held(content: Content) -> bool:
    """False when the session ended and nobody was there."""
    people = content["participants"]
    return not content["finished_at"] or any(one["attendance"] in CAME for one in people)


def session_words(content: Content) -> str:
    """`martes 20 de octubre de 2026, 9:00 a 11:10 a. m.`, with both days when it crossed one."""
    if not content["started_at"]:
        return ""
    start = datetime.fromisoformat(content["started_at"])
    if not content["finished_at"]:
        return f"{long_date(start)}, {deadline_words(start).rsplit(', ', 1)[-1]}"
    end = datetime.fromisoformat(content["finished_at"])
    if start.date() == end.date():
        return f"{long_date(start)}, {hours_words(start, end)}"
    return _("%(start)s a %(end)s") % {
        "start": f"{long_date(start)}, {deadline_words(start).rsplit(', ', 1)[-1]}",
        "end": deadline_words(end),
    }


def day_text(iso: str) -> str:
    return date_words(datetime.fromisoformat(iso)) if iso else ""


def person_of(person: Content) -> MinutesPerson:
    came = str(Participant.Attendance(person["attendance"]).label)
    if person["substitute"] and person["attendance"] == Participant.Attendance.SUBSTITUTED:
        post = f", {person['substitute_position']}" if person["substitute_position"] else ""
        came = _("en su lugar: %(name)s%(post)s") % {"name": person["substitute"], "post": post}
    return MinutesPerson(
        name=person["name"],
        position=person["position"],
        institution=person["institution"],
        standing=str(Participant.Standing(person["standing"]).label),
        attendance=came,
    )


def topic_of(item: Content) -> MinutesTopic:
    lines = (
        _("Expuso: %(who)s") % {"who": item["presenter"]} if item["presenter"] else "",
        _("Meta: %(goal)s") % {"goal": item["goal"]} if item["goal"] else "",
        _("Temas transversales: %(themes)s") % {"themes": ", ".join(item["themes"])}
        if item["themes"]
        else "",
        _("Tema agregado en la sesión") if item["unplanned"] else "",
    )
    return MinutesTopic(
        number=item["position"],
        title=item["title"],
        detail=" · ".join(line for line in lines if line),
        notes=item["notes"],
        agreements=tuple(agreement_of(row) for row in item["agreements"]),
    )


def agreement_of(row: Content) -> MinutesAgreement:
    extra = (row["goal"], row["theme"])
    replaced = row["supersedes"]
    return MinutesAgreement(
        number=row["number"],
        text=row["text"],
        result=row["expected_result"],
        responsible=", ".join(
            part for part in (row["responsible"], row["position"], row["institution"]) if part
        ),
        due=date_words(date.fromisoformat(row["due_on"])),
        linked=" · ".join(part for part in extra if part),
        supersedes=_("Sustituye al acuerdo %(n)s") % {"n": replaced} if replaced else "",
    )


def previous_of(row: Content) -> MinutesPrevious:
    return MinutesPrevious(
        number=row["number"],
        text=row["text"],
        institution=row["institution"],
        due=date_words(date.fromisoformat(row["due_on"])),
        state=str(Agreement.State(row["state"]).label),
    )


def signatures_of(meeting: Meeting, version: MinutesVersion) -> tuple[MinutesSignature, ...]:
    """Who agreed with this version, and when; one statement."""
    said = version.conformities.select_related("participant")
    return tuple(
        MinutesSignature(
            name=signer_words(row.participant),
            institution=row.participant.institution_name,
            said=words_of_answer(row, meeting),
        )
        for row in said.order_by("participant__institution_name", "participant__full_name")
    )


def signer_words(person: Participant) -> str:
    if person.signer == person.full_name:
        return str(person.full_name)
    words = {"name": person.signer, "absent": person.full_name}
    return _("%(name)s, en lugar de %(absent)s") % words


def words_of_answer(row: Conformity, meeting: Meeting) -> str:
    if row.is_silent:
        until = date_words(meeting.conformity_due_on or day_of(row.answered_at))
        return _("No respondió hasta el %(day)s") % {"day": until}
    moment = deadline_words(row.answered_at)
    if row.answer == Conformity.Answer.CONFORMS:
        return _("Conforme, %(when)s") % {"when": moment}
    if not row.resolution:
        # What is still being talked over is for who writes the minutes, not for their readers.
        return _("Observó, %(when)s: sin atender") % {"when": moment}
    words = {"when": moment, "said": row.observation, "done": row.resolution}
    return _("Observó, %(when)s: %(said)s — %(done)s") % words
