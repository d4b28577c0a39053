"""Lineamientos MESGEPRET, "Convocatorias", sentence by sentence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.methodology.calendar import DayKind
from sigpret.methodology.mesas.convocation import (
    SESSION_MINUTES,
    Candidate,
    Notice,
    Objection,
    Origin,
    answer_by,
    first_day,
    missing_themes,
    notice_of,
    objections,
    propose,
    reminder_days,
)

CALENDAR, WORKING = DayKind.CALENDAR, DayKind.WORKING
MORAZAN = frozenset({date(2026, 10, 7), date(2026, 10, 8), date(2026, 10, 9)})
THURSDAY = date(2026, 10, 22)

FIVE_DAYS = (
    "Las convocatorias, deberán hacerse con al menos cinco (5) días de anticipación, a efecto de "
    "preparar y contar con la información que sea necesaria."
)
AGENDA = "a dicha convocatoria, se deberá adjuntar una agenda básica de los temas a tratar"
THEMES = (
    "los temas comunes a ser tratados en las MESGEPRET conforme a su naturaleza sectorial se "
    "integrarán de igual manera en forma transversal en todas ellas, los temas de Transparencia, "
    "Genero y Derechos Humanos"
)


@pytest.mark.parametrize(
    ("name", "called", "meets", "kind", "days", "is_enough"),
    [
        ("el mismo día", "2026-10-22", "2026-10-22", CALENDAR, 0, False),
        ("cuatro días", "2026-10-22", "2026-10-26", CALENDAR, 4, False),
        ("cinco días justos", "2026-10-22", "2026-10-27", CALENDAR, 5, True),
        ("una semana", "2026-10-22", "2026-10-29", CALENDAR, 7, True),
        ("un fin de año", "2026-12-29", "2027-01-03", CALENDAR, 5, True),
        ("cinco días, pero sólo tres hábiles", "2026-10-22", "2026-10-27", WORKING, 3, False),
        ("cinco días hábiles", "2026-10-22", "2026-10-29", WORKING, 5, True),
        ("la Semana Morazánica no cuenta", "2026-10-06", "2026-10-13", WORKING, 2, False),
        ("ayer", "2026-10-22", "2026-10-21", CALENDAR, -1, False),
    ],
)
def test_convocations_are_made_at_least_five_days_ahead(name, called, meets, kind, days, is_enough):
    """«al menos cinco (5) días de anticipación»"""
    days_from, days_to = date.fromisoformat(called), date.fromisoformat(meets)
    notice = notice_of(days_from, days_to, needed=5, kind=kind, holidays=MORAZAN)
    assert (notice.days, notice.is_enough) == (days, is_enough), f"{name}: {FIVE_DAYS}"


@pytest.mark.parametrize(
    ("name", "called", "kind", "first"),
    [
        ("jueves, días calendario", "2026-10-22", CALENDAR, "2026-10-27"),
        ("jueves, días hábiles", "2026-10-22", WORKING, "2026-10-29"),
        ("sobre la Semana Morazánica", "2026-10-06", WORKING, "2026-10-16"),
    ],
)
def test_the_first_possible_day_is_known_beforehand(name, called, kind, first):
    found = first_day(date.fromisoformat(called), needed=5, kind=kind, holidays=MORAZAN)
    assert found.isoformat() == first, name


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sampled_from(DayKind))
def test_the_first_day_is_enough_and_the_day_before_is_not(called, kind):
    first = first_day(called, needed=5, kind=kind, holidays=MORAZAN)
    before = first - timedelta(days=1)
    assert notice_of(called, first, needed=5, kind=kind, holidays=MORAZAN).is_enough
    assert not notice_of(called, before, needed=5, kind=kind, holidays=MORAZAN).is_enough


ENOUGH, TOO_SHORT = Notice(7, 5), Notice(3, 5)
WELL = {"topics": 3, "people": 18, "has_place": True, "is_past": False, "early_reason": ""}


@pytest.mark.parametrize(
    ("name", "notice", "change", "found"),
    [
        ("completa", ENOUGH, {}, ()),
        ("sin agenda", ENOUGH, {"topics": 0}, (Objection.NO_AGENDA,)),
        ("sin lugar ni enlace", ENOUGH, {"has_place": False}, (Objection.NO_PLACE,)),
        ("sin convocados", ENOUGH, {"people": 0}, (Objection.NOBODY,)),
        ("tres días, sin motivo", TOO_SHORT, {}, (Objection.EARLY_WITHOUT_REASON,)),
        (
            "motivo de espacios",
            TOO_SHORT,
            {"early_reason": "  "},
            (Objection.EARLY_WITHOUT_REASON,),
        ),
        ("tres días, con motivo", TOO_SHORT, {"early_reason": "Emergencia por dengue"}, ()),
        ("ya pasó", TOO_SHORT, {"is_past": True}, (Objection.IN_THE_PAST,)),
    ],
)
def test_what_a_convocation_needs_before_it_is_sent(name, notice, change, found):
    """«se deberá adjuntar una agenda básica de los temas a tratar»"""
    assert objections(notice, **WELL | change) == found, f"{name}: {AGENDA}"


@pytest.mark.parametrize(
    ("name", "treated", "missing"),
    [
        ("los tres", {"transparencia", "genero", "derechos-humanos"}, ()),
        ("falta uno", {"transparencia", "genero"}, ("derechos-humanos",)),
        ("uno que no es permanente no cuenta", {"ambiente"},
         ("transparencia", "genero", "derechos-humanos")),
    ],
)  # fmt: skip
def test_permanent_themes_are_in_every_agenda(name, treated, missing):
    """«los temas de Transparencia, Genero y Derechos Humanos»"""
    permanent = ("transparencia", "genero", "derechos-humanos")
    assert missing_themes(permanent, treated) == missing, f"{name}: {THEMES}"


def agenda(*candidates: Candidate) -> list[tuple[str, int, bool]]:
    return [(one.candidate.key, one.minutes, one.is_included) for one in propose(candidates)]


def test_the_agenda_starts_with_what_is_furthest_behind():
    proposed = agenda(
        Candidate("plan", Origin.WORK_PLAN),
        Candidate("vacuna", Origin.AT_RISK, 88),
        Candidate("cirugias", Origin.BEHIND, 73),
        Candidate("medicamentos", Origin.BEHIND, 61),
        Candidate("acuerdos", Origin.OVERDUE),
    )
    assert proposed == [
        ("medicamentos", 25, True),
        ("cirugias", 25, True),
        ("acuerdos", 20, True),
        ("plan", 20, True),
        ("vacuna", 15, False),
    ]


def test_two_goals_are_discussed_one_by_one_and_the_third_is_offered():
    proposed = agenda(*(Candidate(str(n), Origin.BEHIND, n) for n in (3, 1, 2)))
    assert proposed == [("1", 25, True), ("2", 25, True), ("3", 25, False)]


def test_the_permanent_themes_keep_their_minutes_in_every_agenda():
    """«se integrarán de igual manera en forma transversal en todas ellas»"""
    crowd = [Candidate(str(n), Origin.BEHIND, n) for n in range(2)]
    others = [Candidate("acuerdos", Origin.OVERDUE), Candidate("plan", Origin.WORK_PLAN)]
    proposed = agenda(*crowd, *others, Candidate("temas", Origin.THEMES))
    assert ("temas", 5, True) in proposed
    assert ("plan", 20, False) in proposed


def test_a_mesa_where_nothing_is_wrong_gets_an_empty_proposal():
    assert propose(()) == ()


@given(
    st.lists(st.builds(Candidate, st.text(max_size=3), st.sampled_from(Origin), st.floats(0, 200)))
)
def test_what_is_proposed_fits_in_the_session(candidates):
    included = [one for one in propose(candidates) if one.is_included]
    assert sum(one.minutes for one in included) <= SESSION_MINUTES
    assert len(propose(candidates)) == len(candidates)


@pytest.mark.parametrize(
    ("name", "called", "answer", "first", "last"),
    [
        ("con una semana", "2026-10-22", "2026-10-27", "2026-10-26", "2026-10-28"),
        ("con dos días", "2026-10-27", "2026-10-27", None, "2026-10-28"),
        ("la víspera", "2026-10-28", "2026-10-28", None, None),
    ],
)
def test_who_does_not_answer_is_reminded_and_then_everybody(name, called, answer, first, last):
    meets, call = date(2026, 10, 29), date.fromisoformat(called)
    days = tuple(day and day.isoformat() for day in reminder_days(meets, call))
    assert (answer_by(meets, call).isoformat(), *days) == (answer, first, last), name
