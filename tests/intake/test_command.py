"""`./sigpret read_plan`: what it prints and how it exits."""

import io
import json
import sys

import pytest

from sigpret.intake.read_plan import run
from tests.intake.plans import FIXTURE


@pytest.fixture
def refused(tmp_path):
    path = tmp_path / "carta.txt"
    path.write_text("Estimada señora:")
    return path


def test_a_plan_is_summed_up_for_a_person(capsys):
    assert run([str(FIXTURE)]) == 0
    printed = capsys.readouterr().out
    assert "3 objetivos, 4 resultados, 30 productos" in printed
    assert "17 con cantidad (suma 72), 13 en blanco" in printed
    assert "21 avisos para revisar" in printed


def test_a_plan_is_one_json_document(capsys):
    assert run(["--json", str(FIXTURE)]) == 0
    document = json.loads(capsys.readouterr().out)
    assert list(document) == [
        "institution",
        "fiscal_year",
        "report",
        "mission",
        "vision",
        "objectives",
        "findings",
    ]
    assert document["report"] == {"id": "R00822953", "printed_at": "2026-02-03T09:15:30"}
    assert {finding["severity"] for finding in document["findings"]} == {"warning"}


def test_a_refused_file_exits_with_two_and_claims_nothing(capsys, refused):
    assert run([str(refused), "--json"]) == 2
    assert json.loads(capsys.readouterr().out).keys() == {"findings"}


def test_a_refused_file_says_why(capsys, refused):
    assert run([str(refused)]) == 2
    assert capsys.readouterr().out.startswith("No se pudo leer el reporte:\n  - El archivo no es")


def test_a_file_that_is_not_there_is_a_refusal(capsys, tmp_path):
    assert run([str(tmp_path / "falta.txt"), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["findings"][0]["rule"] == "unreadable_file"


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["--jason"], ["--json"]])
def test_a_wrong_call_says_how_to_call(arguments, capsys):
    assert run(arguments) == 2
    assert capsys.readouterr().err.startswith("Uso: ./sigpret read_plan ARCHIVO")


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_a_terminal_without_accents_still_prints(option, monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert run([str(FIXTURE), *option]) == 0
    sys.stdout.flush()
    if option:
        assert json.loads(raw.getvalue())["vision"].endswith("ordenada y transparente.")


def test_a_plan_without_print_date_is_summed_up(capsys, tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(FIXTURE.read_text().replace("03/02/2026 09:15:30 a.m.", ""))
    assert run([str(path)]) == 0
    assert "impreso" not in capsys.readouterr().out
