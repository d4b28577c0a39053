"""The annual plan as report R00822953 prints it (seed 000): in report order, nothing inferred."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from sigpret.intake.json_form import decode, encode


class Severity(StrEnum):
    """An error refuses the file; a warning asks a person to look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person must know about the file; `line` counts from 1, None is the whole file."""

    severity: Severity
    rule: str
    line: int | None
    message: str

    def to_json(self) -> dict[str, Any]:
        """As published in plan_report.schema.json."""
        encoded: dict[str, Any] = encode(self)
        return encoded


def error(rule: str, line: int | None, message: str) -> Finding:
    """A finding that refuses the file."""
    return Finding(Severity.ERROR, rule, line, message)


def warning(rule: str, line: int | None, message: str) -> Finding:
    """A finding that asks a person to look."""
    return Finding(Severity.WARNING, rule, line, message)


@dataclass(frozen=True, slots=True)
class Coded:
    """A catalogue entry as printed: code without zero padding, name as written."""

    code: str
    name: str

    def __str__(self) -> str:
        return f"{self.code} - {self.name}"


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """Which report this is; `printed_at` is ISO 8601 local time, or None when no page prints it."""

    id: str
    printed_at: str | None


@dataclass(frozen=True, slots=True)
class Product:
    """A row of the table. `annual_output` None means left blank in the report, never 0."""

    number: int
    name: str
    unit_of_measure: Coded
    periodicity: Coded
    annual_output: Decimal | None
    line: int


@dataclass(frozen=True, slots=True)
class OperationalObjective:
    """Objetivo operativo: the products stand under it."""

    number: int
    text: str
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Resultado of an objective, with its supuesto and its población objetivo when printed."""

    number: int
    text: str
    assumption: str | None
    target_population: Coded | None


@dataclass(frozen=True, slots=True)
class Objective:
    """Objetivo; `program_ref` is the programme in brackets at its end, such as PG-11."""

    number: int
    text: str
    program_ref: str | None
    results: tuple[Result, ...]
    operational_objectives: tuple[OperationalObjective, ...]


class PlacedProduct(NamedTuple):
    """A product with the objectives it stands under."""

    objective: Objective
    operational_objective: OperationalObjective
    product: Product

    @property
    def label(self) -> str:
        """How a person names it: product 2 of objective 3 is "3.2"."""
        return f"{self.objective.number}.{self.product.number}"


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """One institution's plan for one fiscal year, exactly as the report states it."""

    institution: Coded
    fiscal_year: int
    report: PrintedReport
    mission: str | None
    vision: str | None
    objectives: tuple[Objective, ...]

    def placed_products(self) -> Iterator[PlacedProduct]:
        """Every product in report order."""
        for objective in self.objectives:
            for operational in objective.operational_objectives:
                for product in operational.products:
                    yield PlacedProduct(objective, operational, product)

    def to_json(self) -> dict[str, Any]:
        """As in plan_report.schema.json, without findings; quantities are decimal strings."""
        encoded: dict[str, Any] = encode(self)
        return encoded

    @classmethod
    def from_json(cls, document: object) -> PlanDocument:
        """The inverse of `to_json`. Raises JsonFormError naming the first path that differs."""
        decoded: PlanDocument = decode(cls, document)
        return decoded
