"""The aggregate curve: what was programmed and what was validated, quarter by quarter."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.evaluation.curve_page import curve_page
from sigpret.apps.evaluation.queries.curve import production_curve
from tests.factories.institutions import make_institution, make_user
from tests.factories.monitoring import make_report, make_round, make_value
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)


@pytest.fixture
def institution():
    return make_institution("9414", "Instituto Nacional de Ejemplos", acronym="INE")


def quarters(text: str, year: int) -> dict[str, str]:
    return {f"{year}-Q{n}": value for n, value in enumerate(text.split(), 1)}


@pytest.mark.parametrize(
    ("year", "planned", "percents"),
    [
        (2019, "50 82 63 69", "18.94 50.00 73.86 100.00"),
        (2020, "82 132 83 110", "20.15 52.58 72.97 100.00"),
    ],
)
def test_the_published_curves_are_printed(institution, year, planned, percents):
    make_product(make_plan(institution, year), quarters(planned, year))
    page = curve_page(production_curve(institution, year), year)
    said = " ".join(percent.split("\u00a0")[0] for _point, (percent, _) in page.rows)
    assert said == percents


def test_only_what_was_validated_is_delivered(institution):
    plan = make_plan(institution)
    counted = make_product(plan, quarters("10 10 10 10", 2026))
    other = make_product(plan, quarters("10 10 10 10", 2026))
    report = make_report(institution, make_round("2026-Q1"))
    decided = {"state": "validated", "decided_by": make_user(Role.ANALYST), "decided_at": MOMENT}
    make_value(report, "8", product=counted, **decided)
    make_value(report, "9", product=other, state="submitted")
    curve = production_curve(institution, 2026)
    assert curve.last.executed_to_date == Decimal(8)
    assert curve.points[1].executed is None
    assert "10.00\u00a0% del año" in curve_page(curve, 2026).sentence


def test_the_intermediate_products_make_the_curve(institution):
    plan = make_plan(institution)
    make_product(plan, quarters("1 1 1 1", 2026), kind="intermediate")
    make_product(plan, quarters("100 0 0 0", 2026), kind="final")
    curve = production_curve(institution, 2026)
    assert curve.points[-1].planned_to_date == Decimal(4)
    assert not curve.is_of_everything


def test_a_curve_takes_as_many_statements_with_more_products(
    institution, django_assert_max_num_queries
):
    plan = make_plan(institution)
    for _number in range(30):
        make_product(plan, quarters("1 1 1 1", 2026))
    with django_assert_max_num_queries(3):
        assert production_curve(institution, 2026).products == 30


@pytest.mark.parametrize("planned", [None, {}])
def test_a_plan_without_programming_has_no_curve(client, institution, planned):
    if planned is not None:
        make_product(make_plan(institution), planned)
    user = make_user(Role.REGISTRAR, institution=institution)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/poa/2026/9414/curva").content.decode()
    assert "no tiene producción programada" in page


def test_the_page_draws_the_curve_and_writes_its_figures(client, institution):
    make_product(make_plan(institution), quarters("50 82 63 69", 2026))
    user = make_user(Role.REGISTRAR, institution=institution)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/poa/2026/9414/curva").content.decode()
    assert "<svg" in page
    assert "73.86\u00a0%" in page
