"""Changes of locked plans as screens need them, and those accepted, which are public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sigpret.apps.planning.models import (
    OPEN_CHANGES,
    AnnualPlan,
    PlanChange,
    PlanChangeLine,
    PlanChangeState,
    PlanVersion,
    Product,
)
from sigpret.apps.planning.queries.change_files import ChangeFile, files_of, published
from sigpret.apps.planning.queries.change_lines import ANNUAL, in_force, lines_of, proposed_by
from sigpret.apps.planning.reported import effect_on_statuses, reported_quarters
from sigpret.web.dates import period_name


@dataclass(frozen=True, slots=True)
class ChangedDatum:
    """One datum: what is in force and what is asked; None is "not programmed".

    `before` and `after` have the `status` and the percentage (`value`, 0-100) of the product at
    `as_of`, on the line of the quarter that is being reported; empty on the others.
    """

    id: int
    product_id: int
    code: str
    name: str
    unit: str
    field: str
    label: str
    old: Decimal | None
    new: Decimal | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    as_of: str
    year_was: Decimal | None
    year_is: Decimal | None

    @property
    def has_effect(self) -> bool:
        return bool(self.before) and dict(self.before) != dict(self.after)

    @property
    def is_same_status(self) -> bool:
        return self.before.get("status") == self.after.get("status")

    @property
    def is_same_year(self) -> bool:
        return self.year_was == self.year_is


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """A request to change a plan, with who did each step and when."""

    id: int
    plan_id: int
    number: int
    fiscal_year: int
    institution_id: int
    institution_code: str
    institution_name: str
    state: str
    word: str
    reason: str
    observation: str
    requested_by_id: int
    requested_by: str
    requested_at: datetime
    submitted_at: datetime | None
    approved_by_id: int | None
    approved_by: str
    approved_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    lines: tuple[ChangedDatum, ...]
    files: tuple[ChangeFile, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_CHANGES

    @property
    def is_written(self) -> bool:
        """Is the institution still preparing it?"""
        return self.state in {PlanChangeState.PREPARING, PlanChangeState.RETURNED}

    @property
    def products(self) -> int:
        return len({line.product_id for line in self.lines})


@dataclass(frozen=True, slots=True)
class DatumInForce:
    """A datum of a product that may be asked to change, or says why it may not."""

    field: str
    label: str
    value: Decimal | None
    asked: Decimal | None
    is_closed: bool


@dataclass(frozen=True, slots=True)
class ProductInForce:
    id: int
    code: str
    name: str
    unit: str
    data: tuple[DatumInForce, ...]


def find_change(plan_id: int, number: int) -> PlanChange | None:
    """A request with its plan; None when there is none."""
    return people(PlanChange.objects.filter(plan=plan_id, number=number)).first()


def change_facts(change: PlanChange) -> ChangeFacts:
    """One request. Its effect is the one kept when it was sent, or today's while it is prepared."""
    plan = change.plan
    is_written = change.state in {PlanChangeState.PREPARING, PlanChangeState.RETURNED}
    effect = (
        effect_on_statuses(plan.fiscal_year, proposed_by(change)) if is_written else change.effect
    )
    lines = lines_of(change)
    return facts_of(change, tuple(data_of(lines, effect)), files_of(change))


def changes_of(plan: AnnualPlan) -> tuple[ChangeFacts, ...]:
    """Every request about a plan, the newest first, without their effect."""
    rows = people(PlanChange.objects.filter(plan=plan)).prefetch_related(
        "lines__product__operational_objective__objective", "lines__product__unit_of_measure"
    )
    return tuple(
        facts_of(row, tuple(data_of(row.lines.all(), row.effect)))
        for row in rows.order_by("-number")
    )


def accepted_changes(*, fiscal_year: int | None = None) -> tuple[ChangeFacts, ...]:
    """What was accepted, the newest first: anybody may read it. Of a plan's year, or of all."""
    rows = people(PlanChange.objects.filter(state=PlanChangeState.ACCEPTED)).prefetch_related(
        "lines__product__operational_objective__objective",
        "lines__product__unit_of_measure",
        "files__file",
        "files__added_by",
    )
    if fiscal_year is not None:
        rows = rows.filter(plan__fiscal_year=fiscal_year)
    changes = list(rows.order_by("-decided_at", "-pk"))
    files = published(changes)
    return tuple(
        facts_of(row, tuple(data_of(row.lines.all(), row.effect)), files[row.pk]) for row in changes
    )


def years_of_accepted() -> tuple[int, ...]:
    """The years of the plans with an accepted change, the newest first; one statement."""
    rows = PlanChange.objects.filter(state=PlanChangeState.ACCEPTED).order_by("-plan__fiscal_year")
    return tuple(rows.values_list("plan__fiscal_year", flat=True).distinct())


def products_to_change(plan: AnnualPlan) -> tuple[tuple[int, str], ...]:
    """Id and `2.6 Nombre` of every product, in the order of the plan; one statement."""
    objective = "operational_objective__objective"
    rows = Product.objects.filter(**{f"{objective}__plan": plan}).order_by(
        f"{objective}__number", "number"
    )
    found = rows.values_list("pk", f"{objective}__number", "number", "name")
    return tuple((pk, f"{first}.{number} {name}") for pk, first, number, name in found)


def product_in_force(change: PlanChange, product_id: int) -> ProductInForce | None:
    """A product's data, what is asked of each, and which quarters closed; None: not in the plan."""
    plan = change.plan
    rows = Product.objects.filter(pk=product_id, operational_objective__objective__plan=plan)
    product = rows.select_related("operational_objective__objective", "unit_of_measure").first()
    if product is None:
        return None
    closed = reported_quarters(plan.pk, plan.fiscal_year).closed
    asked = dict(change.lines.filter(product=product).values_list("field", "new"))
    data = tuple(
        DatumInForce(name, label_of(name), value, asked.get(name, value), name in closed)
        for name, value in in_force(product, plan.fiscal_year).items()
    )
    objective = product.operational_objective.objective
    return ProductInForce(
        product.pk,
        f"{objective.number}.{product.number}",
        product.name,
        product.unit_of_measure.name,
        data,
    )


def next_version(plan: AnnualPlan) -> int:
    """The number the version will have if the change is accepted."""
    return 1 + PlanVersion.objects.filter(plan=plan).count()


def label_of(field: str) -> str:
    return _("Producción anual") if field == ANNUAL else period_name(field)


def people(rows: QuerySet[PlanChange]) -> QuerySet[PlanChange]:
    return rows.select_related("plan__institution", "requested_by", "approved_by", "decided_by")


def data_of(
    lines: Iterable[PlanChangeLine], effect: Iterable[Mapping[str, Any]]
) -> Iterable[ChangedDatum]:
    """The lines with the effect of their product, said once: on its first quarter that matters."""
    effects = {row["product"]: row for row in effect}
    ordered = sorted(lines, key=placed)
    years = years_of(ordered)
    for line in ordered:
        product, row = line.product, effects.get(line.product_id)
        is_its = row is not None and line.field != ANNUAL and line.field <= row["period"]
        shown = effects.pop(line.product_id) if is_its else {}
        objective = product.operational_objective.objective
        year_was, year_is = years[line.product_id]
        yield ChangedDatum(
            id=line.pk,
            product_id=product.pk,
            code=f"{objective.number}.{product.number}",
            name=product.name,
            unit=product.unit_of_measure.name,
            field=line.field,
            label=label_of(line.field),
            old=line.old,
            new=line.new,
            before=shown.get("before", {}),
            after=shown.get("after", {}),
            as_of=shown.get("period", ""),
            year_was=year_was,
            year_is=year_is,
        )


def placed(line: PlanChangeLine) -> tuple[int, int, bool, str]:
    """Products in the order of the plan; of each, its quarters and then its year."""
    product = line.product
    objective = product.operational_objective.objective.number
    return objective, product.number, line.field == ANNUAL, line.field


def years_of(
    lines: Iterable[PlanChangeLine],
) -> dict[int, tuple[Decimal | None, Decimal | None]]:
    """The year's output of each product before and after the change."""
    found: dict[int, tuple[Decimal | None, Decimal | None]] = {}
    for line in lines:
        if line.field == ANNUAL:
            found[line.product_id] = line.old, line.new
        else:
            output = line.product.annual_output
            found.setdefault(line.product_id, (output, output))
    return found


def facts_of(
    change: PlanChange, lines: tuple[ChangedDatum, ...], files: tuple[ChangeFile, ...] = ()
) -> ChangeFacts:
    plan = change.plan
    return ChangeFacts(
        id=change.pk,
        plan_id=plan.pk,
        number=change.number,
        fiscal_year=plan.fiscal_year,
        institution_id=plan.institution_id,
        institution_code=plan.institution.code,
        institution_name=plan.institution.name,
        state=change.state,
        word=str(PlanChangeState(change.state).label),
        reason=change.reason,
        observation=change.observation,
        requested_by_id=change.requested_by_id,
        requested_by=change.requested_by.full_name,
        requested_at=change.requested_at,
        submitted_at=change.submitted_at,
        approved_by_id=change.approved_by_id,
        approved_by=change.approved_by.full_name if change.approved_by else "",
        approved_at=change.approved_at,
        decided_by=change.decided_by.full_name if change.decided_by else "",
        decided_at=change.decided_at,
        lines=lines,
        files=files,
    )
