"""Plans and products for tests."""

from decimal import Decimal
from itertools import count

from sigpret.apps.institutions.models import Institution
from sigpret.apps.planning.models import (
    AnnualPlan,
    Objective,
    OperationalObjective,
    Product,
    ProductTarget,
)
from sigpret.apps.reference.models import Periodicity, UnitOfMeasure
from tests.factories.institutions import make_institution

serial = count(1)


def make_plan(institution: Institution | None = None, fiscal_year: int = 2026) -> AnnualPlan:
    return AnnualPlan.objects.create(
        institution=institution or make_institution(), fiscal_year=fiscal_year
    )


def make_product(plan: AnnualPlan | None = None, planned: dict[str, str] | None = None, **fields):
    """A product of a plan; `planned` is {"2026-Q1": "2"}."""
    plan = plan or make_plan()
    objective, _ = Objective.objects.get_or_create(
        plan=plan, number=1, defaults={"text": "Fortalecer la gestión"}
    )
    operational, _ = OperationalObjective.objects.get_or_create(
        objective=objective, number=1, defaults={"text": "Diseñar herramientas"}
    )
    unit, _ = UnitOfMeasure.objects.get_or_create(
        code="149", defaults={"name": "INFORME", "source": "R00822953"}
    )
    periodicity, _ = Periodicity.objects.get_or_create(
        code="4", defaults={"name": "Trimestral", "per_year": 4, "source": "R00822953"}
    )
    fields.setdefault("number", next(serial))
    fields.setdefault("name", f"Informe {fields['number']} elaborado")
    product = Product.objects.create(
        operational_objective=operational, unit_of_measure=unit, periodicity=periodicity, **fields
    )
    for period, value in (planned or {}).items():
        ProductTarget.objects.create(product=product, period=period, planned=Decimal(value))
    return product
