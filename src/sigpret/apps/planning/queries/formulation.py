"""The calendar of formulation of a year, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sigpret.apps.planning.models import FormulationStep

Code = FormulationStep.Code
#: As they happen in the year before and in January of the plan's own.
ORDER = (
    Code.START,
    Code.CEILINGS,
    Code.BUDGET_PROPOSAL,
    Code.SUBMISSION,
    Code.APPROVAL,
    Code.ACCEPTANCE,
    Code.LOCK,
)


@dataclass(frozen=True, slots=True)
class FormulationDay:
    """A step with its last day; None: nobody has set it."""

    code: str
    label: str
    due_on: date | None
    source: str


def formulation_of(fiscal_year: int) -> tuple[FormulationDay, ...]:
    """Every step in the order they happen; one statement."""
    stored = {row.code: row for row in FormulationStep.objects.filter(fiscal_year=fiscal_year)}
    return tuple(
        FormulationDay(
            code.value,
            str(code.label),
            stored[code].due_on if code in stored else None,
            stored[code].source if code in stored else "",
        )
        for code in ORDER
    )
