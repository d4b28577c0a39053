"""What an institution plans: strategic and annual plans, their steps and their changes."""

from sigpret.apps.planning.models.activity import Activity, Input
from sigpret.apps.planning.models.calendar import FormulationStep
from sigpret.apps.planning.models.change import (
    OPEN_CHANGES,
    PlanChange,
    PlanChangeFile,
    PlanChangeLine,
    PlanChangeState,
)
from sigpret.apps.planning.models.history import PlanObservation, PlanReminder, PlanVersion
from sigpret.apps.planning.models.outline import Objective, OperationalObjective, Result
from sigpret.apps.planning.models.plan import AnnualPlan, PlanState
from sigpret.apps.planning.models.product import (
    QUARTER_CODE,
    Accumulation,
    Product,
    ProductKind,
    ProductTarget,
    ProductTerritory,
    ProductYear,
)
from sigpret.apps.planning.models.strategic import (
    StrategicObjective,
    StrategicPlan,
    StrategicResult,
    StrategicTarget,
)

__all__ = [
    "OPEN_CHANGES",
    "QUARTER_CODE",
    "Accumulation",
    "Activity",
    "AnnualPlan",
    "FormulationStep",
    "Input",
    "Objective",
    "OperationalObjective",
    "PlanChange",
    "PlanChangeFile",
    "PlanChangeLine",
    "PlanChangeState",
    "PlanObservation",
    "PlanReminder",
    "PlanState",
    "PlanVersion",
    "Product",
    "ProductKind",
    "ProductTarget",
    "ProductTerritory",
    "ProductYear",
    "Result",
    "StrategicObjective",
    "StrategicPlan",
    "StrategicResult",
    "StrategicTarget",
]
