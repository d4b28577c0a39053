"""The production matrix: later years, who answers and where, written row by row."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.budget.queries.matrix import production_matrix
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.planning.actions.foresight import (
    ForesightEdit,
    save_foresight,
    save_territories,
)
from sigpret.apps.planning.actions.writing import InvalidRowError, PlanNotWritableError
from sigpret.apps.planning.models import AnnualPlan, PlanState
from sigpret.apps.planning.queries.coherence import findings_of
from sigpret.apps.reference.models import Disaggregation, DisaggregationCategory
from tests.factories.budget import make_activity, make_input
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def product(plan):
    return make_product(plan, {"2026-Q2": "4", "2026-Q4": "6"}, annual_output=Decimal(10))


@pytest.fixture
def planner(plan):
    return make_user(Role.REGISTRAR, institution=plan.institution)


@pytest.fixture
def save(plan, planner):
    def write(product, years, version=1, responsible="", by=planner):
        typed = {year: None if one is None else Decimal(one) for year, one in years.items()}
        return save_foresight(
            actor=by,
            access=access_of(by, on=AT.date()),
            plan_id=plan.pk,
            edits=[ForesightEdit(product.pk, version, responsible, typed)],
            at=AT,
        )

    return write


def row_of(plan):
    return production_matrix(plan.pk, plan.fiscal_year).rows[0]


def test_the_matrix_has_the_year_its_quarters_and_three_years_more(plan, product):
    row = row_of(plan)
    assert (row.annual_output, row.quarters) == (10, (None, 4, None, 6))
    assert row.later == ((2027, None), (2028, None), (2029, None))


def test_later_years_are_written_and_emptied(save, plan, product):
    save(product, {2027: "12", 2028: "0"}, responsible="Dirección")
    row = row_of(plan)
    assert (row.later, row.responsible_unit) == (
        ((2027, 12), (2028, 0), (2029, None)), "Dirección",
    )  # fmt: skip
    save(product, {2027: None}, version=2)
    assert row_of(plan).later[0] == (2027, None)


def test_the_same_written_twice_is_written_once(save, product):
    save(product, {2027: "12"})
    assert save(product, {2027: "12"}).changed == 0
    assert AuditEvent.objects.count() == 1


def test_what_another_person_changed_waits(save, product):
    save(product, {2027: "12"})
    assert save(product, {2027: "15"}).conflicts == (product.pk,)


@pytest.mark.parametrize("years", [{2026: "1"}, {2040: "1"}, {2027: "-1"}])
def test_only_later_years_hold_a_quantity(save, product, years):
    with pytest.raises(InvalidRowError):
        save(product, years)


def test_a_plan_that_was_sent_is_not_programmed(save, product, planner):
    AnnualPlan.objects.update(state=PlanState.SUBMITTED, submitted_by=planner, submitted_at=AT)
    with pytest.raises(PlanNotWritableError):
        save(product, {2027: "1"})


def test_another_institution_does_not_write(save, product):
    stranger = make_user(Role.REGISTRAR, institution=make_institution())
    with pytest.raises(PermissionDenied):
        save(product, {2027: "1"}, by=stranger)


@pytest.fixture
def places():
    whole = Disaggregation.objects.create(code="territorio", name="Departamento", source="INE")
    return [
        DisaggregationCategory.objects.create(
            disaggregation=whole, code=code, name=name, position=number, source="INE"
        )
        for number, (code, name) in enumerate([("01", "Atlántida"), ("02", "Colón")], 1)
    ]


def split(plan, planner, product, parts, version=1):
    save_territories(
        actor=planner,
        access=access_of(planner, on=AT.date()),
        plan_id=plan.pk,
        product_id=product.pk,
        parts={place.pk: part and Decimal(part) for place, part in parts.items()},
        expected_version=version,
        at=AT,
    )


def test_an_output_is_split_by_territory(plan, planner, product, places):
    split(plan, planner, product, {places[0]: "6", places[1]: "3"})
    row = row_of(plan)
    assert [(one.name, one.planned) for one in row.territories] == [("Atlántida", 6), ("Colón", 3)]
    assert row.unplaced == 1


def test_territories_never_add_up_to_more_than_the_year(plan, planner, product, places):
    with pytest.raises(InvalidRowError, match="suman 11 y la producción anual dice 10"):
        split(plan, planner, product, {places[0]: "6", places[1]: "5"})


def test_each_year_says_what_it_would_cost(save, plan, product):
    make_input(make_activity(product), "1", "20", is_per_unit=True)
    save(product, {2027: "12"})
    costs = production_matrix(plan.pk, plan.fiscal_year).costs
    assert costs[:2] == ((2026, Decimal(200), 0), (2027, Decimal(240), 0))


def test_the_matrix_asks_the_same_whatever_its_size(plan, django_assert_max_num_queries):
    for _ in range(4):
        make_product(plan, {"2026-Q1": "1"}, annual_output=Decimal(1))
    with django_assert_max_num_queries(8):
        production_matrix(plan.pk, plan.fiscal_year)


def test_a_cell_that_cannot_be_read_keeps_what_was_typed(client, plan, planner, product):
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("budget:matrix", args=[2026, plan.institution.code])
    typed = {f"v{product.pk}": "1", f"y2027-{product.pk}": "1.200"}
    answer = client.post(page, typed)
    assert answer.status_code == 422
    assert "¿Quiso decir 1,200 o 1.2?" in answer.content.decode()
    typed[f"y2027-{product.pk}"] = "1,200"
    assert client.post(page, typed).status_code == 302
    assert row_of(plan).later[0] == (2027, 1200)


@pytest.mark.parametrize("value", ["1" * 40, "1e16", "0.00001", "NaN"])
def test_a_quantity_the_plan_cannot_hold_is_a_sentence(save, plan, planner, product, places, value):
    with pytest.raises(InvalidRowError):
        save(product, {2027: value})
    with pytest.raises(InvalidRowError):
        split(plan, planner, product, {places[0]: value})


def test_a_responsible_unit_too_long_to_keep_is_a_sentence(save, product):
    with pytest.raises(InvalidRowError, match="200 letras"):
        save(product, {2027: "1"}, responsible="a" * 201)


def test_a_year_that_falls_below_its_territories_is_a_warning_of_the_plan(plan, planner, product,
                                                                          places):  # fmt: skip
    split(plan, planner, product, {places[0]: "6", places[1]: "3"})
    type(product).objects.update(annual_output=Decimal(8))
    said = [one.sentence() for one in findings_of(plan) if one.rule == "territories_exceed"]
    assert said == [
        "Los territorios suman 9 y la producción anual dice 8: corrija el reparto o la producción."
    ]


def test_two_people_in_a_year_are_shown_both_and_one_decides(client, plan, planner, product, save):
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("budget:matrix", args=[2026, plan.institution.code])
    pk = product.pk
    typed = {f"v{pk}": "1", f"r{pk}": "", f"y2027-{pk}": "5", f"y2028-{pk}": "", f"y2029-{pk}": ""}
    save(product, {2027: "1200.5"})
    answer = client.post(page, typed)
    assert answer.status_code == 409
    said = answer.content.decode()
    assert f"1.{product.number} en 2027, ahora dice 1,200.5 y usted escribió 5" in said
    product.refresh_from_db()
    assert f'name="v{pk}" value="{product.version}"' in said
    assert client.post(page, typed | {f"v{pk}": product.version}).status_code == 302
    assert dict(product.later_years.values_list("fiscal_year", "planned")) == {2027: 5}
