"""Plans to print and read again: the fixture of the seed's shape, and random ones."""

from __future__ import annotations

import os
import random
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from hypothesis import strategies as st

from sigpret.intake.read_plan import ReadOutcome, read_plan_bytes
from sigpret.intake.rows import (
    Coded,
    Objective,
    OperationalObjective,
    PlanDocument,
    PrintedReport,
    Product,
    Result,
)

# More examples on request: SIGPRET_EXAMPLES=2000 pytest tests/intake
Value = TypeVar("Value")
EXAMPLES = int(os.environ.get("SIGPRET_EXAMPLES", "10"))
FIXTURE = Path(__file__).parent / "fixtures" / "plan.txt"
WORDS = re.findall(
    r"\S+",
    "riberas, cuencas (altas) agua segura Juntas DIGER de la los y/o según informe, medición"
    " «piloto» 2026 ñandú públicas III trimestre; redes LAN ¿cuáles? 100% e-gobierno",
)
UNITS = (Coded("32", "DOCUMENTO"), Coded("1009", "CAPACITACIÓN"), Coded("603", "SITIO"))
PERIODICITIES = (Coded("1", "Anual"), Coded("2", "Semestral"), Coded("4", "Trimestral"))
POPULATIONS = (Coded("184", "PUBLICAS"), Coded("553", "ESCUELAS, COLEGIOS Y SOCIEDAD"))


def fixture_bytes() -> bytes:
    return FIXTURE.read_bytes()


def read(data: bytes | str) -> ReadOutcome:
    return read_plan_bytes(data.encode() if isinstance(data, str) else data, "plan.txt")


def plan(data: bytes | str | None = None) -> PlanDocument:
    """The document of a file that must be readable; by default the fixture's."""
    outcome = read(fixture_bytes() if data is None else data)
    assert outcome.document is not None, outcome.findings
    return outcome.document


def rules(outcome: ReadOutcome) -> list[tuple[str, int | None]]:
    return [(finding.rule, finding.line) for finding in outcome.findings]


def without_lines(document: PlanDocument) -> PlanDocument:
    """The document but for the lines, which every layout has elsewhere."""
    return replace(document, objectives=tuple(map(_objective, document.objectives)))


def _objective(objective: Objective) -> Objective:
    operationals = tuple(
        replace(part, products=tuple(replace(product, line=0) for product in part.products))
        for part in objective.operational_objectives
    )
    return replace(objective, operational_objectives=operationals)


def documents() -> st.SearchStrategy[PlanDocument]:
    """Random plans, one draw each, to be quick."""
    return st.integers(0, 2**32).map(lambda seed: _document(random.Random(seed)))


def _document(chance: random.Random) -> PlanDocument:
    return PlanDocument(
        Coded("912", "Instituto Ficticio de Riberas"),
        2026,
        PrintedReport("R00822953", "2026-02-03T21:05:09"),
        _optional(chance, _sentence(chance, 40)),
        _optional(chance, _sentence(chance, 40)),
        tuple(_random_objective(chance, number) for number in _numbers(chance, 1, 3)),
    )


def _random_objective(chance: random.Random, number: int) -> Objective:
    return Objective(
        number,
        _sentence(chance),
        _optional(chance, "PG-11"),
        tuple(_result(chance, n) for n in _numbers(chance, 0, 2)),
        tuple(_operational(chance, n) for n in _numbers(chance, 1, 2)),
    )


def _result(chance: random.Random, number: int) -> Result:
    assumption = _optional(chance, _sentence(chance))
    return Result(
        number, _sentence(chance), assumption, _optional(chance, chance.choice(POPULATIONS))
    )


def _operational(chance: random.Random, number: int) -> OperationalObjective:
    products = tuple(_product(chance, n) for n in _numbers(chance, 1, 6))
    return OperationalObjective(number, _sentence(chance), products)


def _product(chance: random.Random, number: int) -> Product:
    output = Decimal(chance.randrange(99_999)) / chance.choice([1, 2])
    unit, periodicity = chance.choice(UNITS), chance.choice(PERIODICITIES)
    name = _sentence(chance, 25)
    return Product(number, name, unit, periodicity, _optional(chance, output), 0)


def _sentence(chance: random.Random, most: int = 12) -> str:
    """Spanish-like, and begun with a letter as names are."""
    return " ".join(["Obras", *chance.choices(WORDS, k=chance.randrange(most + 1))])


def _numbers(chance: random.Random, least: int, most: int) -> list[int]:
    return sorted(chance.sample(range(1, 99), chance.randint(least, most)))


def _optional(chance: random.Random, value: Value) -> Value | None:
    return value if chance.random() < 0.6 else None
