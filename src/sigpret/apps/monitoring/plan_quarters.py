"""What monitoring says of a plan that somebody wants to change: its quarters and its statuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.db import connection

from sigpret.apps.monitoring.models import ReportedValue, ReportingRound
from sigpret.apps.monitoring.queries.measures import product_measures
from sigpret.apps.monitoring.queries.payloads import text_of
from sigpret.apps.planning.reported import Effect, Proposed, ReportedQuarters
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.achievement import Figure, achieve
from sigpret.methodology.measure import Measure
from sigpret.methodology.periods import Period


def quarters_of_plan(plan_id: int, fiscal_year: int, is_held: bool) -> ReportedQuarters:
    """The closed quarters of the year and the figures written in it; two statements.

    `is_held`: the rounds of the year stay as they are until the caller commits.
    """
    rounds = ReportingRound.objects.filter(period__startswith=f"{fiscal_year}-Q").order_by("pk")
    if is_held:
        rounds = rounds.select_for_update(no_key=True)
    closed = [row.period for row in rounds if row.state == ReportingRound.State.CLOSED]
    plan = "product__operational_objective__objective__plan"
    figures = ReportedValue.objects.filter(**{plan: plan_id}, value__isnull=False)
    return ReportedQuarters(
        frozenset(closed), frozenset(figures.values_list("product_id", "period"))
    )


# Django cannot ask for KEY SHARE, which only closing waits for: reports and reviews go on.
ROUNDS = "SELECT period, state FROM monitoring_reportinground WHERE period LIKE %s ORDER BY id"


def closed_quarters_of(fiscal_year: int, is_held: bool) -> frozenset[str]:
    """The quarters of a year whose round closed; one statement.

    `is_held`: whoever closes one of the year waits until the caller commits.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"{ROUNDS} FOR KEY SHARE" if is_held else ROUNDS, [f"{fiscal_year}-Q%"])
        rows = cursor.fetchall()
    return frozenset(code for code, state in rows if state == ReportingRound.State.CLOSED)


def effect_of_programming(fiscal_year: int, proposed: Proposed) -> Effect:
    """How each product would stand at the quarter people report, and today; nothing is stored.

    Nothing before the first round of the year, or once all have closed.
    """
    rounds = ReportingRound.objects.filter(period__startswith=f"{fiscal_year}-Q")
    open_round = rounds.exclude(state=ReportingRound.State.CLOSED).order_by("-period").first()
    if open_round is None or not proposed:
        return []
    period = Period.parse(open_round.period)
    measures = product_measures(until=period, product_ids=list(proposed))
    found: Effect = []
    for product_id, measure in measures.items():
        before = told(standing(measure, period))
        after = told(standing(reprogrammed(measure, proposed[product_id]), period))
        found.append(
            {"product": product_id, "period": period.code, "before": before, "after": after}
        )
    return found


def reprogrammed(measure: Measure, wanted: Mapping[str, Decimal | None]) -> Measure:
    """The measure with other quarters; None takes a quarter out."""
    planned = dict(measure.targets)
    for code, value in wanted.items():
        quarter = Period.parse(code)
        if value is None:
            planned.pop(quarter, None)
        else:
            planned[quarter] = value
    return replace(measure, targets=planned)


def standing(measure: Measure, period: Period) -> Figure:
    return achieve(measure, as_of=period, policy=policy_for(period)).to_date


def told(figure: Figure) -> dict[str, str | None]:
    return {"value": text_of(figure.value), "status": str(figure.status)}
