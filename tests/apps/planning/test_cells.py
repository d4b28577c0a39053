"""Quantities of a plan: written cell by cell, disputed, and taken back."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.planning.actions import cells, undoing
from sigpret.apps.planning.actions.writing import (
    InvalidRowError,
    MissingRowError,
    PlanNotWritableError,
)
from sigpret.apps.planning.models import AnnualPlan
from sigpret.apps.planning.queries.sheet import quarters_of
from tests.factories.institutions import make_user
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 13, 16, 42, tzinfo=UTC)


@pytest.fixture
def product():
    return make_product(
        make_plan(), {"2026-Q2": "1", "2026-Q4": "1"}, annual_output=Decimal(2), number=6
    )


@pytest.fixture
def plan(product):
    return product.operational_objective.objective.plan


@pytest.fixture
def who(plan):
    return make_user(Role.REGISTRAR, institution=plan.institution)


@pytest.fixture
def save(plan, who):
    def write(*edits, by=None, batch="uno"):
        actor = by or who
        return cells.save_cells(
            actor=actor,
            access=access_of(actor, on=AT.date()),
            plan_id=plan.pk,
            edits=[cells.CellEdit(*edit) for edit in edits],
            batch=batch,
            at=AT,
        )

    return write


@pytest.fixture
def undo(plan, who):
    def back(batch, by=None):
        actor = by or who
        return undoing.undo_cells(
            actor=actor, access=access_of(actor, on=AT.date()), plan_id=plan.pk, batch=batch, at=AT
        )

    return back


def fresh(product):
    product.refresh_from_db()
    return product.annual_output, *quarters_of(type(product).objects.get(pk=product.pk), 2026)


def amounts(*typed):
    return tuple(None if value is None else Decimal(value) for value in typed)


@pytest.mark.parametrize(
    ("field", "seen", "value", "expected"),
    [
        ("annual_output", 2, 3, (3, None, 1, None, 1)),
        ("annual_output", 2, None, (None, None, 1, None, 1)),
        ("annual_output", 2, 0, (0, None, 1, None, 1)),
        ("1", None, 1, (2, 1, 1, None, 1)),
        ("2", 1, None, (2, None, None, None, 1)),
        ("4", 1, 0, (2, None, 1, None, 0)),
        ("3", None, "0.25", (2, None, 1, "0.25", 1)),
    ],
)
def test_a_cell_is_written_and_nothing_else(save, product, field, seen, value, expected):
    edit = (product.pk, field, *amounts(seen, value))
    assert len(save(edit).changes) == 1
    assert fresh(product) == amounts(*expected)


def test_many_cells_are_one_write_of_the_plan(save, product, plan):
    other = make_product(plan, number=7)
    saved = save((product.pk, "1", None, Decimal(1)), (other.pk, "annual_output", None, Decimal(5)))
    assert len(saved.changes) == 2
    plan.refresh_from_db()
    assert plan.version == 2
    (event,) = AuditEvent.objects.filter(action=cells.CELLS_CHANGED)
    assert len(json.loads(event.payload)["changes"]) == 2


def test_the_same_edit_sent_twice_has_one_effect(save, product, plan):
    edit = (product.pk, "1", None, Decimal(1))
    save(edit)
    again = save(edit)
    assert (again.changes, again.conflicts) == ((), ())
    plan.refresh_from_db()
    assert plan.version == 2


def test_two_people_in_one_row_do_not_meet(save, product, plan):
    other = make_user(Role.APPROVER, institution=plan.institution)
    save((product.pk, "1", None, Decimal(1)))
    assert save((product.pk, "4", Decimal(1), Decimal(0)), by=other).conflicts == ()


def test_two_people_in_one_cell_see_both_quantities(save, product, plan, who):
    other = make_user(Role.APPROVER, institution=plan.institution)
    save((product.pk, "annual_output", Decimal(2), Decimal(3)))
    (conflict,) = save((product.pk, "annual_output", Decimal(2), Decimal(9)), by=other).conflicts
    assert (conflict.mine, conflict.theirs, conflict.who) == (9, 3, who.full_name)
    assert fresh(product)[0] == 3
    save((product.pk, "annual_output", Decimal(2), Decimal(9), True), by=other)
    assert fresh(product)[0] == 9


def test_what_was_written_can_be_taken_back(save, undo, product):
    before = fresh(product)
    save((product.pk, "2", Decimal(1), None), (product.pk, "annual_output", Decimal(2), Decimal(1)))
    undo("uno")
    assert fresh(product) == before


def test_what_somebody_wrote_over_is_not_taken_back(save, undo, product):
    save((product.pk, "2", Decimal(1), Decimal(5)))
    save((product.pk, "2", Decimal(5), Decimal(6)), batch="dos")
    with pytest.raises(undoing.NothingToUndoError):
        undo("uno")
    assert fresh(product)[2] == 6


def test_nobody_takes_back_what_another_wrote(save, undo, product, plan):
    save((product.pk, "2", Decimal(1), Decimal(5)))
    with pytest.raises(undoing.NothingToUndoError):
        undo("uno", by=make_user(Role.APPROVER, institution=plan.institution))


@pytest.mark.parametrize("value", ["-1", "0.00001", "1e16", "-1e20", "1" * 40, "1e400", "NaN"])
def test_a_quantity_the_plan_cannot_hold_is_refused(save, product, value):
    with pytest.raises(InvalidRowError):
        save((product.pk, "1", None, Decimal(value)))


@pytest.mark.parametrize("state", ["submitted", "approved", "accepted", "locked"])
def test_a_plan_that_was_sent_is_not_written(save, product, plan, who, state):
    facts = {"locked_at": AT} if state == "locked" else {}
    AnnualPlan.objects.filter(pk=plan.pk).update(state=state, **facts)
    with pytest.raises(PlanNotWritableError, match="ya no se edita"):
        save((product.pk, "1", None, Decimal(1)))


def test_a_product_of_another_plan_is_not_written(save):
    with pytest.raises(MissingRowError):
        save((make_product().pk, "1", None, Decimal(1)))


def test_another_institution_does_not_write(save, product):
    with pytest.raises(PermissionDenied):
        save((product.pk, "1", None, Decimal(1)), by=make_user(Role.ANALYST))
