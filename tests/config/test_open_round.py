"""`./sigpret open_round`: a quarter opens from the command line."""

from datetime import date, datetime

import pytest

from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.monitoring.models import ReportingRound
from sigpret.config.commands.open_round import run
from sigpret.web.dates import TEGUCIGALPA

pytestmark = pytest.mark.django_db


def test_a_quarter_opens_until_the_day_the_methodology_gives(capsys):
    assert run(["2026-Q3"]) == 0
    opened = ReportingRound.objects.get()
    assert opened.closes_at == datetime(2026, 10, 15, 17, 0, tzinfo=TEGUCIGALPA)
    assert "jueves 15 de octubre" in capsys.readouterr().out


@pytest.mark.parametrize("said", ["2026-10-16T17:00", "2026-10-16T23:00+00:00"])
def test_another_deadline_is_read_in_tegucigalpa_unless_it_says_otherwise(said):
    assert run(["2026-Q3", "--closes", said]) == 0
    expected = datetime(2026, 10, 16, 17, 0, tzinfo=TEGUCIGALPA)
    assert ReportingRound.objects.get().closes_at == expected


def test_the_system_opened_it_and_the_chain_says_so():
    run(["2026-Q3"])
    event = AuditEvent.objects.get()
    assert (event.actor_name, event.subject_id) == ("SIGPRET", "2026-Q3")


def test_opening_it_again_changes_nothing():
    assert run(["2026-Q3"]) == run(["2026-Q3"]) == 0
    assert AuditEvent.objects.count() == 1


def test_a_quarter_that_has_not_ended_waits_for_its_day():
    run(["2026-Q4"])
    assert ReportingRound.objects.get().opens_on == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["verano"], "no es un trimestre"),
        (["2026-S1"], "Sólo se abren trimestres"),
        (["2026-Q3", "--closes", "mañana"], "no es un momento"),
        (["2026-Q3", "--closes", "2026-01-01T17:00"], "después de que el trimestre abra"),
        (["2026-Q1"], "después de que el trimestre abra"),
    ],
)
def test_what_cannot_be_opened_is_a_sentence(given, sentence, capsys):
    assert run(given) == 2
    assert sentence in capsys.readouterr().err
    assert not ReportingRound.objects.exists()
