"""Trying out another ceiling or another output; nothing of the plan changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.budget.models import Scenario, ScenarioProduct
from sigpret.apps.budget.permissions import check_can_write_budget
from sigpret.apps.budget.queries.scenarios import scenario_lines
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import AnnualPlan, Product
from sigpret.methodology.scenarios import fitted

MOST_SCENARIOS = 12


class ScenarioError(Exception):
    """It cannot be done to the scenario; its text is the sentence for the person."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Who tries scenarios of which plan, and when."""

    actor: User
    access: Access
    plan_id: int
    at: datetime


@transaction.atomic
def make_scenario(*, trial: Trial, kind: str, name: str, ceiling: Decimal | None) -> Scenario:
    """Begin a scenario; with a ceiling, its outputs are cut or raised to spend it.

    The same name twice is one scenario. Raises PermissionDenied and ScenarioError.
    """
    plan = held_plan(trial)
    found: Scenario | None = plan.scenarios.filter(name=name.strip()).first()
    if found is not None:
        return found
    if kind not in Scenario.Kind.values:
        raise ScenarioError(_("Elija la clase del escenario."))
    if plan.scenarios.count() >= MOST_SCENARIOS:
        raise ScenarioError(_("Un plan lleva a lo sumo 12 escenarios: quite uno."))
    scenario = Scenario.objects.create(
        plan=plan,
        kind=kind,
        name=name.strip(),
        ceiling=ceiling,
        made_by=trial.actor,
        made_at=trial.at,
    )
    if ceiling is not None and kind != Scenario.Kind.BASE:
        write_outputs(scenario, fitted(scenario_lines(plan.pk, {}), ceiling))
    note(trial, scenario, "made", {"kind": kind, "name": scenario.name, "ceiling": ceiling})
    return scenario


@transaction.atomic
def change_scenario(
    *,
    trial: Trial,
    scenario_id: int,
    ceiling: Decimal | None,
    note_text: str,
    outputs: Mapping[int, Decimal | None],
    expected_version: int,
) -> Scenario:
    """Write the ceiling, the note and the outputs of a scenario; None is the plan's own output.

    Products that are not named keep theirs. Raises PermissionDenied and ScenarioError.
    """
    plan = held_plan(trial)
    scenario = held(plan, scenario_id)
    stored = chosen(scenario)
    wanted = {pk: value for pk, value in {**stored, **outputs}.items() if value is not None}
    if (scenario.ceiling, scenario.note, stored) == (ceiling, note_text.strip(), wanted):
        return scenario
    check_version(scenario, expected_version)
    check_outputs(plan, wanted)
    scenario.ceiling, scenario.note = ceiling, note_text.strip()
    write_outputs(scenario, wanted)
    touch(scenario)
    facts = {str(pk): value for pk, value in wanted.items()}
    note(trial, scenario, "changed", {"ceiling": ceiling, "outputs": facts})
    return scenario


@transaction.atomic
def fit_scenario(
    *, trial: Trial, scenario_id: int, ceiling: Decimal | None, expected_version: int
) -> Scenario:
    """Bring the outputs to what a ceiling in lempiras pays. Raises as `change_scenario`."""
    plan = held_plan(trial)
    scenario = held(plan, scenario_id)
    if ceiling is None:
        raise ScenarioError(_("Escriba el techo al que se ajusta la producción."))
    outputs = fitted(scenario_lines(plan.pk, {}), ceiling)
    if not outputs:
        raise ScenarioError(
            _("Ningún producto tiene costo por unidad: su cantidad no cambia con el techo.")
        )
    if (scenario.ceiling, chosen(scenario)) == (ceiling, outputs):
        return scenario
    check_version(scenario, expected_version)
    scenario.ceiling = ceiling
    write_outputs(scenario, outputs)
    touch(scenario)
    note(trial, scenario, "fitted", {"ceiling": ceiling})
    return scenario


@transaction.atomic
def remove_scenario(*, trial: Trial, scenario_id: int) -> None:
    """Take a scenario away; one that is gone is gone. Raises PermissionDenied."""
    plan = held_plan(trial)
    scenario = plan.scenarios.filter(pk=scenario_id).first()
    if scenario is None:
        return
    note(trial, scenario, "removed", {"name": scenario.name})
    scenario.delete()


def held_plan(trial: Trial) -> AnnualPlan:
    """The plan, held until commit: a scenario is tried whatever its state."""
    plan = AnnualPlan.objects.select_for_update().get(pk=trial.plan_id)
    check_can_write_budget(trial.access, plan.institution_id)
    return plan


def held(plan: AnnualPlan, scenario_id: int) -> Scenario:
    found: Scenario | None = plan.scenarios.filter(pk=scenario_id).first()
    if found is None:
        raise ScenarioError(_("Otra persona quitó ese escenario."))
    return found


def check_version(scenario: Scenario, expected_version: int) -> None:
    if scenario.version != expected_version:
        raise ScenarioError(
            _("Otra persona cambió este escenario mientras usted lo editaba. Vuelva a leerlo.")
        )


def check_outputs(plan: AnnualPlan, outputs: Mapping[int, Decimal]) -> None:
    """Raise ScenarioError for a quantity below zero or a product of another plan."""
    if any(value < 0 for value in outputs.values()):
        raise ScenarioError(_("La producción no puede ser negativa."))
    mine = Product.objects.filter(operational_objective__objective__plan=plan, pk__in=outputs)
    if mine.count() != len(outputs):
        raise ScenarioError(_("Un producto ya no está en el plan. Vuelva a leer la página."))


def chosen(scenario: Scenario) -> dict[int, Decimal]:
    return dict(scenario.products.values_list("product", "annual_output"))


def write_outputs(scenario: Scenario, outputs: Mapping[int, Decimal]) -> None:
    scenario.products.exclude(product__in=outputs).delete()
    ScenarioProduct.objects.bulk_create(
        [
            ScenarioProduct(scenario=scenario, product_id=pk, annual_output=value)
            for pk, value in outputs.items()
        ],
        update_conflicts=True,
        update_fields=["annual_output"],
        unique_fields=["scenario", "product"],
    )


def touch(scenario: Scenario) -> None:
    scenario.version += 1
    scenario.save(update_fields=["ceiling", "note", "version"])


def note(trial: Trial, scenario: Scenario, done: str, facts: dict[str, Any]) -> None:
    record(
        actor=trial.actor,
        action=f"budget.scenario_{done}",
        subject_type="scenario",
        subject_id=scenario.pk,
        payload={"plan": trial.plan_id, "at": trial.at} | facts,
    )
