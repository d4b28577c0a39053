"""What a change would do to the statuses: worked out by the methodology, and nothing is stored."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.actions.evaluation import branch_rows
from sigpret.apps.monitoring.models import GoalAchievement
from sigpret.apps.monitoring.queries.branch import branch_above
from sigpret.apps.monitoring.queries.measures import indicator_measures, product_measures
from sigpret.apps.monitoring.queries.payloads import text_of
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
    new_value: Decimal,
) -> list[Effect]:
    """Each figure to date that would change, of the datum and of the goals above it.

    One row has `what` (product, own or contributed), `code`, `text`, and the status and the
    percentage (0-100, as text) `before` and `after`. What stays as it is has no row.
    """
    if indicator_id is not None:
        return list(effect_on_goals(period, indicator_id, new_value))
    measures = product_measures(until=period, institution_id=institution.pk)
    return list(effect_on_product(period, measures[product_id or 0], new_value))


def changed(measure: Measure, period: Period, value: Decimal) -> Measure:
    return replace(measure, executed={**measure.executed, period: value})


def effect_on_product(period: Period, measure: Measure, value: Decimal) -> Iterator[Effect]:
    policy = policy_for(period)
    before = achieve(measure, as_of=period, policy=policy).to_date
    after = achieve(changed(measure, period, value), as_of=period, policy=policy).to_date
    if told(before) != told(after):
        yield {"what": "product", "code": "", "text": "", "before": told(before)} | {
            "after": told(after)
        }


def effect_on_goals(period: Period, indicator_id: int, value: Decimal) -> Iterator[Effect]:
    """The indicator's goal and every goal above it, before and after."""
    policy = policy_for(period)
    measure = indicator_measures(until=period, indicator_ids=[indicator_id])[indicator_id]
    own = achieve(changed(measure, period, value), as_of=period, policy=policy).to_date
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
