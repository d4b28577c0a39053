"""The objectives of a strategic plan and their results, written one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.strategic import (
    StrategicConflictError,
    StrategicError,
    record_of,
    strategic_to_write,
)
from sigpret.apps.planning.models import (
    StrategicObjective,
    StrategicPlan,
    StrategicResult,
    StrategicTarget,
)

OBJECTIVE_WRITTEN = "planning.strategic_objective_written"
OBJECTIVE_REMOVED = "planning.strategic_objective_removed"
RESULT_WRITTEN = "planning.strategic_result_written"
RESULT_REMOVED = "planning.strategic_result_removed"


@dataclass(frozen=True, slots=True)
class StrategicResultFacts:
    """What a person writes of a result: its indicator, where it starts and what each year aims at.

    `baseline` and its year come together or not at all; a year without target is left out of
    `targets`, in the indicator's unit.
    """

    text: str
    assumption: str = ""
    target_population_id: int | None = None
    indicator: str = ""
    unit_of_measure_id: int | None = None
    baseline: Decimal | None = None
    baseline_year: int | None = None
    targets: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, Any]:
        """The facts that are columns of the result."""
        return {name: value for name, value in asdict(self).items() if name != "targets"}


@transaction.atomic
def write_strategic_objective(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    objective_id: int | None,
    text: str,
    expected_version: int = 0,
    at: datetime,
) -> StrategicObjective:
    """Add an objective (`objective_id` None) or write one; the same text again writes nothing.

    Raises PermissionDenied, StrategicError and StrategicConflictError.
    """
    plan = strategic_to_write(plan_id, access)
    text = required(text)
    if objective_id is None:
        known = plan.objectives.filter(text=text).first()
        if known is not None:
            return known
        last = plan.objectives.aggregate(last=Max("number"))["last"] or 0
        objective = plan.objectives.create(number=last + 1, text=text)
    else:
        objective = objective_in(plan, objective_id)
        if objective.text == text:
            return objective
        if objective.version != expected_version:
            raise StrategicConflictError({"text": objective.text})
        objective.text, objective.version = text, expected_version + 1
        objective.save(update_fields=["text", "version"])
    record_row(actor, plan, OBJECTIVE_WRITTEN, at, {"number": objective.number, "text": text})
    return objective


@transaction.atomic
def remove_strategic_objective(
    *, actor: User, access: Access, plan_id: int, objective_id: int, at: datetime
) -> None:
    """Take an objective out with its results; one that is not there is already out.

    Raises PermissionDenied, and StrategicError while annual plans answer to it.
    """
    plan = strategic_to_write(plan_id, access)
    objective = plan.objectives.filter(pk=objective_id).first()
    if objective is None:
        return
    years = sorted(set(objective.annual_objectives.values_list("plan__fiscal_year", flat=True)))
    if years:
        raise StrategicError(
            _("El POA %(years)s responde a este objetivo: desvincúlelo antes de quitarlo.")
            % {"years": ", ".join(map(str, years))}
        )
    gone = {"number": objective.number, "text": objective.text}
    objective.delete()
    record_row(actor, plan, OBJECTIVE_REMOVED, at, gone)


@transaction.atomic
def write_strategic_result(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    objective_id: int,
    result_id: int | None,
    facts: StrategicResultFacts,
    expected_version: int = 0,
    at: datetime,
) -> StrategicResult:
    """Add a result to an objective (`result_id` None) or write one, with its yearly targets.

    The same again writes nothing. Raises PermissionDenied, StrategicError and
    StrategicConflictError.
    """
    plan = strategic_to_write(plan_id, access)
    check_facts(plan, facts)
    objective = objective_in(plan, objective_id)
    if result_id is None:
        known = objective.results.filter(text=facts.text).first()
        if known is not None:
            return known
        last = objective.results.aggregate(last=Max("number"))["last"] or 0
        result = StrategicResult(objective=objective, number=last + 1)
    else:
        result = result_in(plan, result_id)
        before = facts_of(result)
        if before == facts:
            return result
        if result.version != expected_version:
            raise StrategicConflictError(asdict(before))
        result.version = expected_version + 1
    for name, value in facts.columns.items():
        setattr(result, name, value)
    result.save()
    write_targets(result, facts.targets)
    place = f"{result.objective.number}.{result.number}"
    record_row(actor, plan, RESULT_WRITTEN, at, {"number": place} | printable(facts))
    return result


@transaction.atomic
def remove_strategic_result(
    *, actor: User, access: Access, plan_id: int, result_id: int, at: datetime
) -> None:
    """Take a result out; one that is not there is already out.

    Raises PermissionDenied and StrategicError.
    """
    plan = strategic_to_write(plan_id, access)
    result = StrategicResult.objects.filter(objective__plan=plan, pk=result_id).first()
    if result is None:
        return
    gone = {"number": f"{result.objective.number}.{result.number}", "text": result.text}
    result.delete()
    record_row(actor, plan, RESULT_REMOVED, at, gone)


def write_targets(result: StrategicResult, targets: Mapping[int, Decimal]) -> None:
    """Bring the yearly targets to what was written."""
    result.targets.exclude(fiscal_year__in=list(targets)).delete()
    StrategicTarget.objects.bulk_create(
        [
            StrategicTarget(result=result, fiscal_year=year, planned=planned)
            for year, planned in targets.items()
        ],
        update_conflicts=True,
        unique_fields=["result", "fiscal_year"],
        update_fields=["planned"],
    )


def facts_of(result: StrategicResult) -> StrategicResultFacts:
    """What is stored of a result."""
    names = [name for name in StrategicResultFacts.__slots__ if name != "targets"]
    return StrategicResultFacts(
        **{name: getattr(result, name) for name in names},
        targets={target.fiscal_year: target.planned for target in result.targets.all()},
    )


def check_facts(plan: StrategicPlan, facts: StrategicResultFacts) -> None:
    """Raise StrategicError for a result that cannot be written so."""
    required(facts.text)
    if (facts.baseline is None) != (facts.baseline_year is None):
        raise StrategicError(_("Escriba la línea base con su año."))
    if any(not plan.first_year <= year <= plan.last_year for year in facts.targets):
        raise StrategicError(_("Las metas son de los años del plan."))


def required(text: str) -> str:
    """A text without stray spaces. Raises StrategicError when there is none."""
    if not text.strip():
        raise StrategicError(_("Escriba el texto."))
    return " ".join(text.split())


def objective_in(plan: StrategicPlan, objective_id: int) -> StrategicObjective:
    found = plan.objectives.filter(pk=objective_id).first()
    if found is None:
        raise StrategicError(_("Otra persona quitó ese objetivo del plan."))
    return found


def result_in(plan: StrategicPlan, result_id: int) -> StrategicResult:
    rows = StrategicResult.objects.select_related("objective")
    found = rows.filter(objective__plan=plan, pk=result_id).first()
    if found is None:
        raise StrategicError(_("Otra persona quitó ese resultado del plan."))
    return found


def printable(facts: StrategicResultFacts) -> dict[str, Any]:
    """What the chain keeps of a result: years as text, because JSON names are."""
    return asdict(facts) | {"targets": {str(year): value for year, value in facts.targets.items()}}


def record_row(
    actor: User, plan: StrategicPlan, action: str, at: datetime, facts: dict[str, Any]
) -> None:
    """Count the write of the plan and append its event: the last statement of an action."""
    plan.version += 1
    plan.save(update_fields=["version"])
    record_of(actor, plan, action, at, facts)
