"""The codes a report prints, matched to the catalogue by code and never by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sigpret.apps.planning.programming import plain_code
from sigpret.apps.reference.models import Periodicity, TargetPopulation, UnitOfMeasure
from sigpret.intake.rows import Coded, PlanDocument
from sigpret.intake.spelling import fold

#: How many times a year each printed periodicity falls due (seed 000 prints 1, 2 and 4).
PERIODS_PER_YEAR = {
    "anual": 1,
    "semestral": 2,
    "cuatrimestral": 3,
    "trimestral": 4,
    "bimestral": 6,
    "mensual": 12,
}
#: The source of a row that came with somebody's report: `R00822953 · 414 …`.
ACCEPTED = re.compile(r"[A-Z]+[0-9]+ · ")


@dataclass(frozen=True)
class KnownCodes:
    """The catalogue rows by plain code."""

    units: dict[str, UnitOfMeasure]
    periodicities: dict[str, Periodicity]
    populations: dict[str, TargetPopulation]


@dataclass(frozen=True)
class NewCodes:
    """What the report prints and the catalogue does not have."""

    units: tuple[Coded, ...] = ()
    periodicities: tuple[Coded, ...] = ()
    populations: tuple[Coded, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.all)

    @property
    def all(self) -> tuple[Coded, ...]:
        return self.units + self.periodicities + self.populations

    @property
    def unreadable_periodicities(self) -> tuple[Coded, ...]:
        """Periodicities whose name does not say how often: only a person may add those."""
        return tuple(row for row in self.periodicities if per_year_of(row.name) is None)


def accepted_source(report: str, institution: object) -> str:
    """The source of a row accepted from a report: which one, and of whom."""
    return f"{report} · {institution}"


def was_accepted(source: str) -> bool:
    """Was the row accepted from a report, and is no row of the country's catalogue?"""
    return ACCEPTED.match(source) is not None


def per_year_of(name: str) -> int | None:
    """How many times a year a periodicity of this name falls due; None when the name is unknown."""
    return PERIODS_PER_YEAR.get(fold(name))


def known_codes() -> KnownCodes:
    """Every catalogue row by plain code; three queries."""
    return KnownCodes(
        {plain_code(row.code): row for row in UnitOfMeasure.objects.all()},
        {plain_code(row.code): row for row in Periodicity.objects.all()},
        {plain_code(row.code): row for row in TargetPopulation.objects.all()},
    )


def new_codes(document: PlanDocument, known: KnownCodes) -> NewCodes:
    """The codes of the document that the catalogue lacks, in report order, once each."""
    products = [placed.product for placed in document.placed_products()]
    populations = (
        result.target_population
        for objective in document.objectives
        for result in objective.results
        if result.target_population is not None
    )
    return NewCodes(
        _missing((product.unit_of_measure for product in products), known.units),
        _missing((product.periodicity for product in products), known.periodicities),
        _missing(populations, known.populations),
    )


def _missing(printed: Iterable[Coded], known: Iterable[str]) -> tuple[Coded, ...]:
    have = set(known)
    found = {plain_code(row.code): row for row in printed if plain_code(row.code) not in have}
    return tuple(found.values())
