"""A quarter that closed keeps what it programmed, whatever the door and the state of the plan."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

import sigpret.config.wiring  # noqa: F401 - who knows which quarters closed
from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.monitoring.models import ReportingRound
from sigpret.apps.planning.actions import cells, copying, pasting, structure, undoing
from sigpret.apps.planning.actions.writing import ClosedQuarterError
from sigpret.apps.planning.models import Product, ProductTarget
from sigpret.apps.planning.product_text import ProductText
from tests.factories.institutions import make_user
from tests.factories.monitoring import make_round
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 13, 16, 42, tzinfo=UTC)
WHY = "El I\xa0trimestre ya cerró"


def close(period: str) -> None:
    state = ReportingRound.State.CLOSED
    make_round(period, state=state, closed_at=datetime(2026, 4, 20, tzinfo=UTC), digest="0" * 64)


@pytest.fixture
def product():
    planned = {"2026-Q1": "2", "2026-Q4": "2"}
    return make_product(make_plan(), planned, annual_output=Decimal(4), number=6)


@pytest.fixture
def plan(product):
    return product.operational_objective.objective.plan


@pytest.fixture
def by(plan):
    actor = make_user(Role.REGISTRAR, institution=plan.institution)
    return {"actor": actor, "access": access_of(actor, on=AT.date()), "at": AT}


@pytest.fixture
def write(plan, by):
    def save(*edits, batch="uno"):
        edits = [cells.CellEdit(*edit) for edit in edits]
        return cells.save_cells(**by, plan_id=plan.pk, edits=edits, batch=batch)

    return save


def quarters(product) -> dict[str, Decimal]:
    return dict(ProductTarget.objects.filter(product=product).values_list("period", "planned"))


@pytest.mark.parametrize("value", [Decimal(0), Decimal(9), None])
def test_a_cell_of_a_closed_quarter_is_not_written(write, product, value):
    close("2026-Q1")
    with pytest.raises(ClosedQuarterError, match=WHY):
        write((product.pk, "1", Decimal(2), value), (product.pk, "4", Decimal(2), Decimal(3)))
    assert quarters(product) == {"2026-Q1": 2, "2026-Q4": 2}


def test_the_year_and_the_open_quarters_are_still_written(write, product):
    close("2026-Q1")
    write(
        (product.pk, "annual_output", Decimal(4), Decimal(5)),
        (product.pk, "1", Decimal(2), Decimal(2)),
        (product.pk, "4", Decimal(2), Decimal(3)),
    )
    assert quarters(product) == {"2026-Q1": 2, "2026-Q4": 3}


def test_what_was_written_before_the_quarter_closed_is_not_taken_back(write, by, plan, product):
    write((product.pk, "1", Decimal(2), Decimal(3)))
    close("2026-Q1")
    with pytest.raises(ClosedQuarterError, match=WHY):
        undoing.undo_cells(**by, plan_id=plan.pk, batch="uno")
    assert quarters(product)["2026-Q1"] == 3


def test_a_product_that_a_closed_quarter_counts_stays(by, plan, product):
    close("2026-Q1")
    with pytest.raises(ClosedQuarterError, match="programado en el I\xa0trimestre, que ya cerró"):
        structure.remove_product(**by, plan_id=plan.pk, product_id=product.pk)
    assert Product.objects.filter(pk=product.pk).exists()


def test_a_product_of_open_quarters_leaves(by, plan, product):
    close("2026-Q2")
    structure.remove_product(**by, plan_id=plan.pk, product_id=product.pk)
    assert not Product.objects.filter(pk=product.pk).exists()


@pytest.mark.parametrize("is_new", [True, False])
def test_a_pasted_row_does_not_write_in_a_closed_quarter(by, plan, product, is_new):
    close("2026-Q1")
    text = ProductText("Mapas", product.unit_of_measure_id, product.periodicity_id)
    row = pasting.NewRow(text, (Decimal(4), Decimal(4), None, None, None))
    edit = cells.CellEdit(product.pk, "1", Decimal(2), Decimal(4))
    with pytest.raises(ClosedQuarterError, match=WHY):
        pasting.paste_rows(
            **by,
            plan_id=plan.pk,
            operational_objective_id=product.operational_objective_id,
            new=[row] if is_new else [],
            edits=[] if is_new else [edit],
            batch="uno",
        )
    assert Product.objects.count() == 1


def test_a_copy_programmes_nothing_in_a_closed_quarter(by, plan, product):
    plan.fiscal_year = 2025
    plan.save()
    ProductTarget.objects.filter(period="2026-Q1").update(period="2025-Q1")
    ProductTarget.objects.filter(period="2026-Q4").update(period="2025-Q4")
    close("2026-Q1")
    done = copying.copy_plan(
        **by,
        institution=plan.institution,
        source_year=2025,
        fiscal_year=2026,
        quantities={product.pk: Decimal(4)},
        keeps_links=False,
    )
    copied = Product.objects.get(operational_objective__objective__plan=done.plan_id)
    assert quarters(copied) == {"2026-Q4": 2}


@pytest.fixture
def visit(client, by):
    client.force_login(by["actor"], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def address(plan):
    return f"/poa/2026/{plan.institution.code}"


def test_the_page_reads_a_closed_quarter_and_says_why(visit, address, product):
    close("2026-Q1")
    page = visit.get(address).content.decode()
    assert "El I trimestre de 2026 ya cerró: sus celdas se leen" in page
    cell = page.split(f'id="p{product.pk}-1"')[1].split(">")[0]
    assert "readonly" in cell
    assert WHY in cell
    assert "readonly" not in page.split(f'id="p{product.pk}-2"')[1].split(">")[0]


def test_a_quarter_that_closed_meanwhile_keeps_what_was_typed_with_its_reason(
    visit, address, product
):
    close("2026-Q1")
    key = f"p{product.pk}"
    typed = {f"{key}-seen": "4|2|||2", f"{key}-1": "9", f"{key}-4": "3"}
    answer = visit.post(address, typed)
    assert answer.status_code == 422
    assert WHY in answer.content.decode()
    assert quarters(product) == {"2026-Q1": 2, "2026-Q4": 3}


def test_the_preview_of_a_paste_leaves_out_a_row_of_a_closed_quarter(visit, address, product):
    close("2026-Q1")
    rows = "1.6\t\t\t\t4\t1\t\t\t3"
    group = product.operational_objective_id
    page = visit.post(f"{address}/pegar", {"rows": rows, "group": group}).content.decode()
    assert WHY in page
    assert "1 fila no se pegará" in page


def test_a_repair_is_not_offered_in_a_closed_quarter(visit, address, product):
    Product.objects.update(annual_output=Decimal(5))
    make_round("2026-Q3")
    assert "Sumarlo al IV trimestre" in visit.get(address).content.decode()
    close("2026-Q4")
    page = visit.get(address).content.decode()
    assert "Sumarlo al III trimestre" in page
    assert "Sumarlo al IV trimestre" not in page
