"""Importing again shows only what would change."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from sigpret.intake.compare import DifferentPlanError, Kind, compare
from sigpret.intake.rows import Coded, PlanDocument
from tests.intake.plans import EXAMPLES, documents, plan, without_lines


def with_product(document: PlanDocument, **changes) -> PlanDocument:
    """The plan with its first product changed; with no changes, without it."""
    objective = document.objectives[0]
    (operational,) = objective.operational_objectives
    first, *others = operational.products
    products = (replace(first, **changes), *others) if changes else tuple(others)
    operational = replace(operational, products=products)
    objective = replace(objective, operational_objectives=(operational,))
    return replace(document, objectives=(objective, *document.objectives[1:]))


def test_the_same_plan_changes_nothing():
    assert compare(plan(), plan()).is_empty


def test_lines_and_print_dates_are_no_change():
    later = replace(plan().report, printed_at="2026-05-01T08:00:00")
    assert compare(plan(), replace(without_lines(plan()), report=later)).is_empty


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"annual_output": Decimal(4)},
            "Producto 1.1.1: producción anual pasa de «en blanco» a «4».",
        ),
        ({"name": "Bordos"}, "Producto 1.1.1: nombre pasa de "),
        (
            {"unit_of_measure": Coded("149", "INFORME")},
            "Producto 1.1.1: unidad de medida pasa de «145 - REPORTE» a «149 - INFORME».",
        ),
    ],
)
def test_a_changed_product_names_field_before_and_after(changes, sentence):
    (change,) = compare(plan(), with_product(plan(), **changes)).changes
    assert change.kind is Kind.CHANGED
    assert change.key == (1, 1, 1)
    assert change.sentence().startswith(sentence)


def test_a_removed_product_is_told_and_so_is_one_that_comes_back():
    without = with_product(plan())
    (gone,) = compare(plan(), without).changes
    (back,) = compare(without, plan()).of_kind(Kind.ADDED)
    assert gone.sentence().startswith("Producto 1.1.1: ya no está «Bordos")
    assert back.sentence().startswith("Producto 1.1.1: se agrega «Bordos")


def test_mission_objectives_and_results_are_compared():
    changed = replace(
        plan(),
        mission="Otra",
        objectives=(replace(plan().objectives[0], program_ref=None), *plan().objectives[1:]),
    )
    told = [change.sentence() for change in compare(plan(), changed).changes]
    assert told[0].startswith("Plan: misión pasa de «Somos")
    assert told[1] == "Objetivo 1: programa pasa de «PG-21» a «en blanco»."


def test_the_first_plan_of_an_institution_is_all_new():
    changes = compare(None, plan())
    assert len(changes.of_kind(Kind.ADDED)) == 3 + 4 + 3 + 30
    assert [change.field for change in changes.of_kind(Kind.CHANGED)] == ["mission", "vision"]


@pytest.mark.parametrize("changes", [{"fiscal_year": 2027}, {"institution": Coded("913", "Otra")}])
def test_plans_of_different_owners_are_not_compared(changes):
    with pytest.raises(DifferentPlanError):
        compare(plan(), replace(plan(), **changes))


@settings(max_examples=EXAMPLES, deadline=None)
@given(documents(), documents())
def test_no_change_means_the_same_plan(one, other):
    assert compare(one, other).is_empty == (
        without_order(one.to_json()) == without_order(other.to_json())
    )


def without_order(document: dict) -> dict:
    return {key: value for key, value in document.items() if key != "report"}
