"""The network of programmatic categories: what may stand where, and who takes what part."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.budget.actions.network import (
    NetworkError,
    Place,
    StaleCategoryError,
    add_category,
    apportion,
    change_category,
    remove_category,
)
from sigpret.apps.budget.models import CategoryProduct, ProgrammaticCategory
from sigpret.apps.budget.queries.network import network_of
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.planning.models import AnnualPlan
from tests.factories.budget import (
    make_category,
    make_execution,
    make_line,
    make_share,
)
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)


@pytest.fixture
def institution():
    return make_institution()


def place_of(institution, person=None):
    person = person or make_user(Role.REGISTRAR, institution=institution)
    return Place(person, access_of(person, on=AT.date()), institution.pk, 2026, AT)


@pytest.fixture
def place(institution):
    return place_of(institution)


def add(place, parent=None, kind="program", code="11", name="Salud"):
    return add_category(
        place=place, parent_id=parent and parent.pk, kind=kind, code=code, name=name
    )


def test_a_network_grows_from_its_programmes(place, institution):
    program = add(place)
    project = add(place, program, "project", "002", "Hospital nuevo")
    add(place, project, "activity", "003", "Equipamiento")
    rows = network_of(institution.pk, 2026).rows
    assert [(row.full_code, row.depth) for row in rows] == [
        ("11", 0), ("11-00-002", 1), ("11-00-002-003", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("parent", "kind"),
    [(None, "activity"), ("activity", "activity"), ("project", "subprogram"), (None, "otra")],
)
def test_a_category_stands_only_where_its_kind_does(place, parent, kind):
    above = add(place)
    if parent:
        above = add(place, above, parent, "001", "Superior")
    with pytest.raises(NetworkError):
        add(place, above if parent else None, kind, "009", "Inferior")


def test_the_same_category_sent_twice_is_one(place):
    assert add(place) == add(place)
    assert AuditEvent.objects.filter(action="budget.category_added").count() == 1


def test_another_name_with_a_code_that_is_taken_is_refused(place):
    add(place)
    with pytest.raises(NetworkError, match="Ya hay una categoría"):
        add(place, name="Otra cosa")


def change(place, category, version=None, **fields):
    now = {"code": category.code, "name": category.name, "parent_id": category.parent_id}
    return change_category(
        place=place,
        category_id=category.pk,
        expected_version=category.version if version is None else version,
        **{**now, **fields},
    )


def test_a_category_is_renamed_and_moved(place):
    program, other = add(place), add(place, code="12", name="Otro")
    activity = add(place, program, "activity", "001", "Compras")
    moved = change(place, activity, name="Compras médicas", parent_id=other.pk)
    assert (moved.name, moved.parent_id, moved.version) == ("Compras médicas", other.pk, 2)


def test_two_people_do_not_overwrite_each_other(place):
    program = add(place)
    change(place, program, name="Primero")
    with pytest.raises(StaleCategoryError, match="Otra persona cambió"):
        change(place, program, name="Segundo")


def test_a_category_with_lines_keeps_its_code(place, institution):
    program = make_category(institution)
    make_line(program)
    assert change(place, program, name="Otro nombre").name == "Otro nombre"
    with pytest.raises(NetworkError, match="puede cambiar su nombre"):
        change(place, ProgrammaticCategory.objects.get(), code="99")


def test_a_category_whose_lines_are_all_below_keeps_its_code(place, institution):
    program = make_category(institution)
    make_line(make_category(parent=make_category(parent=program, kind="project")))
    assert change(place, program, name="Otro nombre").name == "Otro nombre"
    with pytest.raises(NetworkError, match="en ella o debajo"):
        change(place, ProgrammaticCategory.objects.get(pk=program.pk), code="99")


def test_a_category_does_not_hang_from_itself(place):
    program = add(place)
    project = add(place, program, "project", "001", "Obra")
    with pytest.raises(NetworkError):
        change(place, project, parent_id=project.pk)


@pytest.mark.parametrize("held", ["children", "lines", "products"])
def test_what_something_hangs_from_stays(place, institution, held):
    program = make_category(institution)
    if held == "children":
        make_category(parent=program)
    elif held == "lines":
        make_line(program)
    else:
        make_share(program, make_product(make_plan(institution)))
    with pytest.raises(NetworkError):
        remove_category(place=place, category_id=program.pk)


def test_an_empty_category_is_taken_away_once(place):
    program = add(place)
    remove_category(place=place, category_id=program.pk)
    remove_category(place=place, category_id=program.pk)
    assert AuditEvent.objects.filter(action="budget.category_removed").count() == 1


def share(place, category, shares, version=1):
    typed = {
        product.pk: None if part is None else Decimal(part) for product, part in shares.items()
    }
    return apportion(place=place, category_id=category.pk, shares=typed, expected_version=version)


def test_a_category_is_apportioned_to_products(place, institution):
    program, plan = add(place), make_plan(institution)
    first, second = make_product(plan), make_product(plan)
    share(place, program, {first: "60", second: "40"})
    share(place, program, {second: None}, version=2)
    assert list(CategoryProduct.objects.values_list("product", "share")) == [(first.pk, 60)]


@pytest.mark.parametrize("parts", [("60", "41"), ("0", "10"), ("101", "1")])
def test_the_parts_of_a_category_are_parts_of_a_hundred(place, institution, parts):
    program, plan = add(place), make_plan(institution)
    with pytest.raises(NetworkError):
        share(place, program, dict(zip([make_product(plan), make_product(plan)], parts,
                                       strict=True)))  # fmt: skip


@pytest.fixture
def tree(place):
    """A programme with two activities, one in a project of it."""
    program = add(place)
    project = add(place, program, "project", "002", "Hospital")
    return {
        "program": program,
        "project": project,
        "inner": add(place, project, "activity", "003", "Equipar"),
        "outer": add(place, program, "activity", "004", "Vacunar"),
    }


@pytest.mark.parametrize(("held", "more"), [("program", "inner"), ("inner", "program")])
def test_no_money_counts_twice_on_a_path(place, institution, tree, held, more):
    plan = make_plan(institution)
    share(place, tree[held], {make_product(plan): "60"})
    with pytest.raises(NetworkError) as refusal:
        share(place, tree[more], {make_product(plan): "40.01"})
    said = str(refusal.value)
    assert f"«{tree[held]}» reparte 60 %" in said
    assert "sumarían 100.01 %" in said
    share(place, tree[more], {make_product(plan): "40"})


def test_two_categories_side_by_side_give_all_their_money(place, institution, tree):
    plan = make_plan(institution)
    share(place, tree["inner"], {make_product(plan): "100"})
    share(place, tree["outer"], {make_product(plan): "100"})
    rows = network_of(institution.pk, 2026).rows
    assert [row.free_share for row in rows] == [0, 0, 0, 0]


def test_what_is_free_counts_what_is_above_and_below(place, institution, tree):
    plan = make_plan(institution)
    share(place, tree["program"], {make_product(plan): "30"})
    share(place, tree["inner"], {make_product(plan): "50"})
    free = {row.id: row.free_share for row in network_of(institution.pk, 2026).rows}
    assert {name: free[row.pk] for name, row in tree.items()} == {
        "program": 20, "project": 20, "inner": 20, "outer": 70,
    }  # fmt: skip


def test_a_category_is_not_moved_under_one_that_gave_its_money(place, institution, tree):
    plan, other = make_plan(institution), add(place, code="12", name="Otro")
    share(place, tree["inner"], {make_product(plan): "50"})
    share(place, other, {make_product(plan): "60"})
    with pytest.raises(NetworkError, match="se contaría dos veces"):
        change(place, tree["project"], parent_id=other.pk)


@pytest.mark.parametrize("state", ["submitted", "approved", "accepted", "locked"])
def test_once_the_plan_was_sent_only_the_administration_moves_its_money(place, institution, state):
    program, plan = add(place), make_plan(institution)
    first, second = make_product(plan), make_product(plan)
    share(place, program, {first: "100"})
    AnnualPlan.objects.update(state=state, locked_at=AT)
    with pytest.raises(PermissionDenied, match="ya se envió"):
        share(place, program, {first: None, second: "100"}, version=2)
    diger = place_of(institution, make_user(Role.ADMINISTRATOR))
    share(diger, program, {first: None, second: "100"}, version=2)
    assert list(CategoryProduct.objects.values_list("product", "share")) == [(second.pk, 100)]


@pytest.mark.parametrize(("state", "offered"), [("draft", True), ("approved", False)])
def test_the_page_says_who_apportions(client, place, institution, state, offered):
    program = add(place)
    make_product(make_plan(institution))
    AnnualPlan.objects.update(state=state)
    client.force_login(place.actor)
    page = client.get(f"/presupuesto/2026/{institution.code}?categoria={program.pk}")
    text = page.content.decode()
    assert ("Guardar el reparto" in text) is offered
    assert ("El plan ya se envió" in text) is not offered


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_while_the_plan_is_written_its_institution_apportions(place, institution, state):
    program, plan = add(place), make_plan(institution)
    AnnualPlan.objects.update(state=state)
    share(place, program, {make_product(plan): "100"})
    assert CategoryProduct.objects.count() == 1


def test_a_product_of_another_plan_takes_nothing(place):
    with pytest.raises(NetworkError, match="ya no está en el plan"):
        share(place, add(place), {make_product(): "10"})


def test_another_institution_does_not_write(institution):
    stranger = make_user(Role.REGISTRAR, institution=make_institution())
    with pytest.raises(PermissionDenied):
        add(place_of(institution, stranger))


def test_money_adds_up_the_tree(institution):
    program = make_category(institution)
    activity = make_category(parent=program)
    make_line(program, "100")
    line = make_line(activity, "200", "-50")
    make_execution(line, "2026-Q1", accrued="30", committed="40", paid="20")
    make_execution(line, "2026-Q2", accrued="-10")
    top, below = network_of(institution.pk, 2026).rows
    assert (top.budget.current, top.budget.accrued) == (Decimal(250), Decimal(20))
    assert (below.budget.current, below.budget.executed_percent) == (
        Decimal(150), Decimal(100) * 20 / 150,
    )  # fmt: skip


def test_a_line_of_zero_gives_no_percentage(institution):
    make_line(make_category(institution), "100", "-100")
    assert network_of(institution.pk, 2026).rows[0].budget.executed_percent is None
