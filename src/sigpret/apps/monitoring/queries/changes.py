"""Change requests as screens need them: the old value, the new one, why, and what it does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Left

from sigpret.apps.accounts.roles import NATIONAL_READERS
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.models import ChangeRequest
from sigpret.apps.reference.models import DisaggregationCategory
from sigpret.apps.results.models import IndicatorVariable
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class ChangedAmount:
    """A variable or a part of the datum, before and after; None is nothing written."""

    label: str
    old: Decimal | None
    new: Decimal | None


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """A change request. `effect` has one row per figure that changes (see `change_effect`).

    `new` None: it would be reported without a denominator; `old` None: it was not reported, or
    had none when there are `amounts`, the variables and parts of the datum.
    """

    id: int
    period: Period
    institution_id: int
    institution_code: str
    institution_name: str
    code: str
    name: str
    unit: str
    state: str
    old: Decimal | None
    new: Decimal | None
    reason: str
    effect: Sequence[Mapping[str, Any]]
    requested_by_id: int
    requested_by: str
    requested_at: datetime
    decided_by: str
    decided_at: datetime | None
    note: str
    evidence_id: int | None
    evidence_name: str
    amounts: tuple[ChangedAmount, ...] = ()

    @property
    def had_no_denominator(self) -> bool:
        return self.old is None and any(one.old is not None for one in self.amounts)

    @property
    def is_waiting(self) -> bool:
        return self.state == ChangeRequest.State.REQUESTED

    @property
    def word(self) -> str:
        return str(ChangeRequest.State(self.state).label)


FIELDS = {
    "period": F("value__period"),
    "institution_id": F("value__report__institution_id"),
    "institution_code": F("value__report__institution__code"),
    "institution_name": F("value__report__institution__name"),
    "number": F("value__product__number"),
    "objective": F("value__product__operational_objective__objective__number"),
    "product": F("value__product__name"),
    "product_unit": F("value__product__unit_of_measure__name"),
    "goal_code": F("value__indicator__goal__code"),
    "goal": F("value__indicator__goal__text"),
    "indicator_unit": F("value__indicator__unit"),
    "by": F("requested_by__full_name"),
    "decider": Coalesce("decided_by__full_name", Value("")),
    "evidence_name": Coalesce("evidence__name", Value("")),
}
OWN = (
    "id",
    "state",
    "old_value",
    "new_value",
    "reason",
    "effect",
    "requested_by_id",
    "requested_at",
    "decided_at",
    "decision_note",
    "evidence_id",
    "old_details",
    "new_details",
)


def changes_for(
    access: Access, *, period: Period | None = None, year: int | None = None
) -> tuple[ChangeFacts, ...]:
    """Those a person may read: their institutions', or all; the ones that wait first.

    With `year`, the ones about its quarters, and whichever waits of any other.
    """
    rows = readable(access)
    if period is not None:
        rows = rows.filter(value__period=period.code)
    if year is not None:
        rows = rows.filter(
            Q(value__period__startswith=f"{year}-") | Q(state=ChangeRequest.State.REQUESTED)
        )
    found = [facts_of_change(row) for row in asked(rows)]
    return tuple(sorted(found, key=lambda one: not one.is_waiting))


def years_of_changes(access: Access) -> tuple[int, ...]:
    """The years whose data somebody asked to change, the newest first; one statement."""
    years = readable(access).annotate(year=Left("value__period", 4)).order_by("-year")
    return tuple(int(year) for year in years.values_list("year", flat=True).distinct())


def readable(access: Access) -> QuerySet[ChangeRequest]:
    rows = ChangeRequest.objects.all()
    if access.has(*NATIONAL_READERS):
        return rows
    return rows.filter(value__report__institution_id__in=list(access.institutions))


def change_facts(request_id: int) -> ChangeFacts:
    """One request, whoever asks. Raises ChangeRequest.DoesNotExist."""
    return facts_of_change(asked(ChangeRequest.objects.all()).get(pk=request_id))


def find_change(request_id: int) -> ChangeFacts | None:
    row = asked(ChangeRequest.objects.filter(pk=request_id)).first()
    return facts_of_change(row) if row else None


def asked(rows: QuerySet[ChangeRequest]) -> Any:
    return rows.values(*OWN, **FIELDS)


def amounts_of(row: Mapping[str, Any]) -> Iterator[ChangedAmount]:
    """What stands behind the datum, before and after; a statement for each kind there is."""
    names: dict[str, Any] = {
        "variables": IndicatorVariable.objects.values_list("pk", "label"),
        "parts": DisaggregationCategory.objects.values_list("pk", "name"),
    }
    for kind, known in names.items():
        old, new = (row[which].get(kind, {}) for which in ("old_details", "new_details"))
        keys = sorted({*old, *new}, key=int)
        labels = dict(known.filter(pk__in=keys)) if keys else {}
        for key in keys:
            amounts = (Decimal(found[key]) if key in found else None for found in (old, new))
            yield ChangedAmount(labels.get(int(key), key), *amounts)


def facts_of_change(row: Mapping[str, Any]) -> ChangeFacts:
    is_goal = row["goal_code"] is not None
    return ChangeFacts(
        id=row["id"],
        period=Period.parse(row["period"]),
        institution_id=row["institution_id"],
        institution_code=row["institution_code"],
        institution_name=row["institution_name"],
        code=row["goal_code"] if is_goal else f"{row['objective']}.{row['number']}",
        name=row["goal"] if is_goal else row["product"],
        unit=row["indicator_unit"] if is_goal else row["product_unit"],
        state=row["state"],
        old=row["old_value"],
        new=row["new_value"],
        reason=row["reason"],
        effect=row["effect"] or (),
        requested_by_id=row["requested_by_id"],
        requested_by=row["by"],
        requested_at=row["requested_at"],
        decided_by=row["decider"],
        decided_at=row["decided_at"],
        note=row["decision_note"],
        evidence_id=row["evidence_id"],
        evidence_name=row["evidence_name"],
        amounts=tuple(amounts_of(row)),
    )
