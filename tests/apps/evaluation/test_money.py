"""What is paid beside what is delivered, from the lines of the budget and validated reports."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from io import BytesIO

import pytest
from openpyxl import load_workbook

from sigpret.apps.accounts.roles import Role
from sigpret.apps.budget.models import (
    BudgetLine,
    CategoryProduct,
    LineExecution,
    ProgrammaticCategory,
)
from sigpret.apps.evaluation.plan_panel import panel_of_products, quarter_beside
from sigpret.apps.evaluation.queries.money import country_money, institution_money
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.reference.models import ExpenseObject, FinancingBody, FundingSource
from sigpret.methodology.periods import Period
from sigpret.methodology.physical_financial import Balance
from tests.factories.institutions import make_institution, make_sector, make_user
from tests.factories.mesas import make_mesa
from tests.factories.monitoring import make_report, make_round, make_value
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

AT = datetime(2026, 10, 10, 15, 0, tzinfo=UTC)
QUARTER = Period.quarter(2026, 3)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    found = make_institution("60", "Salud")
    found.sectors.add(make_sector("Salud"))
    return found


def budgeted(institution, product, *, share=100, approved=100, quota=50, accrued=44):
    """A product as the goal of an activity with one line, executed in the first quarter."""
    program = ProgrammaticCategory.objects.create(
        institution=institution, fiscal_year=2026, kind="program",
        code=str(10 + product.pk % 80), name="Salud",
    )  # fmt: skip
    activity = ProgrammaticCategory.objects.create(
        institution=institution, fiscal_year=2026, parent=program, kind="activity", code="1",
        name="Vacunar",
    )  # fmt: skip
    CategoryProduct.objects.create(category=program, product=product, share=share)
    line = BudgetLine.objects.create(
        institution=institution, fiscal_year=2026, key=f"2026-{product.pk}", category=activity,
        administrative_unit="1", executing_unit="1", beneficiary="0", approved=approved,
        funding_source=FundingSource.objects.get_or_create(code="11", name="T", source="x")[0],
        financing_body=FinancingBody.objects.get_or_create(code="1", name="T", source="x")[0],
        expense_object=ExpenseObject.objects.get_or_create(code="2", name="T", source="x")[0],
    )  # fmt: skip
    LineExecution.objects.create(line=line, period="2026-Q1", accrued=accrued, planned=quota)
    LineExecution.objects.create(line=line, period="2026-Q4", accrued=999, planned=999)
    return line


def delivered(institution, product, value):
    """Half of what was due, say: ten in the third quarter."""
    product.targets.create(period="2026-Q3", planned=10)
    if value is not None:
        round_ = make_round("2026-Q3")
        report = make_report(institution, round_)
        person = report.submitted_by or make_user(Role.ANALYST)
        make_value(
            report, value, product=product, reported_by=person, reported_at=AT,
            state=ReportState.VALIDATED, decided_by=person, decided_at=AT,
        )  # fmt: skip


def seen(institution):
    return institution_money(institution.pk, period=QUARTER, as_of=date(2026, 10, 13))


def test_money_runs_ahead_of_what_was_validated(place):
    product = make_product(make_plan(place, 2026))
    budgeted(place, product)
    delivered(place, product, 5)
    shown = seen(place)
    (row,) = shown.rows
    assert (row.comparison.financial, row.comparison.physical) == (88, 50)
    assert row.comparison.balance is Balance.MONEY_AHEAD
    assert row.comparison.gap == -38
    assert (shown.whole.financial, shown.programs[0].products) == (88, 1)


def test_a_share_of_a_category_takes_its_part_of_the_money(place):
    product = make_product(make_plan(place, 2026))
    budgeted(place, product, share=25)
    delivered(place, product, 9)
    (row,) = seen(place).rows
    assert (row.current, row.comparison.budget.accrued) == (25, 11)
    assert row.comparison.balance is Balance.EVEN


def test_no_current_budget_gives_no_percentage(place):
    product = make_product(make_plan(place, 2026))
    budgeted(place, product, approved=0)
    delivered(place, product, 5)
    (row,) = seen(place).rows
    assert (row.comparison.financial, row.comparison.gap) == (None, None)
    assert row.comparison.balance is Balance.NO_BUDGET


def test_what_nobody_reported_is_not_a_zero(place):
    product = make_product(make_plan(place, 2026))
    make_round("2026-Q3")
    budgeted(place, product)
    delivered(place, product, None)
    (row,) = seen(place).rows
    assert row.comparison.balance is Balance.NO_PHYSICAL


def closed_silently(institution, product, until=None):
    """The third quarter closed and nobody reported ten that were due."""
    round_ = make_round("2026-Q3", state="closed", closed_at=AT, digest="x")
    product.targets.create(period="2026-Q3", planned=10)
    if until:
        person = make_user(Role.REGISTRAR, institution=institution)
        other = make_user(Role.ANALYST)
        round_.extensions.create(
            institution=institution, state="granted", until=until, reason="Inundación",
            requested_by=person, requested_at=AT, decided_by=other, decided_at=AT,
        )  # fmt: skip


def test_money_spent_on_what_nobody_reported_is_told_apart(place, client):
    plan = make_plan(place, 2026)
    product = make_product(plan, name="Vacunas aplicadas")
    line = budgeted(place, product)
    line.execution.filter(period="2026-Q1").update(paid=40)
    closed_silently(place, product)
    shown = seen(place)
    assert shown.rows[0].comparison.balance is Balance.SILENT
    assert shown.rows[0].comparison.physical is None
    assert shown.whole.physical == 0
    (told,) = country_money(period=QUARTER, as_of=date(2026, 10, 13)).institutions
    assert (told.silent, told.silent_paid) == (1, 40)
    client.force_login(
        make_user(Role.REGISTRAR, institution=place),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    page = client.get("/fisico-financiero/60/2026/t3").content.decode().replace("\u00a0", " ")
    assert "pagados sin que nadie reporte" in page
    assert "nadie reportó lo que vencía" in page
    client.force_login(make_user(Role.ANALYST), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/fisico-financiero?periodo=2026-Q3").content.decode()
    assert "Sin reporte" in page


def test_with_an_extension_silence_says_nothing_yet(place):
    product = make_product(make_plan(place, 2026))
    budgeted(place, product)
    closed_silently(place, product, until=datetime(2026, 12, 1, tzinfo=UTC))
    shown = seen(place)
    assert shown.rows[0].comparison.balance is Balance.NO_PHYSICAL
    assert shown.whole.physical is None


def test_a_quota_nobody_said_is_not_a_zero(place):
    product = make_product(make_plan(place, 2026))
    line = budgeted(place, product)
    twin = BudgetLine.objects.get(pk=line.pk)
    twin.pk, twin.key = None, "2026-otra"
    twin.save()
    delivered(place, product, 5)
    (row,) = seen(place).rows
    assert row.comparison.budget.quota is None
    assert (row.current, row.comparison.financial) == (200, 22)


def test_the_country_is_told_by_institution_and_sector(place):
    product = make_product(make_plan(place, 2026))
    budgeted(place, product)
    delivered(place, product, 5)
    shown = country_money(period=QUARTER, as_of=date(2026, 10, 13))
    assert [(one.code, one.comparison.gap) for one in shown.institutions] == [("60", -38)]
    assert [(one.name, one.comparison.gap) for one in shown.sectors] == [("Salud", Decimal(-38))]


def test_the_panel_of_a_product_is_for_whoever_sees_its_institution(place):
    plan = make_plan(place, 2026)
    product = make_product(plan)
    budgeted(place, product)
    asked = (plan.pk, 2026, place.pk)
    analyst = access_of(make_user(Role.ANALYST), on=AT.date())
    stranger = access_of(make_user(Role.REGISTRAR, institution=make_institution()), on=AT.date())
    assert list(panel_of_products(*asked, analyst)) == [product.pk]
    assert panel_of_products(*asked, stranger) == {}


@pytest.mark.parametrize(
    ("year", "quarter"), [(2025, "2025-Q4"), (2026, "2026-Q1"), (2027, "2027-Q1")]
)
def test_a_plan_is_told_up_to_its_last_closed_quarter(year, quarter):
    for period in ("2026-Q1", "2026-Q2"):
        make_round(period)
    assert quarter_beside(year, as_of=date(2026, 7, 31)).code == quarter


def test_the_panel_does_not_wait_for_the_end_of_the_year(place, settings):
    settings.DEMO_NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    plan = make_plan(place, 2026)
    product = make_product(plan)
    budgeted(place, product)
    product.targets.create(period="2026-Q4", planned=10)
    delivered(place, product, 5)
    analyst = access_of(make_user(Role.ANALYST), on=AT.date())
    (part,) = panel_of_products(plan.pk, 2026, place.pk, analyst).values()
    assert part.facts["row"].comparison.physical == 50
    assert part.heading.replace("\u00a0", " ") == "Dinero y avance al III trimestre de 2026"


def test_the_page_says_how_much_money_runs_ahead(place, client):
    product = make_product(make_plan(place, 2026), name="Vacunas aplicadas")
    budgeted(place, product)
    delivered(place, product, 5)
    client.force_login(
        make_user(Role.REGISTRAR, institution=place),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    page = client.get("/fisico-financiero/60/2026/t3").content.decode()
    assert "se pagan más rápido de lo que se logra" in page
    assert "Vacunas aplicadas" in page
    assert "Dinero sin avance al III trimestre de 2026" in page.replace("\u00a0", " ")
    file = client.get("/fisico-financiero/60/2026/t3.csv").content.decode()
    assert "dinero sin avance" in file


def shown_to(client, person, address):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(address)


def test_a_spreadsheet_holds_numbers_and_never_a_formula(place, client):
    product = make_product(make_plan(place, 2026), name="=1+1")
    budgeted(place, product)
    delivered(place, product, 5)
    person = make_user(Role.REGISTRAR, institution=place)
    answer = shown_to(client, person, "/fisico-financiero/60/2026/t3.xlsx")
    book = load_workbook(BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    products = list(book["Productos"].iter_rows(values_only=True))
    assert products[-1][1:] == (
        "=1+1", f"{10 + product.pk % 80} Salud",
        100, 50, 44, 0, 88, 50, -38, "dinero sin avance",
    )  # fmt: skip
    assert book["Programas"].max_row == book["Productos"].max_row


def test_programmes_are_compared_when_there_are_several(place, client):
    plan = make_plan(place, 2026)
    for done in (5, 9):
        product = make_product(plan)
        budgeted(place, product)
        if done == 5:
            delivered(place, product, done)
    person = make_user(Role.REGISTRAR, institution=place)
    page = shown_to(client, person, "/fisico-financiero/60/2026/t3").content.decode()
    assert "Brecha por programa" in page
    assert "?programa=" in page


def test_whoever_writes_in_the_mesa_takes_it_there_begun(place, client):
    mesa = make_mesa(place.sectors.get())
    product = make_product(make_plan(place, 2026), name="Vacunas aplicadas")
    budgeted(place, product)
    delivered(place, product, 5)
    goal = make_goal(institution=place, sector=mesa.sector)
    goal.products.add(product)
    administrator = make_user(Role.ADMINISTRATOR)
    page = shown_to(client, administrator, "/fisico-financiero/60/2026/t3").content.decode()
    address = unescape(re.search(r'href="([^"]+titulo=[^"]+)"', page).group(1))
    assert "Llevar a la mesa" in page
    form = client.get(address.partition("#")[0]).content.decode().replace("\u00a0", " ")
    assert "se pagan más rápido de lo que se logra" in form
    assert "Vacunas aplicadas: financiero 88 %, físico 50 %" in form
    assert re.search(rf'value="{goal.pk}"[^>]*checked', form)
    person = make_user(Role.REGISTRAR, institution=place)
    page = shown_to(client, person, "/fisico-financiero/60/2026/t3").content.decode()
    assert "Llevar a la mesa" not in page
    assert "puede llevarlo a la mesa" in page


def test_progress_ahead_leads_to_the_goals_it_may_need(place, client):
    product = make_product(make_plan(place, 2026))
    budgeted(place, product, accrued=20)
    delivered(place, product, 10)
    goal = make_goal(institution=place)
    goal.products.add(product)
    person = make_user(Role.REGISTRAR, institution=place)
    page = shown_to(client, person, "/fisico-financiero/60/2026/t3").content.decode()
    assert re.search(rf'href="/metas/{goal.code}">\s*Revisar metas', page)
