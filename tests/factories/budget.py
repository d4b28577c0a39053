"""Programmes, keys of the budget, what was executed of them and ceilings, for tests."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import count

from sigpret.apps.accounts.models import User
from sigpret.apps.budget.models import (
    BudgetLine,
    CategoryKind,
    CategoryProduct,
    Ceiling,
    LineExecution,
    ProgrammaticCategory,
    Scenario,
)
from sigpret.apps.institutions.models import Institution
from sigpret.apps.planning.models import Activity, AnnualPlan, Input, Product
from sigpret.apps.reference.models import ExpenseObject, FinancingBody, FundingSource
from tests.factories.institutions import make_institution

serial = count(1)
SOURCE = "OCDS de SEFIN (HN.SIAFI2), 2020"


def make_funding_source(code: str = "11", name: str = "Tesoro Nacional") -> FundingSource:
    return FundingSource.objects.get_or_create(
        code=code, defaults={"name": name, "source": SOURCE}
    )[0]


def make_financing_body(code: str = "1", name: str = "Tesorería General") -> FinancingBody:
    return FinancingBody.objects.get_or_create(
        code=code, defaults={"name": name, "source": SOURCE}
    )[0]


def make_expense_object(code: str = "29200", name: str = "Servicios de Vigilancia"):
    return ExpenseObject.objects.get_or_create(
        code=code, defaults={"name": name, "source": SOURCE}
    )[0]


def make_category(
    institution: Institution | None = None,
    fiscal_year: int = 2026,
    parent: ProgrammaticCategory | None = None,
    kind: str = "",
    **fields,
) -> ProgrammaticCategory:
    """A programme; with a parent, an activity under it unless `kind` says else."""
    number = next(serial)
    if parent is not None:
        institution, fiscal_year = parent.institution, parent.fiscal_year
    fields.setdefault("code", f"{number:03}")
    fields.setdefault("name", f"Categoría {number}")
    return ProgrammaticCategory.objects.create(
        institution=institution or make_institution(),
        fiscal_year=fiscal_year,
        parent=parent,
        kind=kind or (CategoryKind.ACTIVITY if parent else CategoryKind.PROGRAM),
        **fields,
    )


def make_share(category: ProgrammaticCategory, product: Product, share: str = "100"):
    return CategoryProduct.objects.create(category=category, product=product, share=Decimal(share))


def make_line(
    category: ProgrammaticCategory | None = None,
    approved: str = "1000",
    modifications: str = "0",
    **fields,
) -> BudgetLine:
    """A key of the budget; its twelve segments are made of what it hangs from."""
    category = category or make_category()
    number = next(serial)
    fields.setdefault("funding_source", make_funding_source())
    fields.setdefault("financing_body", make_financing_body())
    fields.setdefault("expense_object", make_expense_object())
    fields.setdefault(
        "key",
        f"{category.fiscal_year}-{category.institution.code}-1-1-{number}-0-0-{category.code}"
        f"-11-1-{fields['expense_object'].code}-0",
    )
    return BudgetLine.objects.create(
        institution=category.institution,
        fiscal_year=category.fiscal_year,
        administrative_unit="1",
        executing_unit="1",
        category=category,
        beneficiary="0",
        approved=Decimal(approved),
        modifications=Decimal(modifications),
        **fields,
    )


def make_execution(line: BudgetLine, period: str = "2026-Q1", accrued: str = "0", **amounts):
    """What was executed of a key in a period; the amounts are written as text."""
    given = {name: Decimal(value) for name, value in amounts.items()}
    return LineExecution.objects.create(line=line, period=period, accrued=Decimal(accrued), **given)


def make_ceiling(institution: Institution, amount: str = "1000000", fiscal_year: int = 2026, **of):
    of.setdefault("document", "Oficio de techos")
    return Ceiling.objects.create(
        institution=institution, fiscal_year=fiscal_year, amount=Decimal(amount), **of
    )


def make_activity(product: Product, stated_cost: str | None = None, **fields) -> Activity:
    fields.setdefault("number", next(serial))
    fields.setdefault("name", f"Actividad {fields['number']}")
    return Activity.objects.create(
        product=product,
        stated_cost=None if stated_cost is None else Decimal(stated_cost),
        **fields,
    )


def make_input(activity: Activity, quantity: str = "1", unit_price: str = "100", **fields) -> Input:
    fields.setdefault("number", next(serial))
    fields.setdefault("name", f"Insumo {fields['number']}")
    return Input.objects.create(
        activity=activity, quantity=Decimal(quantity), unit_price=Decimal(unit_price), **fields
    )


def make_scenario(plan: AnnualPlan, made_by: User, **fields) -> Scenario:
    """A scenario of a plan as it is; `kind`, `ceiling` and `name` may be said."""
    fields.setdefault("kind", Scenario.Kind.BASE)
    fields.setdefault("name", f"Escenario {next(serial)}")
    fields.setdefault("made_at", datetime(2026, 10, 10, 15, 0, tzinfo=UTC))
    return Scenario.objects.create(plan=plan, made_by=made_by, **fields)
