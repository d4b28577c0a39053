"""Dates in Spanish at the hour of Tegucigalpa."""

from datetime import UTC, date, datetime

import pytest

from sigpret.web import dates

CLOSING = datetime(2026, 10, 16, 17, 0, tzinfo=dates.TEGUCIGALPA)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_deadline_says_day_and_hour():
    assert plain(dates.deadline_words(CLOSING)) == "viernes 16 de octubre, 5:00 p. m."
    assert plain(dates.short_deadline(CLOSING)) == "vie 16 oct, 5:00 p. m."


def test_an_instant_stored_in_utc_is_told_in_local_time():
    assert plain(dates.deadline_words(datetime(2026, 10, 17, 5, 30, tzinfo=UTC))) == (
        "viernes 16 de octubre, 11:30 p. m."
    )


@pytest.mark.parametrize(
    ("hour", "printed"), [(0, "12:05 a. m."), (11, "11:05 a. m."), (12, "12:05 p. m.")]
)
def test_noon_and_midnight_are_twelve(hour, printed):
    moment = datetime(2026, 1, 1, hour, 5, tzinfo=dates.TEGUCIGALPA)
    assert plain(dates.clock_time(moment)) == printed


def test_a_date_alone_has_no_hour():
    assert dates.long_date(date(2026, 10, 16)) == "viernes 16 de octubre de 2026"
    assert plain(dates.short_date(date(2026, 10, 16))) == "16 oct 2026"
    assert plain(dates.day_month(date(2026, 10, 16))) == "16 oct"
    assert plain(dates.deadline_words(date(2026, 10, 16))) == "viernes 16 de octubre"


@pytest.mark.parametrize(
    ("code", "words", "short"),
    [
        ("2026-Q3", "III trimestre de 2026", "III trim. 2026"),
        ("2026-S1", "I semestre de 2026", "I sem. 2026"),
        ("2026-T2", "II cuatrimestre de 2026", "II cuatrim. 2026"),
        ("2026-B6", "VI bimestre de 2026", "VI bim. 2026"),
        ("2026-M03", "marzo de 2026", "mar 2026"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_period_code_becomes_its_name(code, words, short):
    assert plain(dates.period_words(code)) == words
    assert plain(dates.period_short(code)) == short


def test_a_period_inside_its_year_leaves_the_year_out():
    assert plain(dates.period_name("2026-Q3")) == "III trimestre"
    assert dates.period_roman("2026-Q4") == "IV"


def test_what_is_not_a_period_is_shown_as_it_is():
    assert dates.period_words("anual") == "anual"
    assert dates.period_words(None) == "—"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (16, "Quedan 3 días"),
        (14, "Queda 1 día"),
        (13, "Vence hoy"),
        (12, "Venció ayer"),
        (11, "Venció hace 2 días"),
    ],
)
def test_the_days_left_are_counted_from_today(day, said):
    assert dates.days_left(date(2026, 10, day), date(2026, 10, 13)) == said


@pytest.mark.parametrize(
    "function",
    [dates.long_date, dates.short_date, dates.deadline_words, dates.short_deadline,
     dates.clock_time, dates.date_words],
)  # fmt: skip
def test_no_moment_is_a_dash(function):
    assert function(None) == "—"
