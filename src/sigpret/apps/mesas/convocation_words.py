"""What a convocation, its change and its cancelling say to one person."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.apps.mesas.actions.sendings import Letter
from sigpret.apps.mesas.invitation import invitation_of
from sigpret.apps.mesas.meeting_words import (
    day_words,
    of_whom,
    place_line,
    title_of,
    when_line,
    who_meets,
)
from sigpret.apps.mesas.models import Meeting, Participant
from sigpret.documents.calendar import event
from sigpret.methodology.mesas.convocation import Objection, answer_by
from sigpret.web.dates import clock_time, day_of, deadline_words

OBJECTIONS = {
    Objection.IN_THE_PAST: gettext_lazy("Ese momento ya pasó: elija una fecha futura."),
    Objection.NO_AGENDA: gettext_lazy(
        "Marque al menos un tema: los lineamientos piden adjuntar una agenda básica."
    ),
    Objection.NO_PLACE: gettext_lazy("Escriba el lugar o el enlace de la reunión."),
    Objection.NOBODY: gettext_lazy("Marque al menos una institución o persona por convocar."),
    Objection.EARLY_WITHOUT_REASON: gettext_lazy(
        "Los lineamientos piden convocar con al menos %(days)d días. Elija una fecha posterior o "
        "escriba el motivo, que quedará en la ayuda memoria."
    ),
}


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes to the people of one meeting."""

    meeting: Meeting

    def call(self, person: Participant) -> Letter:
        """The convocation: what, when, where, the agenda and until when to answer."""
        opening = _("Le convocamos a la reunión n.º %(n)s %(of)s, %(level)s.")
        return self.letter(person, subject_of(self.meeting), opening % self.words())

    def change(self, person: Participant) -> Letter:
        opening = _("Cambió la convocatoria de la reunión n.º %(n)s %(of)s. Lo que vale es esto:")
        subject = _("Cambio: %(subject)s") % {"subject": subject_of(self.meeting)}
        return self.letter(person, subject, opening % self.words())

    def remind(self, person: Participant) -> Letter:
        """To who has not answered."""
        opening = _("Todavía no sabemos si asistirá a la reunión n.º %(n)s %(of)s.")
        subject = _("¿Asistirá? %(subject)s") % {"subject": subject_of(self.meeting)}
        letter = self.letter(person, subject, opening % self.words())
        return Letter(letter.subject, letter.body)

    def eve(self, person: Participant) -> Letter:
        """The day before, to everybody who may come."""
        opening = _("Mañana se reúne %(who)s.") % self.words()
        subject = _("Mañana: %(subject)s") % {"subject": subject_of(self.meeting)}
        return Letter(subject, self.body(person, opening, asks=False))

    def cancel(self, person: Participant) -> Letter:
        body = "\n\n".join(
            (
                greeting(person),
                _("La reunión n.º %(n)s %(of)s se canceló.") % self.words(),
                box(self.meeting),
                _("Motivo: %(reason)s") % {"reason": self.meeting.cancel_reason},
            )
        )
        return self.ended(person, body)

    def taken_off(self, person: Participant) -> Letter:
        """To who was called and is not any more."""
        body = "\n\n".join(
            (
                greeting(person),
                _(
                    "Ya no hace falta que asista a la reunión n.º %(n)s %(of)s. Si cree que es un "
                    "error, escriba a su coordinación técnica."
                )
                % self.words(),
                box(self.meeting),
            )
        )
        return self.ended(person, body)

    def ended(self, person: Participant, body: str) -> Letter:
        subject = _("Cancelada: %(subject)s") % {"subject": subject_of(self.meeting)}
        return Letter(subject, body, self.calendar(person, body))

    def letter(self, person: Participant, subject: str, opening: str) -> Letter:
        body = self.body(person, opening)
        return Letter(subject, body, self.calendar(person, self.agenda()))

    def body(self, person: Participant, opening: str, *, asks: bool = True) -> str:
        parts = [greeting(person), opening, box(self.meeting), _("Agenda:"), self.agenda()]
        if self.meeting.early_reason:
            reason = {"reason": self.meeting.early_reason}
            parts.append(_("Se convoca con menos anticipación porque: %(reason)s") % reason)
        if asks:
            parts.append(deadline_sentence(self.meeting))
        return "\n\n".join(parts)

    def agenda(self) -> str:
        return agenda_lines(self.meeting)

    def calendar(self, person: Participant, text: str) -> str:
        return event(invitation_of(self.meeting, person, text)).decode()

    def words(self) -> dict[str, object]:
        return {
            "n": self.meeting.number or "…",
            "who": who_meets(self.meeting),
            "of": of_whom(self.meeting),
            "level": _("nivel %(level)s") % {"level": self.meeting.get_level_display()},
        }


def agenda_lines(meeting: Meeting) -> str:
    """The topics, numbered, one a line."""
    topics = meeting.agenda.order_by("position")
    return "\n".join(
        f"{number}. {one_line(topic.title)} ({topic.minutes} min)"
        for number, topic in enumerate(topics, 1)
    )


def subject_of(meeting: Meeting) -> str:
    """`Mesa de Salud n.º 8: jueves 29 de octubre, 9:00 a. m.`"""
    return _("%(title)s: %(day)s, %(hour)s") % {
        "title": title_of(meeting),
        "day": day_words(meeting.starts_at),
        "hour": clock_time(meeting.starts_at),
    }


def greeting(person: Participant) -> str:
    """`Ramón Flores:`"""
    return f"{one_line(person.full_name)}:"


def box(meeting: Meeting) -> str:
    """When and where, set apart."""
    lines = (when_line(meeting), str(meeting.get_mode_display()).capitalize(), place_line(meeting))
    return "\n".join(f"  {one_line(str(line))}" for line in lines if line)


def deadline_sentence(meeting: Meeting) -> str:
    """Until when to answer, and who may come instead."""
    called_on = day_of(meeting.convened_at or meeting.prepared_at)
    day = answer_by(day_of(meeting.starts_at), called_on)
    return _(
        "Responda a más tardar el %(day)s. Si envía a otra persona, debe estar acreditada."
    ) % {"day": deadline_words(day)}


def one_line(text: str) -> str:
    """A name with line ends would start a block of its own."""
    return " ".join(text.split())
