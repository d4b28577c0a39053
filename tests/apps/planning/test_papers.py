"""A plan goes out as papers, and the text it goes out as comes back as the same plan."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.planning.models import AnnualPlan, Objective
from sigpret.apps.planning.papers import paper_of, printed_now
from sigpret.apps.planning.queries.stored import stored_plan
from sigpret.apps.planning.queries.whole import whole_plan
from sigpret.intake.writers.report_text import printable
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product
from tests.intake.plans import plan as read_plan
from tests.intake.plans import without_lines

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 10, 13, 15, 2, tzinfo=UTC)
ADDRESSES = ["reporte.pdf", "reporte.xlsx", "reporte.txt", "narrativa.pdf", "narrativa.docx"]


@pytest.fixture
def institution():
    return make_institution("9414", "Instituto Nacional de Ejemplos", acronym="INE")


@pytest.fixture
def plan(institution) -> AnnualPlan:
    plan = make_plan(institution)
    quarters = {"2026-Q1": "50", "2026-Q2": "82", "2026-Q3": "63", "2026-Q4": "69"}
    make_product(plan, quarters, number=5, annual_output=Decimal(264))
    make_product(plan, number=6, name="=Bibliobuses en ruta")
    return plan


@pytest.fixture
def browser(client, institution):
    user = make_user(Role.REGISTRAR, institution=institution)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_plan_is_downloaded_as_each_paper(browser, plan, address):
    answer = browser.get(f"/poa/2026/9414/{address}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert len(answer.content) > 400


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_plan_that_is_not_there_has_no_papers(browser, address):
    assert browser.get(f"/poa/2027/9414/{address}").status_code == 404


def test_the_text_of_the_report_is_read_back_as_the_stored_plan(browser, institution, plan):
    found = read_plan(browser.get("/poa/2026/9414/reporte.txt").content)
    stored = stored_plan(institution, 2026).document
    moment = datetime.fromisoformat(f"{found.report.printed_at}-06:00")
    assert without_lines(found) == printable(printed_now(stored, moment))


def test_a_text_the_report_cannot_say_is_named(browser, institution, plan):
    Objective.objects.update(text="Cuidar los parques (PG-3)", program_ref="")
    answer = browser.get("/poa/2026/9414/reporte.txt")
    assert answer.status_code == 409
    assert "Objetivo 1" in answer.content.decode()


def test_an_exported_text_is_never_a_formula(browser, plan):
    data = browser.get("/poa/2026/9414/reporte.xlsx").content
    cells = [c for row in openpyxl.load_workbook(BytesIO(data)).active.iter_rows() for c in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_the_narrative_has_the_published_curve(institution, plan):
    paper = paper_of(whole_plan(institution, 2026), at=MOMENT, is_demo=False)
    said = [row.percent.replace("\u00a0", " ") for row in paper.curve]
    assert said == ["18.94 %", "50.00 %", "73.86 %", "100.00 %"]
    assert paper.printed_at == "13/10/2026 09:02:00 a.m."


def test_a_whole_plan_takes_as_many_statements_with_more_products(
    institution, plan, django_assert_max_num_queries
):
    for number in range(10, 40):
        make_product(plan, {"2026-Q1": "1"}, number=number, annual_output=Decimal(1))
    with django_assert_max_num_queries(8):
        assert len(list(whole_plan(institution, 2026).products())) == 32
