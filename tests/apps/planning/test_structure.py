"""The rows of a plan: added, described, moved and taken away."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.planning.actions import outline, starting, structure
from sigpret.apps.planning.actions.record import ProductHasReportsError
from sigpret.apps.planning.actions.writing import InvalidRowError, MissingRowError
from sigpret.apps.planning.models import (
    AnnualPlan,
    Objective,
    OperationalObjective,
    Product,
    Result,
)
from sigpret.apps.reference.models import TargetPopulation
from tests.factories.institutions import make_institution, make_user
from tests.factories.monitoring import make_report, make_value
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 13, 16, 42, tzinfo=UTC)


@pytest.fixture
def product():
    return make_product(make_plan(), number=6, name="Guías redactadas")


@pytest.fixture
def plan(product):
    return product.operational_objective.objective.plan


@pytest.fixture
def by(plan):
    actor = make_user(Role.REGISTRAR, institution=plan.institution)
    access = access_of(actor, on=AT.date())
    return {"actor": actor, "access": access, "plan_id": plan.pk, "at": AT}


def described(product, **changes):
    facts = {
        "name": product.name,
        "unit_of_measure_id": product.unit_of_measure_id,
        "periodicity_id": product.periodicity_id,
    }
    return structure.ProductText(**facts | changes)


def second_objective(plan):
    objective = Objective.objects.create(plan=plan, number=2, text="Leer")
    return OperationalObjective.objects.create(objective=objective, number=1, text="Prestar")


def test_a_product_takes_the_next_number_of_its_objective(by, product):
    parent = product.operational_objective
    text = described(product, name="  Talleres   de lectura ")
    added = structure.add_product(**by, operational_objective_id=parent.pk, text=text)
    assert (added.number, added.name, added.annual_output) == (7, "Talleres de lectura", None)
    again = structure.add_product(**by, operational_objective_id=parent.pk, text=text)
    assert again.pk == added.pk


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"kind": "otra"}, "kind"),
        ({"accumulation": "otra"}, "accumulation"),
        ({"unit_of_measure_id": 0}, "unit_of_measure_id"),
        ({"periodicity_id": 0}, "periodicity_id"),
        ({"responsible_unit": "a" * 201}, "responsible_unit"),
    ],
)
def test_what_a_product_cannot_say_names_its_datum(by, product, changes, field):
    with pytest.raises(InvalidRowError) as refused:
        structure.change_product(
            **by, product_id=product.pk, text=described(product, **changes), expected_version=1
        )
    assert refused.value.field == field


def test_a_product_is_described(by, product):
    text = described(product, kind="final", accumulation="last", responsible_unit="Evaluación")
    changed = structure.change_product(**by, product_id=product.pk, text=text, expected_version=1)
    assert (changed.kind, changed.accumulation, changed.version) == ("final", "last", 2)
    # The same request again, from before: nothing to write, nothing to dispute.
    structure.change_product(**by, product_id=product.pk, text=text, expected_version=1)


def test_two_people_who_describe_one_product_see_both_texts(by, product):
    structure.change_product(
        **by, product_id=product.pk, text=described(product, name="Guías"), expected_version=1
    )
    with pytest.raises(structure.StaleProductError) as stale:
        structure.change_product(
            **by, product_id=product.pk, text=described(product, name="Manuales"),
            expected_version=1,
        )  # fmt: skip
    assert (stale.value.theirs.name, stale.value.version) == ("Guías", 2)


def test_a_product_moves_with_its_number_when_it_is_free(by, product, plan):
    target = second_objective(plan)
    move = {**by, "product_id": product.pk, "operational_objective_id": target.pk}
    assert structure.move_product(**move).number == 6
    assert structure.move_product(**move).version == 2


def test_a_product_moves_to_the_next_number_when_its_own_is_taken(by, product, plan):
    target = second_objective(plan)
    make = {"unit_of_measure": product.unit_of_measure, "periodicity": product.periodicity}
    Product.objects.create(operational_objective=target, number=6, name="Otro", **make)
    moved = structure.move_product(**by, product_id=product.pk, operational_objective_id=target.pk)
    assert moved.number == 7


def test_a_product_leaves_once(by, product):
    structure.remove_product(**by, product_id=product.pk)
    structure.remove_product(**by, product_id=product.pk)
    assert not Product.objects.filter(pk=product.pk).exists()


def test_a_product_with_reports_stays(by, product, plan):
    make_value(make_report(plan.institution), "1", product=product)
    with pytest.raises(ProductHasReportsError):
        structure.remove_product(**by, product_id=product.pk)


def test_the_objective_of_another_plan_takes_no_product(by, product):
    stranger = second_objective(make_plan())
    with pytest.raises(MissingRowError):
        structure.move_product(**by, product_id=product.pk, operational_objective_id=stranger.pk)


def test_rows_are_added_under_an_objective_and_numbered(by, plan):
    new = outline.add_row(**by, kind="objective", text=outline.RowText("Leer", "PG-12"))
    assert (new.number, new.program_ref) == (2, "PG-12")
    result = outline.RowText("Más lectores", assumption="Hay libros")
    for kind in ("result", "operational"):
        row = outline.add_row(**by, kind=kind, objective_id=new.pk, text=result)
        again = outline.add_row(**by, kind=kind, objective_id=new.pk, text=result)
        assert (row.number, again.pk) == (1, row.pk)


def seen(row, kind="objective"):
    return outline.seen_of(kind, outline.text_of(row))


def test_what_one_person_writes_of_a_result_another_does_not_erase(by, plan):
    result = Result.objects.create(objective=plan.objectives.get(), number=1, text="Lectores")
    change = {**by, "kind": "result", "row_id": result.pk, "seen": seen(result, "result")}
    outline.change_row(**change, text=outline.RowText("Lectores", assumption="Hay libros"))
    population = TargetPopulation.objects.create(code="9401", name="niñez")
    mine = outline.RowText("Lectores", target_population_id=population.pk)
    with pytest.raises(outline.StaleRowError) as stale:
        outline.change_row(**change, text=mine)
    assert stale.value.theirs.assumption == "Hay libros"


def test_a_row_somebody_wrote_meanwhile_shows_both(by, plan):
    objective = plan.objectives.get()
    change = {**by, "kind": "objective", "row_id": objective.pk, "seen": seen(objective)}
    outline.change_row(**change, text=outline.RowText("Uno"))
    outline.change_row(**change, text=outline.RowText("Uno"))
    with pytest.raises(outline.StaleRowError) as stale:
        outline.change_row(**change, text=outline.RowText("Dos"))
    assert stale.value.theirs.text == "Uno"


def test_a_row_with_products_stays(by, product, plan):
    operational = product.operational_objective
    for kind, row in (("objective", operational.objective), ("operational", operational)):
        with pytest.raises(outline.RowHasProductsError):
            outline.remove_row(**by, kind=kind, row_id=row.pk)
    structure.remove_product(**by, product_id=product.pk)
    outline.remove_row(**by, kind="objective", row_id=operational.objective_id)
    outline.remove_row(**by, kind="objective", row_id=operational.objective_id)
    assert not plan.objectives.exists()


def test_the_mission_is_written_over_nobody(by, plan):
    write = {**by, "vision": "Ver", "seen": outline.seen_statement("", "")}
    assert outline.change_statement(**write, mission="Uno").mission == "Uno"
    with pytest.raises(outline.StaleRowError):
        outline.change_statement(**write, mission="Dos")


def test_a_plan_starts_empty_and_once():
    place = make_institution()
    actor = make_user(Role.REGISTRAR, institution=place)
    start = {
        "actor": actor,
        "access": access_of(actor, on=AT.date()),
        "institution": place,
        "fiscal_year": 2027,
        "at": AT,
    }
    plan = starting.start_plan(**start)
    assert (plan.state, plan.version) == ("draft", 1)
    assert starting.start_plan(**start).pk == plan.pk


@pytest.mark.parametrize(
    ("role", "year", "span"),
    [
        (Role.REGISTRAR, 2025, "de 2026 a 2027"),
        (Role.REGISTRAR, 2028, "de 2026 a 2027"),
        (Role.ADMINISTRATOR, 1999, "de 2000 a 2100"),
        (Role.ADMINISTRATOR, 40000, "de 2000 a 2100"),
    ],
)
def test_a_plan_of_a_closed_year_is_not_begun(role, year, span):
    place = make_institution()
    actor = make_user(role, institution=place if role == Role.REGISTRAR else None)
    access = access_of(actor, on=AT.date())
    who = {"actor": actor, "access": access, "institution": place, "at": AT}
    with pytest.raises(PermissionDenied, match=span):
        starting.start_plan(**who, fiscal_year=year)
    assert not AnnualPlan.objects.exists()
