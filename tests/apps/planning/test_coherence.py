"""What the rules of coherence are told about a stored plan, and what everybody reads of it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

import sigpret.config.wiring  # noqa: F401 - who knows of goals and money
from sigpret.apps.budget.models import (
    BudgetLine,
    CategoryKind,
    CategoryProduct,
    Ceiling,
    ProgrammaticCategory,
)
from sigpret.apps.planning.actions.versions import keep_version
from sigpret.apps.planning.catalogue import accepted_source
from sigpret.apps.planning.findings_page import findings_beside
from sigpret.apps.planning.models import (
    Activity,
    Objective,
    Product,
    Result,
    StrategicObjective,
    StrategicPlan,
)
from sigpret.apps.planning.queries.coherence import findings_of, findings_of_plans
from sigpret.apps.reference.models import ExpenseObject, FinancingBody, FundingSource
from tests.apps.monitoring.scenes import access
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
YEAR = {"2027-Q1": "1", "2027-Q2": "2", "2027-Q3": "1", "2027-Q4": "1"}


@pytest.fixture
def plan():
    return make_plan(make_institution("414"), 2027)


@pytest.fixture
def product(plan):
    """A coherent product: it answers to a measured result and serves a goal."""
    made = make_product(plan, YEAR, number=6, annual_output=Decimal(5))
    objective = made.operational_objective.objective
    Result.objects.create(objective=objective, number=1, text="Gestión fortalecida")
    goal = make_goal(institution=plan.institution)
    goal.products.add(made)
    goal.objectives.add(objective)
    return made


def rules(plan) -> list[str]:
    return [finding.rule for finding in findings_of(plan)]


def test_a_plan_that_is_coherent_has_nothing_to_mend(plan, product):
    assert rules(plan) == []


def test_an_error_stands_at_its_product_with_what_mends_it(plan, product):
    Product.objects.filter(pk=product.pk).update(annual_output=6)
    found = findings_beside(plan.pk, 2027, plan.institution_id, access(make_user()))
    (finding,) = found[product.pk]
    assert finding.is_error
    assert finding.sentence == (
        "Los trimestres suman 5 y la producción anual dice 6: falta ubicar 1."
    )
    assert [(fix.label, fix.field, fix.value) for fix in finding.fixes] == [
        ("Sumarlo al III trimestre", "3", Decimal(2)),
        ("Sumarlo al IV trimestre", "4", Decimal(2)),
        ("Poner 5 en anual", "annual_output", Decimal(5)),
    ]


def test_what_does_not_add_up_may_be_meant_not_to(plan, product):
    Product.objects.filter(pk=product.pk).update(accumulation="maximum", annual_output=2)
    assert rules(plan) == []


def test_an_objective_is_measured_by_the_strategic_plan_too(plan, product):
    objective = product.operational_objective.objective
    objective.goals.clear()
    assert rules(plan) == ["result_without_indicator"]
    strategic = StrategicPlan.objects.create(
        institution=plan.institution, first_year=2026, last_year=2030
    )
    pursued = StrategicObjective.objects.create(plan=strategic, number=1, text="Gestión")
    pursued.results.create(number=1, text="Gestión fortalecida", indicator="Índice de gestión")
    Objective.objects.filter(pk=objective.pk).update(strategic_objective=pursued)
    assert rules(plan) == []


def test_what_is_mended_elsewhere_says_where(plan, product):
    product.operational_objective.objective.goals.clear()
    found = findings_beside(plan.pk, 2027, plan.institution_id, access(make_user()))
    (finding,) = found[None]
    assert (finding.url, finding.action) == ("/poa/2027/414/pei", "Vincular con el PEI")


def test_a_product_that_serves_no_goal_is_named(plan, product):
    product.goals.clear()
    assert rules(plan) == ["product_without_goal"]


def test_a_unit_that_came_with_a_report_is_not_official(plan, product):
    unit = product.unit_of_measure
    unit.source = accepted_source("R00822953", plan.institution)
    unit.save()
    assert rules(plan) == ["unknown_unit"]


def test_history_is_of_the_same_product_in_the_same_unit(plan, product):
    for year in (2024, 2025, 2026):
        earlier = make_plan(plan.institution, year)
        make_product(earlier, number=6, annual_output=Decimal(2))
    assert rules(plan) == ["outside_history"]


def test_history_older_than_five_years_is_forgotten(plan, product):
    for year in (2020, 2021):
        make_product(make_plan(plan.institution, year), number=6, annual_output=Decimal(2))
    assert rules(plan) == []


def test_the_report_a_plan_came_from_is_remembered(plan, product):
    plan.source_report = "R00822953"
    plan.save()
    at = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)
    keep_version(plan=plan, occasion="recorded", actor=make_user(), at=at)
    assert rules(plan) == []
    Product.objects.filter(pk=product.pk).update(annual_output=4)
    product.targets.filter(period="2027-Q2").update(planned=1)
    (finding,) = findings_of(plan)
    assert "dice 4 y el reporte R00822953 imprimió 5" in finding.sentence()


def make_category(plan) -> ProgrammaticCategory:
    return ProgrammaticCategory.objects.create(
        institution=plan.institution,
        fiscal_year=plan.fiscal_year,
        kind=CategoryKind.PROGRAM,
        code="11",
        name="Gestión por resultados",
    )


def make_line(plan, category, approved: str) -> BudgetLine:
    return BudgetLine.objects.create(
        institution=plan.institution,
        fiscal_year=plan.fiscal_year,
        key=f"{plan.fiscal_year}-414-1",
        administrative_unit="1",
        executing_unit="1",
        category=category,
        funding_source=FundingSource.objects.create(code="11", name="Tesoro", source="SEFIN"),
        financing_body=FinancingBody.objects.create(code="1", name="Tesoro", source="SEFIN"),
        expense_object=ExpenseObject.objects.create(code="11100", name="Sueldos", source="SEFIN"),
        beneficiary="0",
        approved=Decimal(approved),
    )


def test_once_there_is_a_budget_a_product_without_money_is_named(plan, product):
    category = make_category(plan)
    make_line(plan, category, "100")
    assert rules(plan) == ["product_without_budget"]
    CategoryProduct.objects.create(category=category, product=product, share=100)
    assert rules(plan) == []


def set_ceiling(plan, amount: int, source: FundingSource | None = None) -> None:
    Ceiling.objects.create(
        institution=plan.institution,
        fiscal_year=plan.fiscal_year,
        funding_source=source,
        amount=amount,
        document="Oficio 1",
    )


def test_activities_over_the_ceiling_stop_the_plan(plan, product):
    Activity.objects.create(product=product, number=1, name="Diseñar", stated_cost=Decimal(120))
    set_ceiling(plan, 100)
    (finding,) = findings_of(plan)
    assert finding.sentence() == (
        "El plan cuesta L 120 y el techo es L 100: reduzca L 20, pida a DIGER que revise el techo "
        "o envíelo diciendo por qué."
    )


def test_ceilings_by_source_add_up_unless_there_is_one_of_all(plan, product):
    Activity.objects.create(product=product, number=1, name="Diseñar", stated_cost=Decimal(120))
    for code in ("11", "22"):
        set_ceiling(plan, 60, FundingSource.objects.create(code=code, name=code, source="SEFIN"))
    assert rules(plan) == []
    set_ceiling(plan, 119)
    assert rules(plan) == ["ceiling_exceeded"]


def test_many_plans_cost_the_statements_of_one(plan, product, django_assert_num_queries):
    plans = [plan]
    for number in range(3):
        other = make_plan(make_institution(f"9{number}"), 2027)
        make_product(other, YEAR, annual_output=Decimal(6))
        plans.append(other)
    with django_assert_num_queries(COST):
        assert len(findings_of_plans([plan.pk])) == 1
    with django_assert_num_queries(COST):
        found = findings_of_plans([one.pk for one in plans])
    assert [len(found[one.pk]) > 0 for one in plans] == [False, True, True, True]


COST = 3
