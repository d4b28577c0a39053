"""Calling a mesa to a meeting: with how much notice, with what agenda, until when people answer.

Lineamientos MESGEPRET, "Convocatorias": «a dicha convocatoria, se deberá adjuntar una agenda
básica de los temas a tratar. Las convocatorias, deberán hacerse con al menos cinco (5) días de
anticipación, a efecto de preparar y contar con la información que sea necesaria.» The kind of
those days is a parameter of the country.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sigpret.methodology.calendar import DayKind, add_days, days_between

#: A session people come prepared to; what does not fit is left for whoever wants it.
SESSION_MINUTES = 90
#: How many goals are discussed one by one; the others have their page.
MOST_GOALS = 2
#: Days before the meeting: who has not answered is reminded, then everybody is.
ANSWER_REMINDER, LAST_REMINDER = timedelta(days=3), timedelta(days=1)
ANSWER_BY = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Notice:
    """How many days ahead people are called, and how many the rule asks; both of its kind."""

    days: int
    needed: int

    @property
    def is_enough(self) -> bool:
        return self.days >= self.needed


def notice_of(
    called_on: date, meets_on: date, *, needed: int, kind: DayKind, holidays: Collection[date] = ()
) -> Notice:
    """The notice of a meeting called on a day; the day of the call is not counted."""
    return Notice(days_between(called_on, meets_on, kind, holidays), needed)


def first_day(
    called_on: date, *, needed: int, kind: DayKind, holidays: Collection[date] = ()
) -> date:
    """The first day a meeting called on a day may be held without giving a reason."""
    return add_days(called_on, needed, kind, holidays)


class Objection(StrEnum):
    """Why a convocation cannot be sent as it is."""

    IN_THE_PAST = "in_the_past"
    NO_AGENDA = "no_agenda"
    NO_PLACE = "no_place"
    NOBODY = "nobody"
    EARLY_WITHOUT_REASON = "early_without_reason"


def objections(
    notice: Notice, *, topics: int, people: int, has_place: bool, is_past: bool, early_reason: str
) -> tuple[Objection, ...]:
    """What a convocation still needs; empty when it may be sent.

    An earlier day is allowed with its reason, which the minutes repeat.
    """
    found = (
        (Objection.IN_THE_PAST, is_past),
        (Objection.NO_AGENDA, not topics),
        (Objection.NO_PLACE, not has_place),
        (Objection.NOBODY, not people),
        (
            Objection.EARLY_WITHOUT_REASON,
            not is_past and not notice.is_enough and not early_reason.strip(),
        ),
    )
    return tuple(objection for objection, holds in found if holds)


def missing_themes(permanent: Iterable[str], treated: Collection[str]) -> tuple[str, ...]:
    """The permanent cross-cutting themes that no topic of the agenda treats.

    Lineamientos MESGEPRET, "Incorporación de Temas Transversales": «se integrarán de igual manera
    en forma transversal en todas ellas, los temas de Transparencia, Genero y Derechos Humanos».
    """
    return tuple(theme for theme in permanent if theme not in treated)


class Origin(StrEnum):
    """Where a proposed topic comes from, the most pressing first."""

    BEHIND = "behind"
    NOT_REPORTED = "not_reported"
    OVERDUE = "overdue"
    WORK_PLAN = "work_plan"
    PLANS = "plans"
    THEMES = "themes"
    AT_RISK = "at_risk"


ORDER = tuple(Origin)
MINUTES = {
    Origin.BEHIND: 25,
    Origin.NOT_REPORTED: 15,
    Origin.OVERDUE: 20,
    Origin.WORK_PLAN: 20,
    Origin.PLANS: 15,
    Origin.THEMES: 5,
    Origin.AT_RISK: 15,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something the mesa could discuss. `weight` orders those of one origin: the lowest first."""

    key: str
    origin: Origin
    weight: float = 0


@dataclass(frozen=True, slots=True)
class Proposed:
    """A topic with its minutes; `is_included` says whether it starts out in the agenda."""

    candidate: Candidate
    minutes: int
    is_included: bool


def propose(candidates: Iterable[Candidate]) -> tuple[Proposed, ...]:
    """The agenda proposed: behind, not reported, overdue, work plan, plans; risks for who wants.

    At most two goals are included one by one, and topics while they fit in ninety minutes; what
    every mesa must treat has its minutes kept.
    """
    listed = sorted(candidates, key=lambda one: (ORDER.index(one.origin), one.weight, one.key))
    kept = MINUTES[Origin.THEMES] * any(one.origin is Origin.THEMES for one in listed)
    left, goals, proposed = SESSION_MINUTES - kept, 0, []
    for one in listed:
        minutes = MINUTES[one.origin]
        is_goal = one.origin is Origin.BEHIND
        is_theme = one.origin is Origin.THEMES and kept > 0
        is_included = is_theme or (
            one.origin not in (Origin.AT_RISK, Origin.THEMES)
            and minutes <= left
            and not (is_goal and goals >= MOST_GOALS)
        )
        if is_theme:
            kept = 0
        elif is_included:
            left -= minutes
            goals += is_goal
        proposed.append(Proposed(one, minutes, is_included))
    return tuple(sorted(proposed, key=lambda topic: not topic.is_included))


def answer_by(meets_on: date, called_on: date) -> date:
    """The day before which people should answer; never before the call itself."""
    return max(meets_on - ANSWER_BY, called_on)


def reminder_days(meets_on: date, called_on: date) -> tuple[date | None, date | None]:
    """When who has not answered is reminded, and when everybody is; None when it is too late."""
    days = (meets_on - before for before in (ANSWER_REMINDER, LAST_REMINDER))
    first, last = (day if day > called_on else None for day in days)
    return first, last
