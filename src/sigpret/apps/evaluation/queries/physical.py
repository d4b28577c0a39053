"""What was delivered of each product, and whose silence says nothing yet."""

from __future__ import annotations

from collections.abc import Mapping

from sigpret.apps.monitoring.queries.extensions import excuses
from sigpret.apps.monitoring.queries.measures import product_measures
from sigpret.apps.monitoring.queries.rounds import round_facts
from sigpret.apps.planning.models import Product
from sigpret.methodology.achievement import achieve
from sigpret.methodology.periods import Period
from sigpret.methodology.physical_financial import Physical
from sigpret.methodology.policy import Policy
from sigpret.methodology.status import Status


def physical_sides(
    period: Period, policy: Policy, institution_id: int | None
) -> Mapping[int, Physical]:
    """What was validated of each product: to date and of the year. Three statements.

    What was due and nobody reported has no value: it is not a zero. While the round is open, or
    its institution has more time, its silence says nothing yet.
    """
    measures = product_measures(until=period, institution_id=institution_id)
    waiting = waiting_products(period)
    found = {}
    for product_id, measure in measures.items():
        achieved = achieve(measure, as_of=period, policy=policy)
        if achieved.to_date.status is Status.NOT_REPORTED:
            is_excused = waiting is None or product_id in waiting
            found[product_id] = Physical(None, None, is_silent=True, is_excused=is_excused)
        else:
            found[product_id] = Physical(achieved.to_date.value, achieved.annual.value)
    return found


def waiting_products(period: Period) -> frozenset[int] | None:
    """The products whose institution had more time when the round closed; None while everybody
    has, because it is open or nobody opened it. Two statements."""
    round_ = round_facts(period)
    if round_ is None or not round_.is_closed:
        return None
    excused = excuses(round_.id, round_.closed_at or round_.closes_at)
    plan = "operational_objective__objective__plan"
    mine = {f"{plan}__institution__in": list(excused), f"{plan}__fiscal_year": period.year}
    return frozenset(Product.objects.filter(**mine).values_list("pk", flat=True))
