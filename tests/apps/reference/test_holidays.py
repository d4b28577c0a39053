"""The days nobody works, as the law says, and the deadline that steps over them or does not."""

from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings

from sigpret.apps.institutions.catalogues import read_catalogues
from sigpret.apps.reference import queries
from sigpret.apps.reference.actions import load_holidays
from sigpret.apps.reference.models import Holiday
from sigpret.methodology.calendar import DayKind
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import PolicyBook

pytestmark = pytest.mark.django_db
Q3 = Period.parse("2026-Q3")


@pytest.fixture
def rows():
    return read_catalogues(settings.CATALOGUES).holidays


def test_the_file_has_eleven_days_of_each_year_with_their_source(rows):
    years = [row["date"][:4] for row in rows]
    assert {year: years.count(year) for year in set(years)} == dict.fromkeys(
        ("2024", "2025", "2026", "2027"), 11
    )
    assert all("artículo 339" in row["source"] for row in rows)


def test_loading_twice_changes_nothing_and_a_correction_corrects(rows):
    assert load_holidays(rows).added == 44
    assert not load_holidays(rows)
    corrected = [{**rows[0], "name": "Día de Año Nuevo"}, *rows[1:]]
    assert load_holidays(corrected).changed == 1
    assert Holiday.objects.get(date=date(2024, 1, 1)).name == "Día de Año Nuevo"


@pytest.mark.parametrize(
    ("kind", "deadline"),
    [(DayKind.CALENDAR, date(2026, 10, 15)), (DayKind.WORKING, date(2026, 10, 26))],
)
def test_the_deadline_counts_the_days_the_rules_say(rows, monkeypatch, kind, deadline):
    load_holidays(rows)
    rules = replace(queries.policy_for(Q3), closing_day_kind=kind)
    monkeypatch.setattr(queries, "policy_book", lambda: PolicyBook((rules,)))
    assert queries.deadline_after(Q3) == deadline
