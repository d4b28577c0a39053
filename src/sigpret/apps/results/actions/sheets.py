"""Writing the technical sheet of an indicator: its formula, variables, thresholds and sources."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.above import recompute
from sigpret.apps.results.actions.begun import why_sheet_stays
from sigpret.apps.results.actions.conflict import ConflictError
from sigpret.apps.results.actions.goals import held_goal, indicator_of, record_goal
from sigpret.apps.results.models import Goal, Indicator, IndicatorVariable
from sigpret.apps.results.permissions import check_can_write_goal
from sigpret.methodology.formula import FormulaError, parse
from sigpret.methodology.values import plain
from sigpret.web.sentences import said


class InvalidSheetError(Exception):
    """A sheet that contradicts itself. `fields` maps the field to its sentence."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


@dataclass(frozen=True, slots=True)
class VariableFacts:
    """A variable of the formula; `accumulation` is "sum" (its quarters add) or "last"."""

    name: str
    label: str
    unit: str = ""
    accumulation: str = "sum"


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a person writes of an indicator. Thresholds are percentages (0-100), both or none."""

    name: str
    unit: str
    sense: str
    accumulation: str
    across_years: str
    responsible_id: int
    definition: str = ""
    formula: str = ""
    value_source: str = "reported"
    variables: tuple[VariableFacts, ...] = ()
    periodicity_id: int | None = None
    publication_lag_days: int = 0
    source: str = ""
    means_of_verification: str = ""
    responsible_unit: str = ""
    baseline: Decimal | None = None
    baseline_year: int | None = None
    tolerance: Decimal | None = None
    on_track_from: Decimal | None = None
    at_risk_from: Decimal | None = None
    disaggregations: frozenset[int] = frozenset()

    @property
    def columns(self) -> dict[str, Any]:
        """The facts that are columns of the indicator."""
        return {
            name: getattr(self, name)
            for name in SheetFacts.__dataclass_fields__
            if name not in ("variables", "disaggregations")
        }


@transaction.atomic
def save_indicator_sheet(
    *, actor: User, access: Access, goal_id: int, facts: SheetFacts, expected_version: int
) -> Indicator:
    """Write the sheet of the goal's indicator; `expected_version` 0 when it has none yet.

    A computed indicator needs a formula whose names are exactly its variables. Nothing changed:
    nothing is written. Raises PermissionDenied, InvalidSheetError, ConflictError.
    """
    goal = held_goal(goal_id)
    check_can_write_goal(access, goal.institution_id)
    check_responsible(goal, facts)
    check_formula(facts)
    indicator = indicator_of(goal)
    before = sheet_facts(indicator) if indicator else None
    if indicator is not None and before == facts:
        return indicator
    old = printable(before) if before else {}
    if kept := why_sheet_stays(access, indicator, old, printable(facts)):
        raise InvalidSheetError(kept)
    version = indicator.version if indicator else 0
    if version != expected_version:
        raise ConflictError(version, old)
    indicator = indicator or Indicator(goal=goal, version=0)
    for name, value in facts.columns.items():
        setattr(indicator, name, value)
    indicator.version += 1
    check_row(indicator)
    indicator.save()
    indicator.disaggregations.set(facts.disaggregations)
    write_variables(indicator, facts.variables)
    recompute([goal.pk])
    new = printable(facts)
    changed = [name for name in new if old.get(name) != new[name]]
    payload = {
        "old": {name: old.get(name) for name in changed},
        "new": {name: new[name] for name in changed},
    }
    record_goal(actor, "results.sheet_saved", goal, payload)
    return indicator


def check_responsible(goal: Goal, facts: SheetFacts) -> None:
    """The institution of an institutional goal answers for its indicator."""
    if goal.institution_id is not None and facts.responsible_id != goal.institution_id:
        raise InvalidSheetError(
            {"responsible_id": _("Una meta institucional la reporta su institución.")}
        )


def check_formula(facts: SheetFacts) -> None:
    """A computed indicator can be computed from its variables, and from nothing else."""
    if facts.value_source != Indicator.ValueSource.FORMULA:
        return
    try:
        names = parse(facts.formula).names
    except FormulaError as error:
        raise InvalidSheetError({"formula": said(error)}) from error
    declared = {variable.name for variable in facts.variables}
    missing, unused = sorted(names - declared), sorted(declared - names)
    if missing:
        text = _("La fórmula usa %(names)s y la ficha no dice qué es.")
        raise InvalidSheetError({"formula": text % {"names": ", ".join(missing)}})
    if unused:
        text = _("La fórmula no usa %(names)s: quítela de las variables o escríbala en la fórmula.")
        raise InvalidSheetError({"formula": text % {"names": ", ".join(unused)}})
    if not names:
        raise InvalidSheetError({"formula": _("La fórmula no tiene ninguna variable.")})


def check_row(indicator: Indicator) -> None:
    try:
        indicator.full_clean(exclude=["goal"], validate_unique=False)
    except ValidationError as error:
        raise InvalidSheetError(
            {
                "name" if field == "__all__" else field: " ".join(map(str, messages))
                for field, messages in error.message_dict.items()
            }
        ) from error


def write_variables(indicator: Indicator, variables: tuple[VariableFacts, ...]) -> None:
    """Variables are known by their name. One whose amounts were reported cannot leave."""
    names = [variable.name for variable in variables]
    if len(set(names)) < len(names):
        raise InvalidSheetError({"variables": _("Dos variables no pueden llamarse igual.")})
    try:
        indicator.variables.exclude(name__in=names).delete()
    except ProtectedError as error:
        raise InvalidSheetError(
            {"variables": _("Una variable con cantidades reportadas no puede quitarse.")}
        ) from error
    for position, variable in enumerate(variables, 1):
        IndicatorVariable.objects.update_or_create(
            indicator=indicator,
            name=variable.name,
            defaults={
                "label": variable.label,
                "unit": variable.unit,
                "accumulation": variable.accumulation,
                "position": position,
            },
        )


def sheet_facts(indicator: Indicator) -> SheetFacts:
    """The sheet as it is stored."""
    columns = {
        name: getattr(indicator, name)
        for name in SheetFacts.__dataclass_fields__
        if name not in ("variables", "disaggregations")
    }
    return SheetFacts(
        **columns,
        variables=tuple(
            VariableFacts(row.name, row.label, row.unit, row.accumulation)
            for row in indicator.variables.order_by("position")
        ),
        disaggregations=frozenset(indicator.disaggregations.values_list("pk", flat=True)),
    )


def printable(facts: SheetFacts) -> dict[str, Any]:
    """What the audit chain and a conflict show: numbers as people write them."""
    shown = {
        name: plain(value) if isinstance(value, Decimal) else value
        for name, value in facts.columns.items()
    }
    return shown | {
        "variables": [f"{one.name}: {one.label}" for one in facts.variables],
        "disaggregations": sorted(facts.disaggregations),
    }
