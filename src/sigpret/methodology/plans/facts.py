"""What the rules of coherence look at, and what they answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sigpret.methodology.explain import Explanation, Parameter
from sigpret.methodology.measure import Accumulation
from sigpret.methodology.schedule import Quarters

#: The datum a finding speaks of, or a fix changes: the year's output, or a quarter by its number.
ANNUAL = "annual_output"
QUARTERS = ("1", "2", "3", "4")
ROMAN = ("I", "II", "III", "IV")
NOTHING: Quarters = (None, None, None, None)


class Severity(StrEnum):
    """An error stops the plan from being sent, or asks to say why; a warning asks to look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair of one datum of the product: its new value, None to empty it."""

    field: str
    value: Decimal | None
    explanation: Explanation

    def label(self, translate: Callable[[str], str] = str) -> str:
        """What the button says."""
        return self.explanation.sentence(translate)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that failed. `product_id` None: it is of the whole plan, or of what is no product.

    `fields` are the data it speaks of, as in `Fix.field`; `label` names its place, a product, a
    result or an objective: `2.6`; "" is the whole plan. An error that `may_be_explained` is of
    what others may still change: it stops the plan only until somebody writes why.
    """

    rule: str
    severity: Severity
    explanation: Explanation
    product_id: int | None = None
    label: str = ""
    fixes: tuple[Fix, ...] = ()
    fields: frozenset[str] = frozenset()
    may_be_explained: bool = False

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """What is wrong and what to do, for the planner."""
        return self.explanation.sentence(translate)

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def stops(self) -> bool:
        """Does nothing but mending it let the plan be sent?"""
        return self.is_error and not self.may_be_explained


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """A product of the plan. Quantities are in its unit; None is not stated, never 0.

    `label` is how people name it (`2.6`). `stems` are the roots of the words of its name.
    `unit` and `periodicity` are their names, "" when the product has none; they are official
    when the country's catalogue has them, and not when they were accepted from a report.
    `history` is the annual output of the same product, in the same unit, by earlier year.
    `placed` is what its territories foresee together, None when it is not split.
    `has_goal` and `has_budget` None: nobody knows.
    """

    id: int
    label: str
    objective: int
    name: str = ""
    stems: tuple[str, ...] = ()
    unit: str = ""
    unit_is_official: bool = True
    periodicity: str = ""
    per_year: int | None = None
    periodicity_is_official: bool = True
    accumulation: Accumulation = Accumulation.SUM
    annual_output: Decimal | None = None
    quarters: Quarters = NOTHING
    history: Mapping[int, Decimal] | None = None
    placed: Decimal | None = None
    has_goal: bool | None = None
    has_budget: bool | None = None


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """A result of an objective, `1.2`; `has_indicator` None: nobody knows."""

    label: str
    has_indicator: bool | None = None


@dataclass(frozen=True, slots=True)
class ObjectiveFacts:
    number: int
    results: tuple[ResultFacts, ...] = ()

    @property
    def label(self) -> str:
        return str(self.number)


@dataclass(frozen=True, slots=True)
class ReportedProduct:
    """A product as the official report printed it: the report says nothing of its quarters."""

    label: str
    annual_output: Decimal | None


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan and what is known around it. Money is in lempiras.

    `ceiling` and `cost` None: not set, not stated. `report` is the official report the plan
    came from, None when it came from none; `report_id` names it.
    """

    fiscal_year: int
    objectives: tuple[ObjectiveFacts, ...] = ()
    products: tuple[ProductFacts, ...] = ()
    ceiling: Decimal | None = None
    cost: Decimal | None = None
    report: tuple[ReportedProduct, ...] | None = None
    report_id: str = ""


def found(
    rule: str,
    severity: Severity,
    template: str,
    product: ProductFacts | None = None,
    fixes: tuple[Fix, ...] = (),
    fields: frozenset[str] = frozenset(),
    *,
    place: str = "",
    may_be_explained: bool = False,
    **params: Parameter,
) -> Finding:
    """A finding at a product, or at the `place` of the plan that is named."""
    explanation = Explanation(f"plan.{rule}", template, params)
    product_id, label = (product.id, product.label) if product else (None, place)
    return Finding(rule, severity, explanation, product_id, label, fixes, fields, may_be_explained)
