"""Last year's plan is copied: its structure, its links, and quantities as a proposal."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

import sigpret.config.wiring  # noqa: F401 - who brings along the links to goals
from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.planning.actions.copying import (
    NothingToCopyError,
    PlanNotEmptyError,
    copy_plan,
)
from sigpret.apps.planning.actions.starting import start_plan
from sigpret.apps.planning.models import (
    Activity,
    AnnualPlan,
    Input,
    Objective,
    PlanVersion,
    Product,
    ProductTarget,
    ProductYear,
    StrategicPlan,
)
from sigpret.apps.planning.queries.stored import stored_plan
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)


@pytest.fixture
def institution():
    return make_institution("9414", "Instituto Nacional de Ejemplos", acronym="INE")


@pytest.fixture
def registrar(institution):
    return make_user(Role.REGISTRAR, institution=institution)


@pytest.fixture
def product(institution):
    plan = make_plan(institution)
    made = make_product(
        plan,
        {"2026-Q2": "3", "2026-Q4": "1"},
        number=5,
        annual_output=Decimal(4),
        kind="final",
        responsible_unit="Estadística",
    )
    activity = Activity.objects.create(product=made, number=1, name="Levantar datos")
    Input.objects.create(activity=activity, number=1, name="Papel", quantity=2, unit_price=10)
    return made


@pytest.fixture
def copy(institution, registrar):
    def make(quantities, keeps_links=True, year=2027):
        return copy_plan(
            actor=registrar,
            access=access_of(registrar, on=AT.date()),
            institution=institution,
            source_year=2026,
            fiscal_year=year,
            quantities=quantities,
            keeps_links=keeps_links,
            at=AT,
        )

    return make


def of_2027(**fields) -> Product:
    return Product.objects.get(operational_objective__objective__plan__fiscal_year=2027, **fields)


def quarters(product: Product) -> dict[str, Decimal]:
    return dict(ProductTarget.objects.filter(product=product).values_list("period", "planned"))


def test_a_copy_says_what_the_earlier_plan_says(institution, product, copy):
    done = copy({product.pk: Decimal(4)})
    assert done.products == 1
    new = of_2027()
    assert (new.name, new.number, new.kind) == (product.name, 5, "final")
    assert new.responsible_unit == "Estadística"
    assert stored_plan(institution, 2027).document.objectives[0].text == "Fortalecer la gestión"
    assert Input.objects.get(activity__product=new).name == "Papel"


def test_an_output_that_did_not_change_keeps_its_quarters(product, copy):
    copy({product.pk: Decimal("4.0")})
    assert quarters(of_2027()) == {"2027-Q2": 3, "2027-Q4": 1}


def test_another_output_is_spread_as_it_falls_due(product, copy):
    copy({product.pk: Decimal(8)})
    assert quarters(of_2027()) == {f"2027-Q{n}": 2 for n in range(1, 5)}


def test_what_is_not_programmed_has_no_quarters(product, copy):
    copy({product.pk: None})
    new = of_2027()
    assert (new.annual_output, quarters(new)) == (None, {})


def test_only_the_chosen_products_come_along(institution, product, copy):
    make_product(product.operational_objective.objective.plan, number=9)
    copy({product.pk: Decimal(4)})
    assert of_2027().number == 5


@pytest.mark.parametrize(("keeps_links", "goals"), [(True, 1), (False, 0)])
def test_links_to_goals_come_along_when_asked(institution, product, copy, keeps_links, goals):
    make_goal(institution=institution).products.add(product)
    done = copy({product.pk: Decimal(4)}, keeps_links=keeps_links)
    assert done.links == goals
    assert of_2027().goals.count() == goals
    assert product.goals.count() == 1


def test_a_copy_is_kept_as_the_first_version(product, copy):
    done = copy({product.pk: Decimal(4)})
    kept = PlanVersion.objects.get(plan=done.plan_id)
    assert (kept.number, kept.occasion, kept.reason) == (1, "copied", "POA 2026")


def test_years_foreseen_after_the_new_one_come_along(product, copy):
    for year in (2027, 2028):
        ProductYear.objects.create(product=product, fiscal_year=year, planned=year)
    copy({product.pk: Decimal(4)})
    assert list(of_2027().later_years.values_list("fiscal_year", flat=True)) == [2028]


@pytest.mark.parametrize(("last_year", "is_kept"), [(2026, False), (2030, True)])
def test_a_copy_answers_to_a_strategic_plan_only_while_it_lasts(
    institution, product, copy, last_year, is_kept
):
    strategic = StrategicPlan.objects.create(
        institution=institution, first_year=2022, last_year=last_year
    )
    pursued = strategic.objectives.create(number=1, text="Gestión")
    Objective.objects.filter(plan__fiscal_year=2026).update(strategic_objective=pursued)
    copy({product.pk: Decimal(4)})
    copied = Objective.objects.get(plan__fiscal_year=2027)
    assert (copied.strategic_objective == pursued) == is_kept


def test_copying_twice_copies_once(product, copy):
    copy({product.pk: Decimal(4)})
    events = AuditEvent.objects.count()
    with pytest.raises(PlanNotEmptyError):
        copy({product.pk: Decimal(4)})
    assert AuditEvent.objects.count() == events
    assert Product.objects.count() == 2


def test_an_empty_plan_may_be_filled_by_a_copy(institution, registrar, product, copy):
    access = access_of(registrar, on=AT.date())
    start_plan(actor=registrar, access=access, institution=institution, fiscal_year=2027, at=AT)
    assert copy({product.pk: Decimal(4)}).products == 1


def test_choosing_nothing_begins_no_plan(product, copy):
    with pytest.raises(NothingToCopyError):
        copy({})
    assert not AnnualPlan.objects.filter(fiscal_year=2027).exists()


def test_the_product_of_another_institution_is_not_copied(product, copy):
    other = make_product(make_plan(make_institution()), number=1)
    with pytest.raises(NothingToCopyError):
        copy({other.pk: Decimal(1)})
    assert not AnnualPlan.objects.filter(fiscal_year=2027).exists()


@pytest.fixture
def browser(client, registrar):
    client.force_login(registrar, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_page_proposes_what_was_foreseen_or_last_year(browser, product):
    ProductYear.objects.create(product=product, fiscal_year=2027, planned=Decimal("12.5"))
    page = browser.get("/poa/2027/9414/copiar").content.decode()
    assert 'value="12.5"' in page
    assert "previsto en la programación plurianual" in page


def test_what_is_not_one_quantity_is_asked_for_and_nothing_is_copied(browser, product):
    answer = browser.post(
        "/poa/2027/9414/copiar",
        {"producto": product.pk, f"cantidad-{product.pk}": "1.200", "vinculos": "1"},
    )
    assert answer.status_code == 422
    assert "dos maneras" in answer.content.decode()
    assert not AnnualPlan.objects.filter(fiscal_year=2027).exists()


def test_the_page_copies_and_says_how_many(browser, product):
    answer = browser.post(
        "/poa/2027/9414/copiar",
        {"producto": product.pk, f"cantidad-{product.pk}": "1,200", "vinculos": "1"},
    )
    assert answer["Location"] == "/poa/2027/9414"
    assert (
        "Se copió 1 producto del POA 2026" in browser.get("/poa/2027/9414/curva").content.decode()
    )
    assert of_2027().annual_output == 1200


def test_choosing_nothing_says_so(browser, product):
    answer = browser.post("/poa/2027/9414/copiar", {})
    assert (answer.status_code, "Elija al menos un producto" in answer.content.decode()) == (
        422,
        True,
    )


def test_without_an_earlier_plan_the_page_says_what_to_do(browser):
    assert "No hay un plan anterior" in browser.get("/poa/2026/9414/copiar").content.decode()


def test_a_copy_takes_as_many_statements_with_more_products(
    institution, product, copy, django_assert_max_num_queries
):
    plan = product.operational_objective.objective.plan
    more = [
        make_product(plan, {"2026-Q1": "1"}, number=number, annual_output=Decimal(1))
        for number in range(10, 40)
    ]
    chosen = {one.pk: Decimal(2) for one in (product, *more)}
    with django_assert_max_num_queries(60):
        assert copy(chosen).products == 31


@pytest.mark.parametrize("accumulation", ["last", "average", "maximum"])
def test_what_does_not_add_up_says_the_year_in_each_quarter_it_falls_due(
    product, copy, accumulation
):
    Product.objects.update(accumulation=accumulation)
    copy({product.pk: Decimal(100)})
    assert quarters(of_2027()) == {f"2027-Q{n}": 100 for n in range(1, 5)}
