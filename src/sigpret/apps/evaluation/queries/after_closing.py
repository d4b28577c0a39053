"""What is no longer as it closed: each datum then and now, with why; and two editions compared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from sigpret.apps.evaluation.queries.standing import number
from sigpret.apps.monitoring.models import (
    ChangeRequest,
    GoalAchievement,
    ReportedValue,
    Snapshot,
)
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.editions import Edition
from sigpret.apps.monitoring.queries.extensions import extensions_of
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class ChangedDatum:
    """A datum at the closing and today, in its own unit; None was not reported.

    `why` is the change request's reason, or what let it change; `request_id` its request.
    """

    code: str
    name: str
    institution: str
    then: Decimal | None
    now: Decimal | None
    why: str
    request_id: int | None


@dataclass(frozen=True, slots=True)
class ChangedState:
    """A goal whose status is another; `what` is own or contributed."""

    code: str
    text: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AfterClosing:
    """Everything that differs from an edition; `kept` is how many data it kept."""

    edition: Edition
    data: tuple[ChangedDatum, ...]
    states: tuple[ChangedState, ...]
    kept: int


BY_EXTENSION, BY_REOPENING = "extension", "reopening"


def changes_after(edition: Edition) -> AfterClosing:
    """What changed since an edition closed; six statements."""
    values = list(values_decided_after(edition))
    kept = kept_payloads(edition)
    data = tuple(changed_data(edition, values, kept))
    return AfterClosing(edition, data, tuple(changed_states(edition, kept)), len(kept))


def values_decided_after(edition: Edition) -> Iterator[Any]:
    """The data of the quarter written or decided after the closing, whatever their state."""
    rows: Any = ReportedValue.objects.filter(
        Q(decided_at__gt=edition.closed_at) | Q(reported_at__gt=edition.closed_at),
        period=edition.period.code,
    ).select_related(
        "report__institution", "product__operational_objective__objective", "indicator__goal"
    )
    return iter(rows.order_by("report__institution__code", "pk"))


def kept_payloads(edition: Edition) -> dict[tuple[str, int], Mapping[str, Any]]:
    """What an edition kept of each goal and product, by kind and subject."""
    rows = Snapshot.objects.filter(round_id=edition.round_id, edition=edition.number).exclude(
        kind=Snapshot.Kind.INSTITUTION
    )
    return {
        (kind, subject): payload
        for kind, subject, payload in rows.values_list("kind", "subject_id", "payload")
    }


def changed_data(
    edition: Edition, values: list[Any], kept: Mapping[tuple[str, int], Mapping[str, Any]]
) -> Iterator[ChangedDatum]:
    requests = approved_requests(edition.period)
    extended = extended_after(edition)
    for value in values:
        is_goal = value.indicator_id is not None
        key = (
            (Snapshot.Kind.GOAL, value.indicator.goal_id)
            if is_goal
            else (Snapshot.Kind.PRODUCT, value.product_id)
        )
        then = executed_in(kept.get((str(key[0]), key[1])), edition.period)
        request = requests.get(value.pk)
        now = value.value if value.state == ReportState.VALIDATED else None
        if then == now and request is None:
            continue
        reason = BY_EXTENSION if value.report.institution_id in extended else BY_REOPENING
        yield ChangedDatum(
            code=value.indicator.goal.code if is_goal else product_code(value.product),
            name=value.indicator.goal.text if is_goal else value.product.name,
            institution=value.report.institution.name,
            then=then,
            now=now,
            why=request.reason if request else reason,
            request_id=request.pk if request else None,
        )


def extended_after(edition: Edition) -> set[int]:
    """The institutions whose granted extension went past the closing."""
    return {
        institution
        for institution, extension in extensions_of(edition.round_id).items()
        if extension.is_valid(edition.closed_at)
    }


def product_code(product: Any) -> str:
    return f"{product.operational_objective.objective.number}.{product.number}"


def approved_requests(period: Period) -> dict[int, ChangeRequest]:
    """The last approved request of each datum of a quarter, by the id of the datum."""
    rows = ChangeRequest.objects.filter(
        value__period=period.code, state=ChangeRequest.State.APPROVED
    )
    return {row.value_id: row for row in rows.order_by("decided_at")}


def executed_in(payload: Mapping[str, Any] | None, period: Period) -> Decimal | None:
    """What a snapshot says was executed in its own quarter."""
    for point in (payload or {}).get("series") or ():
        if point["period"] == period.code:
            return number(point["executed"])
    return None


def changed_states(
    edition: Edition, kept: Mapping[tuple[str, int], Mapping[str, Any]]
) -> Iterator[ChangedState]:
    """The goals whose status today is not the one they closed with."""
    live = {
        row[0]: row[1:]
        for row in GoalAchievement.objects.filter(period=edition.period.code).values_list(
            "goal_id", "own_status", "contributed_status"
        )
    }
    for (kind, goal_id), payload in kept.items():
        if kind == Snapshot.Kind.GOAL and goal_id in live:
            yield from state_changes(payload, dict(zip(SIDES, live[goal_id], strict=True)))


SIDES = ("own", "contributed")


def state_changes(before: Mapping[str, Any], statuses: Mapping[str, str]) -> Iterator[ChangedState]:
    for what in SIDES:
        was = before[what]["status"]
        if was != statuses[what]:
            yield ChangedState(before["code"], before["text"], what, was, statuses[what])


def compare_editions(first: Edition, second: Edition) -> AfterClosing:
    """What the second edition kept differently from the first; two statements.

    What only one of them kept is told too: the other side was not reported.
    """
    before, after = kept_payloads(first), kept_payloads(second)
    data: list[ChangedDatum] = []
    states: list[ChangedState] = []
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        then, now = (executed_in(one, first.period) for one in (old, new))
        if then != now:
            data.append(kept_datum(new or old or {}, then, now))
        if key[0] == Snapshot.Kind.GOAL and old and new:
            states.extend(state_changes(old, {side: new[side]["status"] for side in SIDES}))
    return AfterClosing(first, tuple(data), tuple(states), len(before))


def kept_datum(
    payload: Mapping[str, Any], then: Decimal | None, now: Decimal | None
) -> ChangedDatum:
    name = payload.get("text") or payload["name"]
    who = payload.get("institution") or payload.get("responsible") or {}
    return ChangedDatum(payload["code"], name, who.get("name", ""), then, now, "", None)
