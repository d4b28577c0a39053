"""`./sigpret audit verify`: the chain, and what a closing kept."""

import pytest
from django.db import connection

from sigpret.apps.audit.actions import record
from sigpret.apps.monitoring.models import ReportingRound
from sigpret.config.commands.audit import run
from tests.apps.monitoring.scenes import Ministry
from tests.factories.monitoring import make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def closing():
    ministry = Ministry()
    ministry.validate_everything()
    ministry.close()
    return ReportingRound.objects.get()


def test_the_head_that_was_printed_is_found_again(capsys):
    record(actor=None, action="one", subject_type="thing", subject_id=1)
    assert run(["verify"]) == 0
    head = capsys.readouterr().out.split()[-1]
    record(actor=None, action="two", subject_type="thing", subject_id=2)
    assert run(["verify", "--head", head]) == 0
    assert run(["verify", "--head", "0" * 64]) == 1


def test_the_digest_of_the_closing_screen_verifies_the_closing(closing, capsys):
    assert run(["verify", "--closing", closing.period, "--digest", closing.digest]) == 0
    assert f"íntegro. Huella del cierre: {closing.digest}" in capsys.readouterr().out


def test_another_digest_does_not(closing, capsys):
    assert run(["verify", "--closing", closing.period, "--digest", "0" * 64]) == 1
    assert "ALTERADO" in capsys.readouterr().out


def test_a_figure_changed_behind_the_triggers_is_seen(closing, capsys):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute('UPDATE monitoring_snapshot SET payload = payload || \'{"text": "otra"}\'')
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert run(["verify", "--closing", closing.period]) == 1
    assert "Lo guardado cambió" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["--closing", "verano"], "no es un trimestre"),
        (["--closing", "2026-Q3"], "no está cerrado"),
        (["--closing", "2025-Q1"], "no está cerrado"),
        (["--digest", "0" * 64], "diga cuál"),
        (["--closing", "2026-Q3", "--head", "0" * 64], "por separado"),
    ],
)
def test_what_cannot_be_checked_is_a_sentence(given, sentence, capsys):
    make_round("2026-Q3")
    assert run(["verify", *given]) == 2
    assert sentence in capsys.readouterr().err
