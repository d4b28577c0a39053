"""Who changed each row of a plan between two versions, and why: what a comparison must say."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.planning.models import AnnualPlan, PlanChange, PlanChangeState, PlanVersion
from sigpret.apps.planning.queries.content import Content, plan_content
from sigpret.apps.planning.queries.versions import RowDifference, RowKey, differences
from sigpret.apps.planning.writes import PLAN_WRITES


@dataclass(frozen=True, slots=True)
class Cause:
    """A version in which a row began to say something else, by whom and why.

    `number` None: nobody has sent it yet, and whoever does will say why.
    """

    number: int | None
    occasion: str = ""
    reason: str = ""
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who wrote in the plan, how many times, and when last."""

    name: str
    writes: int
    last: datetime


@dataclass(frozen=True, slots=True)
class ExplainedRow:
    """A row that changed, who wrote in it (of products only), and each version that changed it."""

    row: RowDifference
    writers: tuple[Writer, ...]
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Write:
    """One write of a plan and the products it names."""

    name: str
    at: datetime
    products: frozenset[int]


def explained_differences(
    plan: AnnualPlan, before: int, after: int | None
) -> tuple[ExplainedRow, ...]:
    """What changed from one version to another, in the order of the plan, with who and why.

    `after` None is the plan as it is now. Three statements, besides reading the plan as it is.
    """
    kept = list(versions_from(plan, before, after))
    if not kept:
        return ()
    steps: list[tuple[Content, Cause]] = [(row.content, cause) for row, cause in kept]
    if after is None:
        steps.append((plan_content(plan), Cause(None)))
    causes = causes_by_row(steps)
    since, until = kept[0][0].made_at, None if after is None else kept[-1][0].made_at
    written = by_product(writes_between(plan, since, until))
    return tuple(
        ExplainedRow(row, written.get(row.product_id or 0, ()), causes.get(row.key, ()))
        for row in differences(steps[0][0], steps[-1][0])
    )


def writers_between(
    plan: AnnualPlan, since: datetime, until: datetime | None
) -> tuple[Writer, ...]:
    """Who wrote in the plan from one moment to another, the most first; one statement."""
    return counted(writes_between(plan, since, until))


def versions_from(
    plan: AnnualPlan, before: int, after: int | None
) -> Iterator[tuple[PlanVersion, Cause]]:
    """The versions from one to another, oldest first, each as a cause; two statements."""
    rows = plan.versions.filter(number__gte=before).select_related("made_by").order_by("number")
    if after is not None:
        rows = rows.filter(number__lte=after)
    asked = askers_of(plan)
    for row in rows:
        who = row.made_by.full_name
        if row.occasion == PlanVersion.Occasion.CHANGED:
            who = asked.get(row.made_at, who)
        occasion = str(PlanVersion.Occasion(row.occasion).label)
        yield row, Cause(row.number, occasion, row.reason, who, row.made_at)


def askers_of(plan: AnnualPlan) -> Mapping[datetime, str]:
    """Who asked, approved and accepted each accepted change, by the moment it was accepted."""
    rows = PlanChange.objects.filter(plan=plan, state=PlanChangeState.ACCEPTED)
    people = rows.values_list(
        "decided_at",
        "requested_by__full_name",
        "approved_by__full_name",
        "decided_by__full_name",
    )
    said = _("pidió %(asked)s, aprobó %(approved)s, aceptó %(decided)s")
    return {
        at: said % {"asked": asked, "approved": approved, "decided": decided}
        for at, asked, approved, decided in people
        if at is not None
    }


def causes_by_row(steps: list[tuple[Content, Cause]]) -> Mapping[RowKey, tuple[Cause, ...]]:
    """For each row, the steps in which it began to say something else."""
    found: defaultdict[RowKey, list[Cause]] = defaultdict(list)
    for (old, _first), (new, cause) in pairwise(steps):
        for row in differences(old, new):
            found[row.key].append(cause)
    return {key: tuple(causes) for key, causes in found.items()}


def writes_between(plan: AnnualPlan, since: datetime, until: datetime | None) -> tuple[Write, ...]:
    """Every write of the plan after a moment, oldest first; one statement."""
    events = AuditEvent.objects.filter(
        subject_type="annual_plan", subject_id=str(plan.pk), action__in=PLAN_WRITES
    ).order_by("pk")
    rows = events.values_list("actor_name", "at", "payload")
    found = (write_of(name, at, json.loads(payload)) for name, at, payload in rows)
    return tuple(one for one in found if one.at > since and (until is None or one.at <= until))


def write_of(name: str, at: datetime, payload: Mapping[str, Any]) -> Write:
    """The moment is the one the person acted, which the event carries."""
    changes = payload.get("changes")
    named = {one["product"] for one in changes} if isinstance(changes, list) else set()
    if isinstance(payload.get("product"), int):
        named.add(payload["product"])
    moment = datetime.fromisoformat(payload["at"]) if "at" in payload else at
    return Write(name, moment, frozenset(named))


def by_product(writes: tuple[Write, ...]) -> Mapping[int, tuple[Writer, ...]]:
    found: defaultdict[int, list[Write]] = defaultdict(list)
    for one in writes:
        for product in one.products:
            found[product].append(one)
    return {product: counted(tuple(several)) for product, several in found.items()}


def counted(writes: tuple[Write, ...]) -> tuple[Writer, ...]:
    """Each person once, the one with the most writes first."""
    times = Counter(one.name for one in writes)
    last = {one.name: one.at for one in writes}
    return tuple(Writer(name, count, last[name]) for name, count in times.most_common())
