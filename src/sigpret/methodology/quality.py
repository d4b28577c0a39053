"""Whether the numbers can be trusted: rules over a measure's series, and shares of good data."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from sigpret.methodology.alerts import Alert, Severity, alert
from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.formulas import yardstick_of
from sigpret.methodology.measure import Accumulation, Measure, Sense, accumulate, tiles
from sigpret.methodology.periods import Period, PeriodKind
from sigpret.methodology.policy import Policy
from sigpret.methodology.values import HUNDRED, median


class DataQuality(NamedTuple):
    """Counts of the values due from somebody in a period."""

    due: int
    reported: int
    on_time: int
    with_evidence: int
    validated: int

    @property
    def completeness(self) -> Decimal | None:
        """What was reported of what was due, 0-100; None when nothing was due."""
        return _share(self.reported, self.due)

    @property
    def timeliness(self) -> Decimal | None:
        """What was on time of what was due, 0-100."""
        return _share(self.on_time, self.due)

    @property
    def evidence(self) -> Decimal | None:
        """What carries evidence of what was reported, 0-100."""
        return _share(self.with_evidence, self.reported)

    @property
    def validation(self) -> Decimal | None:
        """What was validated of what was reported, 0-100."""
        return _share(self.validated, self.reported)


def quarters_differ_from_annual(measure: Measure, year: int) -> Alert | None:
    """The programming of the year's parts does not make the target written for the year."""
    window = Period.of_year(year)
    annual = measure.targets.get(window)
    within = {p: value for p, value in measure.targets.items() if p != window}
    parts = accumulate(measure.accumulation, [within[p] for p in tiles(within, window)])
    if annual is None or parts is None or parts == annual:
        return None
    return alert(
        "quarters_differ_from_annual",
        Severity.WARNING,
        measure.id,
        window,
        _("%(period)s: la programación por período da %(parts)s y la meta anual es %(annual)s."),
        parts=parts,
        annual=annual,
    )


def against_sense(measure: Measure) -> Alert | None:
    """The last target is worse than the baseline in the wanted sense.

    What adds up is compared by whole years only: a quarter is always less than a year.
    """
    if measure.baseline is None or not measure.targets:
        return None
    period = max(measure.targets)
    if measure.accumulation is Accumulation.SUM and period.kind is not PeriodKind.YEAR:
        return None
    sense = yardstick_of(measure, measure.baseline).sense
    target, baseline = measure.targets[period], measure.baseline
    worse = {Sense.ASCENDING: target < baseline, Sense.DESCENDING: target > baseline}
    if not worse.get(sense):
        return None
    return alert(
        "against_sense",
        Severity.WARNING,
        measure.id,
        period,
        _("La meta del %(period)s, %(target)s, es peor que la línea base, %(baseline)s."),
        target=target,
        baseline=baseline,
    )


def anomaly(
    subject: str, period: Period, value: Decimal, history: Sequence[Decimal], policy: Policy
) -> Alert | None:
    """A value far from its own history: more than so many median deviations from the median.

    A history that never moved makes any other value an anomaly; a short one judges nothing.
    """
    usual = median(history)
    if usual is None or len(history) < policy.anomaly_points:
        return None
    spread = median(abs(known - usual) for known in history)
    if spread is None or abs(value - usual) <= policy.anomaly_spread * spread:
        return None
    return alert(
        "anomaly",
        Severity.NOTICE,
        subject,
        period,
        _("%(value)s en el %(period)s se aparta de su historia: lo habitual es %(usual)s."),
        value=value,
        usual=usual,
    )


def _share(part: int, whole: int) -> Decimal | None:
    return HUNDRED * part / whole if whole else None
