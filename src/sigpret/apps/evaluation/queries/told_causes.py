"""Why products did not go as programmed, as their institutions told it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.methodology.periods import Period


def causes_told(period: Period, product_ids: Collection[int]) -> Mapping[int, str]:
    """By product, the cause its validated report of the quarter gives, when it gives one; one
    statement."""
    rows = ReportedValue.objects.filter(
        period=period.code, product__in=product_ids, state=ReportState.VALIDATED
    ).exclude(cause="")
    return dict(rows.values_list("product_id", "cause"))
