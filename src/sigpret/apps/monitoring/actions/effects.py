"""What a change would do to the statuses: worked out by the methodology, and nothing is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.actions.evaluation import branch_rows
from sigpret.apps.monitoring.models import GoalAchievement
from sigpret.apps.monitoring.queries.branch import branch_above
from sigpret.apps.monitoring.queries.measures import indicator_measures, product_measures
from sigpret.apps.monitoring.queries.payloads import text_of
from sigpret.apps.monitoring.queries.progress import computed_with
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.achievement import Figure, achieve
from sigpret.methodology.measure import Measure
from sigpret.methodology.periods import Period

Effect = dict[str, Any]


def change_effect(
    *,
    institution: Institution,
    period: Period,
    product_id: int | None,
    indicator_id: int | None,
    new_value: Decimal | None,
    amounts: Mapping[str, Decimal] | None = None,
) -> list[Effect]:
    """Each figure to date that would change, of the datum and of the goals above it.

    One row has `what` (product, own or contributed), `code`, `text`, and the status and the
    percentage (0-100, as text) `before` and `after`. What stays as it is has no row. `amounts`
    are those of the variables, by name, of an indicator that is computed.
    """
    if indicator_id is not None:
        return list(effect_on_goals(period, indicator_id, new_value, amounts or {}))
    measures = product_measures(until=period, institution_id=institution.pk)
    return list(effect_on_product(period, measures[product_id or 0], new_value))


def changed(
    measure: Measure,
    period: Period,
    value: Decimal | None,
    amounts: Mapping[str, Decimal] | None = None,
) -> Measure:
    return replace(
        measure,
        executed={**measure.executed, period: value},
        computed=computed_with(measure.computed, period, amounts),
    )


def effect_on_product(period: Period, measure: Measure, value: Decimal | None) -> Iterator[Effect]:
    policy = policy_for(period)
    before = achieve(measure, as_of=period, policy=policy).to_date
    after = achieve(changed(measure, period, value), as_of=period, policy=policy).to_date
    if told(before) != told(after):
        yield {"what": "product", "code": "", "text": "", "before": told(before)} | {
            "after": told(after)
        }


def effect_on_goals(
    period: Period, indicator_id: int, value: Decimal | None, amounts: Mapping[str, Decimal]
) -> Iterator[Effect]:
    """The indicator's goal and every goal above it, before and after."""
    policy = policy_for(period)
    measure = indicator_measures(until=period, indicator_ids=[indicator_id])[indicator_id]
    seen = changed(measure, period, value, amounts)
    own = achieve(seen, as_of=period, policy=policy).to_date
    branch = branch_above(indicator_ids=[indicator_id], period=period)
    after = {row["goal_id"]: row for row in branch_rows(branch, {measure.id: own}, period, policy)}
    stored = GoalAchievement.objects.filter(period=period.code, goal_id__in=list(after))
    for row in stored.select_related("goal").order_by("-goal__level", "goal__code"):
        yield from differences(row, after[row.goal_id])


def differences(stored: GoalAchievement, after: Effect) -> Iterator[Effect]:
    """A goal's own figure and the contributed one, where they change."""
    for what in ("own", "contributed"):
        was = {
            "value": text_of(getattr(stored, what)),
            "status": getattr(stored, f"{what}_status"),
        }
        becomes = {"value": text_of(after[what]), "status": str(after[f"{what}_status"])}
        if not same(was, becomes):
            yield {
                "what": what,
                "code": stored.goal.code,
                "text": stored.goal.text,
                "before": was,
                "after": becomes,
            }


def same(one: Effect, other: Effect) -> bool:
    """The database keeps thirty decimals of a figure; a difference beyond them is none."""
    values = [one["value"], other["value"]]
    if None in values:
        return one == other
    gap = abs(Decimal(values[0]) - Decimal(values[1]))
    return one["status"] == other["status"] and gap < Decimal("1e-20")


def told(figure: Figure) -> Effect:
    return {"value": text_of(figure.value), "status": str(figure.status)}
