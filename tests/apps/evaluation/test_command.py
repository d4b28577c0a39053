"""`./sigpret evaluate`: a document for machines, a table for people, a sentence when it cannot."""

import json

import pytest

from sigpret.config.commands.evaluate import run
from tests.apps.evaluation.country import closed_round, keep, open_round
from tests.factories.institutions import make_institution
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db


def test_prints_the_country_as_json(capsys):
    open_round()
    make_goal(code="M-1", institution=make_institution("414"), planned={"2026-Q3": "10"})
    assert run(["--as-of", "2026-10-13", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["as_of"], document["period"]) == ("2026-10-13", "2026-Q3")
    assert document["is_official"] is False
    (institution,) = document["institutions"]
    assert institution | {"name": ""} == {
        "code": "414",
        "name": "",
        "grade": "0",
        "band": "bajo",
        "goals": 1,
        "reported": 0,
    }
    assert [goal["code"] for goal in document["goals"]] == ["M-1"]
    assert len(document["digest"]) == 64


def test_a_closed_quarter_answers_with_its_official_figures(capsys):
    second = closed_round("2026-Q2")
    open_round("2026-Q3")
    keep(make_goal("presidential", code="MP-1"), second, "behind")
    assert run(["--as-of", "2026-06-30", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["is_official"] is True
    assert document["goals"][0]["own"] == {"value": "60", "status": "behind"}


def test_without_json_it_is_a_table(capsys):
    open_round()
    make_goal(institution=make_institution("414", "Dirección"), planned={"2026-Q3": "10"})
    assert run(["--as-of", "2026-10-13"]) == 0
    printed = capsys.readouterr().out
    assert "III\u00a0trimestre de 2026 · cifras preliminares" in printed
    assert "Dirección" in printed


@pytest.mark.parametrize("typed", ["ayer", "2026-13-01", "13/10/2026", ""])
def test_what_is_not_a_date_is_refused_with_a_sentence(capsys, typed):
    open_round()
    assert run(["--as-of", typed or "-"]) == 2
    assert "no es una fecha" in capsys.readouterr().err


def test_a_day_before_everything_is_refused(capsys):
    open_round()
    assert run(["--as-of", "2026-01-15"]) == 2
    assert "No hay trimestres reportados" in capsys.readouterr().err
