"""Plans to print and read again: the fixture of the seed's shape, and random ones."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

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
EXAMPLES = int(os.environ.get("SIGPRET_EXAMPLES", "12"))
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


def texts(*, most: int = 12) -> st.SearchStrategy[str]:
    """Spanish-like sentences that begin with a letter, as names do."""
    words = st.lists(st.sampled_from(WORDS), max_size=most)
    return words.map(lambda more: " ".join(["Obras", *more]))


def outputs() -> st.SearchStrategy[Decimal | None]:
    whole = st.integers(0, 99_999).map(Decimal)
    halves = st.integers(0, 999).map(lambda n: Decimal(n) + Decimal("0.5"))
    return st.one_of(st.none(), whole, halves)


def numbered(strategy_of, *, most: int, least: int = 1):
    """A tuple of parts under different numbers."""
    numbers = st.lists(st.integers(1, 99), min_size=least, max_size=most, unique=True)
    return numbers.flatmap(lambda given: st.tuples(*(strategy_of(n) for n in sorted(given))))


def products(number: int) -> st.SearchStrategy[Product]:
    return st.builds(
        Product,
        st.just(number),
        texts(most=25),
        st.sampled_from(UNITS),
        st.sampled_from(PERIODICITIES),
        outputs(),
        st.just(0),
    )


def results(number: int) -> st.SearchStrategy[Result]:
    population = st.one_of(st.none(), st.sampled_from(POPULATIONS))
    assumption = st.one_of(st.none(), texts())
    return st.builds(Result, st.just(number), texts(), assumption, population)


def operationals(number: int) -> st.SearchStrategy[OperationalObjective]:
    rows = numbered(products, most=6)
    return st.builds(OperationalObjective, st.just(number), texts(), rows)


def objectives(number: int) -> st.SearchStrategy[Objective]:
    reference = st.one_of(st.none(), st.sampled_from(["PG-11", "PG-2"]))
    results_of = numbered(results, most=2, least=0)
    parts = numbered(operationals, most=2)
    return st.builds(Objective, st.just(number), texts(), reference, results_of, parts)


def documents() -> st.SearchStrategy[PlanDocument]:
    report = PrintedReport("R00822953", "2026-02-03T21:05:09")
    optional = st.one_of(st.none(), texts(most=40))
    return st.builds(
        PlanDocument,
        st.just(Coded("912", "Instituto Ficticio de Riberas")),
        st.just(2026),
        st.just(report),
        optional,
        optional,
        numbered(objectives, most=3),
    )
