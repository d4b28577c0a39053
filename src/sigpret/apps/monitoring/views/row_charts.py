"""The drawings of one row: the line in its cell and the quarters of its year."""

from sigpret.apps.monitoring.queries import SheetPoint, SheetRow
from sigpret.methodology.periods import Period
from sigpret.methodology.status import Status
from sigpret.web.charts import Bullet, QuarterBar, QuarterBars
from sigpret.web.dates import period_roman


def bullet_of(row: SheetRow) -> Bullet:
    """Accumulated against planned to date and the year's quantity."""
    return Bullet(
        executed=row.executed_to_date,
        planned=row.planned_to_date,
        target=row.annual,
        status=row.figure.status,
        is_compact=True,
    )


def quarters_of(row: SheetRow, current: Period) -> QuarterBars:
    """The quarters of the year, the current one in the colour of its status."""
    return QuarterBars(tuple(quarter_of(row, point, current) for point in row.series))


def quarter_of(row: SheetRow, point: SheetPoint, current: Period) -> QuarterBar:
    is_current = point.period == current
    is_written = not is_current or row.cell.is_written
    return QuarterBar(
        label=period_roman(point.period),
        planned=point.planned_to_date,
        executed=point.executed_to_date if is_written else None,
        status=row.figure.status if is_current else status_of_quarter(point, current),
        is_current=is_current,
    )


def status_of_quarter(point: SheetPoint, current: Period) -> Status:
    """Only whether something was due and said: the colour belongs to the current quarter."""
    if point.executed is not None:
        return Status.ON_TRACK
    is_due = point.planned is not None and point.period < current
    return Status.NOT_REPORTED if is_due else Status.NOT_DUE
