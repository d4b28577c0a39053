"""An annual plan as its papers print it: the official report, its workbook and the narrative."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

REPORT_ID = "R00822953"
Quantities = tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class PaperProduct:
    """A product. `unit` and `periodicity` as printed (`149 - INFORME`); `annual_output` None: not
    published. The rest is of the narrative: empty texts are not printed."""

    number: int
    name: str
    unit: str
    periodicity: str
    annual_output: Decimal | None
    quarters: Quantities = (None, None, None, None)
    kind: str = ""
    responsible: str = ""
    verification: str = ""
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperResult:
    """A result; `assumption` and `population` empty when the plan does not say them."""

    number: int
    text: str
    assumption: str = ""
    population: str = ""


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """An operational objective with its products."""

    number: int
    text: str
    products: tuple[PaperProduct, ...]


@dataclass(frozen=True, slots=True)
class PaperObjective:
    """An objective; `program_ref` is the programme it prints in brackets, such as PG-11."""

    number: int
    text: str
    program_ref: str
    results: tuple[PaperResult, ...]
    groups: tuple[PaperGroup, ...]

    @property
    def printed(self) -> str:
        """As the report prints it: number, text and programme."""
        reference = f"({self.program_ref})" if self.program_ref else ""
        return f"{self.number} - {self.text}{reference}"


@dataclass(frozen=True, slots=True)
class CurveRow:
    """A quarter of the aggregate curve, already in words: quarter, planned, to date, percent."""

    quarter: str
    planned: str
    to_date: str
    percent: str


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """The whole plan. `institution` as printed (`414 - Dirección…`); `printed_at` and `standing`
    (`Versión 3 · bloqueado`) in words."""

    institution: str
    fiscal_year: int
    printed_at: str
    standing: str
    mission: str
    vision: str
    objectives: tuple[PaperObjective, ...]
    curve: tuple[CurveRow, ...] = ()
    is_demo: bool = False

    def products(self) -> Iterator[tuple[PaperObjective, PaperGroup, PaperProduct]]:
        """Every product in the order of the plan, with what it stands under."""
        for objective in self.objectives:
            for group in objective.groups:
                for product in group.products:
                    yield objective, group, product


def printed(quantity: Decimal | None, nothing: str = "") -> str:
    """`1,234.5`, every decimal it has; `nothing` when there is no quantity."""
    if quantity is None:
        return nothing
    text = f"{quantity:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
