"""The methodology from the command line: measures in as JSON, achievements out as JSON.

`compute_output.schema.json`, beside this file, describes what is printed. Numbers leave as decimal
strings: exact, plain, unrounded.
"""

import json
import sys
from pathlib import Path
from typing import Any

from sigpret.methodology.achievement import Achievement, Figure, achieve
from sigpret.methodology.document import DocumentError, measure_from, parse
from sigpret.methodology.policy import PolicyBook, PolicyError, load_policies
from sigpret.methodology.values import plain

USAGE = """\
Uso: ./sigpret compute ARCHIVO.json [--policies REGLAS.toml]   (ARCHIVO «-»: la entrada)

Ejemplo de ARCHIVO.json:
  [{"id": "A", "accumulation": "sum", "kind": "flujo", "sense": "ascending",
    "baseline": null, "tolerance": null, "as_of": "2026-Q2",
    "targets": {"2026-Q1": "10", "2026-Q2": "10"}, "executed": {"2026-Q1": "8", "2026-Q2": null}}]
accumulation: sum, last, average, maximum
kind: acumulado, flujo, stock, capacidad, reduccion, reduccion_anual, o null
sense: ascending, descending, maintain"""
POLICIES = Path(__file__).resolve().parents[3] / "policies" / "hn.toml"


def run(arguments: list[str]) -> int:
    """`./sigpret compute FILE.json`: print the achievements of a file, or of the input with `-`.

    0 when it was computed; 2 with one sentence on the error output when it was refused.
    """
    try:
        source, policies = _asked(arguments)
        document = parse(_text_of(source))
        print(json.dumps(compute(document, load_policies(policies)), ensure_ascii=False, indent=2))
    except OSError as error:
        return _refused(f"No se pudo leer «{error.filename}»: revise que exista y se pueda abrir.")
    except (DocumentError, PolicyError) as error:
        return _refused(str(error))
    return 0


def compute(document: object, policies: PolicyBook) -> dict[str, dict[str, Any]]:
    """The four figures of every measure of a document, by its id.

    Each is judged by the policy in force at the end of its `as_of`. Raises DocumentError at
    the first thing that cannot be understood: nothing is guessed.
    """
    if not isinstance(document, list):
        raise DocumentError("El documento debe ser una lista de indicadores.")
    answers: dict[str, dict[str, Any]] = {}
    for place, item in enumerate(document, start=1):
        measure, as_of = measure_from(item, place)
        if measure.id in answers:
            raise DocumentError(f"Indicador «{measure.id}», campo id: está repetido.")
        policy = policies.on(as_of.end)
        answers[measure.id] = _answer(achieve(measure, as_of=as_of, policy=policy))
    return answers


def _answer(achievement: Achievement) -> dict[str, Any]:
    return {
        "period": _figure(achievement.period),
        "to_date": _figure(achievement.to_date),
        "annual": _figure(achievement.annual),
        "multi_year": _figure(achievement.multi_year),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "value": None if figure.value is None else plain(figure.value),
        "status": figure.status.value,
        "explanation": figure.explanation.to_json(),
    }


def _asked(arguments: list[str]) -> tuple[str, Path]:
    match arguments:
        case [source]:
            return source, POLICIES
        case [source, "--policies", policies]:
            return source, Path(policies)
    raise DocumentError(USAGE)


def _text_of(source: str) -> str:
    raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError("El archivo no está en UTF-8.") from error


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
