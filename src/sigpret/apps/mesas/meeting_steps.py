"""Where a meeting stands, and which guideline it meets: the stepper and the panel of rules."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.apps.mesas.queries.meeting import MeetingPage
from sigpret.methodology.calendar import DayKind, days_between
from sigpret.web.components import Tone
from sigpret.web.dates import date_words, day_of, days_left, deadline_words, short_date

State = MeetingState
#: The place of each state in the five steps.
PLACES = {
    State.PREPARED: 0,
    State.CONVENED: 1,
    State.RESCHEDULED: 1,
    State.IN_SESSION: 1,
    State.DRAFT: 2,
    State.CONFORMITY: 3,
    State.DISTRIBUTED: 5,
    State.CANCELLED: 1,
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One of the five steps; `state` is done, now or next."""

    label: str
    detail: str
    state: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A guideline and how this meeting stands before it."""

    tone: Tone
    title: str
    detail: str


def steps_of(page: MeetingPage) -> tuple[StepLine, ...]:
    """Convocada, celebrada, ayuda memoria, conformidad, distribuida."""
    here = PLACES[MeetingState(page.state)]
    lines = (convened(page), held(page), drafted(page), agreed(page), distributed(page))
    return tuple(
        StepLine(label, detail, "done" if at < here else "now" if at == here else "next")
        for at, (label, detail) in enumerate(lines)
    )


def convened(page: MeetingPage) -> tuple[str, str]:
    at = page.meeting.convened_at
    label = _("Reprogramada") if page.state == State.RESCHEDULED else _("Convocada")
    return label, short_day(at) if at else _("en preparación")


def held(page: MeetingPage) -> tuple[str, str]:
    meeting = page.meeting
    if page.state == State.CANCELLED:
        return _("Cancelada"), short_day(meeting.cancelled_at)
    if page.is_in_session:
        return _("En sesión"), present_words(page)
    if meeting.started_at is None:
        return _("Sesión"), short_day(meeting.starts_at)
    return _("Celebrada"), f"{short_day(meeting.started_at)} · {present_words(page)}"


def drafted(page: MeetingPage) -> tuple[str, str]:
    if page.meeting.finished_at is None:
        return _("Ayuda memoria"), _("al terminar la sesión")
    return _("Ayuda memoria"), _("n.º %(code)s") % {"code": page.code}


def agreed(page: MeetingPage) -> tuple[str, str]:
    if page.text.number == 0:
        return _("Conformidad y firma"), _("de quienes asistan")
    words = {"said": page.conforming, "all": len(page.present)}
    return _("Conformidad y firma"), _("%(said)d de %(all)d") % words


def distributed(page: MeetingPage) -> tuple[str, str]:
    meeting = page.meeting
    if meeting.distributed_at:
        return _("Distribuida"), short_day(meeting.distributed_at)
    if meeting.minutes_due_on is None:
        return _("Distribuida"), _("una semana después")
    return _("Distribuida"), _("a más tardar %(day)s") % {"day": short_day(meeting.minutes_due_on)}


def short_day(moment: object) -> str:
    """`20 oct`."""
    return short_date(moment).rsplit("\u00a0", 1)[0]  # type: ignore[arg-type]


def present_words(page: MeetingPage) -> str:
    count = len(page.present)
    return ngettext("%(n)d asistente", "%(n)d asistentes", count) % {"n": count}


def rules_of(page: MeetingPage) -> tuple[RuleLine, ...]:
    """The guidelines about convocation, quorum, agenda and distribution."""
    lines = (notice_rule(page), quorum_rule(page), themes_rule(page), distribution_rule(page))
    return tuple(line for line in lines if line is not None)


def notice_rule(page: MeetingPage) -> RuleLine | None:
    meeting = page.meeting
    called = meeting.first_convened_at or meeting.convened_at
    if called is None:
        return None
    days = days_between(day_of(called), day_of(meeting.starts_at), DayKind.CALENDAR)
    title = ngettext(
        "Convocada con %(n)d día de anticipación", "Convocada con %(n)d días de anticipación", days
    ) % {"n": days}
    if meeting.early_reason:
        return RuleLine(Tone.WARNING, title, _("Motivo: %(why)s") % {"why": meeting.early_reason})
    return RuleLine(Tone.GOOD, title, _("Mínimo 5 días, con la agenda básica adjunta."))


def quorum_rule(page: MeetingPage) -> RuleLine | None:
    needed = page.meeting.quorum_needed
    if needed is None:
        return None
    words = {"present": page.institutions_present, "needed": needed}
    if page.has_quorum:
        return RuleLine(
            Tone.GOOD,
            _("Con quórum: %(present)d instituciones") % words,
            _("Se requieren %(needed)d.") % words,
        )
    return RuleLine(
        Tone.WARNING,
        _("Sin quórum: %(present)d instituciones") % words,
        _("Se requieren %(needed)d. La ayuda memoria lo dirá.") % words,
    )


def themes_rule(page: MeetingPage) -> RuleLine | None:
    treated = {theme for topic in page.topics for theme in topic.themes}
    if not page.topics:
        return RuleLine(Tone.WARNING, _("Sin agenda"), _("Agregue al menos un tema."))
    if not treated:
        return RuleLine(
            Tone.INFO,
            _("Ningún tema transversal en la agenda"),
            _("Transparencia, género y derechos humanos se integran en todas las mesas."),
        )
    return RuleLine(Tone.GOOD, _("Temas transversales tratados"), ", ".join(sorted(treated)))


def distribution_rule(page: MeetingPage) -> RuleLine | None:
    meeting = page.meeting
    due = meeting.minutes_due_on
    if due is None:
        return None
    if meeting.distributed_at is not None:
        on = day_of(meeting.distributed_at)
        title = _("Distribuida el %(day)s") % {"day": date_words(on)}
        if on > due:
            return RuleLine(Tone.BAD, title, _("Tarde: %(why)s") % {"why": meeting.late_reason})
        return RuleLine(Tone.GOOD, title, _("Dentro de la semana que fija la norma."))
    title = _("Distribuir a más tardar el %(day)s") % {"day": deadline_words(due)}
    if page.is_late:
        return RuleLine(Tone.BAD, title, _("Pasó la semana. Distribúyala con su motivo."))
    left = days_left(due, day_of(page.now))
    tone = Tone.WARNING if (due - page.today).days <= 2 else Tone.INFO
    return RuleLine(tone, title, _("Una semana después de la sesión. %(left)s.") % {"left": left})
