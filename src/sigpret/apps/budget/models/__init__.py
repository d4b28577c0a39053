"""What is budgeted, executed and tried out."""

from sigpret.apps.budget.models.execution_import import (
    ColumnMapping,
    ExecutionImport,
    RefusedRow,
)
from sigpret.apps.budget.models.line import BudgetLine, LineExecution
from sigpret.apps.budget.models.scenario import Scenario, ScenarioProduct
from sigpret.apps.budget.models.structure import (
    CategoryKind,
    CategoryProduct,
    Ceiling,
    ProgrammaticCategory,
)

__all__ = [
    "BudgetLine",
    "CategoryKind",
    "CategoryProduct",
    "Ceiling",
    "ColumnMapping",
    "ExecutionImport",
    "LineExecution",
    "ProgrammaticCategory",
    "RefusedRow",
    "Scenario",
    "ScenarioProduct",
]
