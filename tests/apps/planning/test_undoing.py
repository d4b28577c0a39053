"""A paste is taken back whole, and never what others built upon it."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

import sigpret.config.wiring  # noqa: F401 - who hangs things on a product
from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.planning.actions import cells, pasting, structure, undoing
from sigpret.apps.planning.models import Activity, Product, ProductTerritory, ProductYear
from sigpret.apps.planning.product_text import ProductText, text_of
from sigpret.apps.reference.models import Disaggregation, DisaggregationCategory
from tests.factories.institutions import make_user
from tests.factories.monitoring import make_report, make_value
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 13, 16, 42, tzinfo=UTC)


@pytest.fixture
def known():
    return make_product(make_plan(), number=6)


@pytest.fixture
def plan(known):
    return known.operational_objective.objective.plan


@pytest.fixture
def by(plan):
    actor = make_user(Role.REGISTRAR, institution=plan.institution)
    access = access_of(actor, on=AT.date())
    return {"actor": actor, "access": access, "plan_id": plan.pk, "at": AT}


@pytest.fixture
def paste(by, known):
    def add(*quantities) -> Product:
        text = ProductText("Mapas", known.unit_of_measure_id, known.periodicity_id)
        year = [None if one is None else Decimal(one) for one in quantities]
        pasting.paste_rows(
            **by,
            operational_objective_id=known.operational_objective_id,
            new=[pasting.NewRow(text, tuple(year) or (None,) * 5)],
            edits=[],
            batch="uno",
        )
        return Product.objects.get(name="Mapas")

    return add


@pytest.mark.parametrize("quantities", [(), (4, 1, 1, 1, 1), (None, 1, None, None, None)])
def test_a_paste_is_taken_back_with_the_products_it_added(by, paste, plan, quantities):
    added = paste(*quantities)
    undoing.undo_cells(**by, batch="uno")
    assert not Product.objects.filter(pk=added.pk).exists()
    event = AuditEvent.objects.filter(action=cells.CELLS_CHANGED).latest("id")
    (gone,) = json.loads(event.payload)["removed"]
    assert (gone["name"], gone["label"], gone["product"]) == ("Mapas", "1.7", added.pk)


def describe(product, by):
    text = text_of(product)
    structure.change_product(
        **by, product_id=product.pk, text=ProductText("Mapas escolares", text.unit_of_measure_id,
        text.periodicity_id), expected_version=product.version,
    )  # fmt: skip


def cost(product, _by):
    Activity.objects.create(product=product, number=1, name="Levantar datos")


def link(product, _by):
    make_goal().products.add(product)


def foresee(product, _by):
    ProductYear.objects.create(product=product, fiscal_year=2027, planned=4)


def place(product, _by):
    whole = Disaggregation.objects.create(code="territorio", name="Departamento", source="INE")
    where = DisaggregationCategory.objects.create(
        disaggregation=whole, code="01", name="Atlántida", position=1, source="INE"
    )
    ProductTerritory.objects.create(product=product, territory=where, planned=1)


def report(product, _by):
    make_value(make_report(product.operational_objective.objective.plan.institution), "1",
               product=product)  # fmt: skip


@pytest.mark.parametrize("build", [describe, cost, link, foresee, place, report])
def test_what_others_hung_on_a_pasted_product_is_not_deleted(by, paste, build):
    added = paste(4, 1, 1, 1, 1)
    build(added, by)
    with pytest.raises(undoing.NothingToUndoError, match="no se puede deshacer"):
        undoing.undo_cells(**by, batch="uno")
    assert Product.objects.filter(pk=added.pk).exists()


def test_the_page_says_why_a_paste_stays(client, by, paste, plan):
    cost(paste(4, 1, 1, 1, 1), by)
    client.force_login(by["actor"], backend="django.contrib.auth.backends.ModelBackend")
    address = f"/poa/2026/{plan.institution.code}"
    answer = client.post(f"{address}/deshacer", {"batch": "uno"}, follow=True)
    assert "el producto 1.7 que usted pegó se describió, costeó o vinculó" in (
        answer.content.decode()
    )
