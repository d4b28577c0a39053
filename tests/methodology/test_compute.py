"""`./sigpret compute`: JSON in, JSON out, and one sentence when it cannot be."""

import io
import json
from pathlib import Path

import jsonschema
import pytest

from sigpret.methodology import compute as module
from sigpret.methodology.compute import USAGE, compute, run
from sigpret.methodology.document import DIGITS, DocumentError, parse
from tests.methodology.examples import BOOK

FOLDER = Path(module.__file__).parent
INPUT = json.loads((FOLDER / "compute_input.schema.json").read_text(encoding="utf-8"))
OUTPUT = json.loads((FOLDER / "compute_output.schema.json").read_text(encoding="utf-8"))
ITEM = {
    "id": "X",
    "accumulation": "last",
    "kind": "stock",
    "sense": "descending",
    "baseline": "40",
    "tolerance": None,
    "targets": {"2026-Q3": "10"},
    "executed": {"2026-Q2": None, "2026-Q3": 15},
    "as_of": "2026-Q3",
}


def answer(**changes):
    document = [ITEM | changes]
    jsonschema.validate(document, INPUT)
    seen = compute(parse(json.dumps(document)), BOOK)
    jsonschema.validate(seen, OUTPUT)
    return seen["X"]


def refusal(document):
    with pytest.raises(DocumentError) as error:
        compute(parse(document if isinstance(document, str) else json.dumps(document)), BOOK)
    return str(error.value)


def test_the_values_are_exact_decimal_strings():
    figure = answer()["to_date"]
    assert figure["value"] == "83.33333333333333333333333333"
    assert figure["status"] == "at_risk"
    assert figure["explanation"]["rule"] == "achievement.distance"


@pytest.mark.parametrize("written", ["100", "1e2", "1E+2", 100, 100.0, "100.000"])
def test_the_same_number_is_read_however_it_is_written(written):
    seen = answer(sense="ascending", targets={"2026-Q3": written}, executed={"2026-Q3": 100})
    assert seen["to_date"]["value"] == "100"


def test_a_reported_zero_and_a_silence_differ():
    assert answer(executed={"2026-Q3": 0}, sense="ascending")["period"]["value"] == "0"
    silent = answer(executed={"2026-Q3": None})["period"]
    assert (silent["value"], silent["status"]) == (None, "not_reported")


@pytest.mark.parametrize(
    "words",
    [
        {"kind": "Reducción anual", "sense": "Descendente", "accumulation": "último valor"},
        {"kind": "reducción-anual", "sense": "descending", "accumulation": "LAST"},
        {"kind": "annual reduction", "sense": None, "accumulation": "ultimo"},
    ],
)
def test_words_are_understood_in_both_languages(words):
    assert answer(**words)["to_date"]["value"] == "83.33333333333333333333333333"


def test_only_the_numbers_are_needed():
    bare = {key: ITEM[key] for key in ("id", "targets", "executed", "as_of")}
    jsonschema.validate([bare], INPUT)
    assert compute(parse(json.dumps([bare])), BOOK)["X"]["to_date"]["value"] == "150"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"targets": {"2026-Q5": 1}}, "Indicador «X», campo targets: «2026-Q5» no es un período"),
        ({"as_of": 2026}, "Indicador «X», campo as_of: «2026» no es un período"),
        ({"as_of": None}, "Indicador «X», campo as_of: falta"),
        ({"targets": {"2026": True}}, "Indicador «X», campo targets, 2026: «true» no es un número"),
        ({"targets": {"2026": None}}, "campo targets, 2026: una meta debe tener un número"),
        ({"targets": [1]}, "Indicador «X», campo targets: debe ser un objeto"),
        ({"executed": {"2026": "1,000"}}, "campo executed, 2026: «1,000» no es un número"),
        ({"executed": {"2026": "NaN"}}, "«NaN» no es un número"),
        ({"executed": {"2026": float("nan")}}, "campo executed, 2026: «NaN» no es un número"),
        ({"executed": {"2026": float("-inf")}}, "«-Infinity» no es un número"),
        ({"executed": {"2026": "١٢"}}, "no es un número"),
        ({"executed": {"2026": "x" * 99}}, "xxx…» no es un número"),
        ({"executed": {"2026": {}}}, "«{}» no es un número"),
        ({"executed": {"2026": "1" * (DIGITS + 1)}}, "pasa de 28 dígitos"),
        ({"executed": {"2026": "1e29"}}, "pasa de 28 dígitos"),
        ({"baseline": "1e-29"}, "campo baseline: pasa de 28 dígitos"),
        ({"tolerance": -1}, "campo tolerance: no puede ser negativa"),
        ({"kind": "otro"}, "campo kind: debe ser acumulado, flujo"),
        ({"sense": 3}, "campo sense: debe ser ascending"),
        ({"accumulation": "reported"}, "campo accumulation: debe ser sum, last"),
        ({"color": 1}, "campo color: no se conoce"),
    ],
)
def test_what_is_wrong_is_named(changes, said):
    assert said in refusal([ITEM | changes])


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({}, "debe ser una lista"),
        ([1], "Indicador 1: debe ser un objeto"),
        ([ITEM, ITEM], "Indicador «X», campo id: está repetido"),
        ([{}], "Indicador 1, campo id: falta"),
        ([ITEM | {"id": " "}], "Indicador 1, campo id"),
        ([ITEM | {"id": "\ud800"}], "Indicador 1, campo id"),
        ("[", "no es JSON: línea 1, columna 2"),
        ("[" * 100_000, "demasiado anidado"),
        ('[{"id": "X", "as_of": "2026", "as_of": "2027"}]', "«X», campo as_of: está repetido"),
        (
            '[{"id": "X", "as_of": "2026", "executed": {},'
            ' "targets": {"2026": 1, "2026": 2, "2026": 3}}]',
            "«X», campo targets: el período 2026 está repetido",
        ),
    ],
)
def test_a_document_that_is_not_one_is_refused(document, said):
    assert said in refusal(document)


def test_the_command_prints_the_figures_of_a_file(tmp_path, capsys):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([ITEM]), encoding="utf-8")
    assert run([str(path)]) == 0
    jsonschema.validate(json.loads(capsys.readouterr().out), OUTPUT)


def test_the_command_reads_its_input_and_other_rules(tmp_path, capsys, monkeypatch):
    rules = tmp_path / "gt.toml"
    text = module.POLICIES.read_text(encoding="utf-8")
    rules.write_text(text.replace('value = 80, source = "D', 'value = 85, source = "D'), "utf-8")
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps([ITEM]).encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert run(["-", "--policies", str(rules)]) == 0
    assert json.loads(capsys.readouterr().out)["X"]["to_date"]["status"] == "behind"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No se pudo leer"),
        (b"\xff", "El archivo no está en UTF-8."),
        (b"{}", "El documento debe ser una lista de indicadores."),
    ],
)
def test_the_command_refuses_with_one_sentence(content, said, tmp_path, capsys):
    path = tmp_path / "a.json"
    if content is not None:
        path.write_bytes(content)
    assert run([str(path)]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_the_command_says_how_it_is_used(capsys):
    assert run([]) == 2
    assert capsys.readouterr().err == f"{USAGE}\n"
