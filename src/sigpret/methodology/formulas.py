"""How much of a target was met: one formula per sense, with or without a starting point.

The starting point (`baseline`) counts when less is better or when the kind is capacity; an
ascending total is compared with its target from zero (table of accumulation across years).
"""

from decimal import Decimal
from typing import NamedTuple

from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.measure import AcrossYears, Measure, Sense
from sigpret.methodology.values import HUNDRED, ZERO


class Rule(NamedTuple):
    """A paragraph of the methodology: its name and how it reads with numbers in."""

    name: str
    template: str


RATIO = Rule(
    "achievement.ratio",
    _("%(scope)s (%(period)s): se ejecutó %(executed)s de %(planned)s programado: %(value)s %%."),
)
INVERSE = Rule(
    "achievement.inverse",
    _(
        "%(scope)s (%(period)s): menos es mejor; la meta %(planned)s entre lo logrado"
        " %(executed)s: %(value)s %%."
    ),
)
DISTANCE = Rule(
    "achievement.distance",
    _(
        "%(scope)s (%(period)s): desde la línea base %(baseline)s hacia la meta %(planned)s se"
        " llegó a %(executed)s: %(value)s %% del camino."
    ),
)
REACHED = Rule(
    "achievement.reached",
    _("%(scope)s (%(period)s): %(executed)s cumple la meta %(planned)s: %(value)s %%."),
)
MISSED = Rule(
    "achievement.missed",
    _(
        "%(scope)s (%(period)s): %(executed)s no cumple la meta %(planned)s, que no deja camino"
        " que medir: %(value)s %%."
    ),
)
WITHIN = Rule(
    "achievement.within_tolerance",
    _(
        "%(scope)s (%(period)s): %(executed)s se mantiene en la meta %(planned)s"
        " (tolerancia %(tolerance)s): %(value)s %%."
    ),
)
BEYOND = Rule(
    "achievement.beyond_tolerance",
    _(
        "%(scope)s (%(period)s): %(executed)s se aparta de la meta %(planned)s más que la"
        " tolerancia %(tolerance)s: %(value)s %%."
    ),
)
NOTHING_PLANNED = Rule(
    "achievement.nothing_planned",
    _("%(scope)s (%(period)s): se programó 0 y se ejecutó 0; no hay cumplimiento que medir."),
)
EXECUTED_WITHOUT_PLANNED = Rule(
    "achievement.executed_without_planned",
    _(
        "%(scope)s (%(period)s): se ejecutó %(executed)s sin haberlo programado; no hay"
        " cumplimiento que medir."
    ),
)

Attained = tuple[Rule, Decimal | None]


class Yardstick(NamedTuple):
    """How a value is held against its target. `baseline` None measures from zero."""

    sense: Sense
    baseline: Decimal | None
    tolerance: Decimal

    @property
    def is_plain(self) -> bool:
        """Executed over planned, where a target of 0 means that nothing was planned."""
        return self.sense is Sense.ASCENDING and self.baseline is None

    def attained(self, executed: Decimal, planned: Decimal) -> Attained:
        """The rule that applies and the achievement, 0-100 scale, raw: never divides by 0.

        None only for a plain ratio to a target of 0.
        """
        if self.sense is Sense.MAINTAIN:
            return self._kept(executed, planned)
        if self.baseline is not None:
            return self._covered(executed, planned, self.baseline)
        if self.sense is Sense.DESCENDING:
            return self._inverse(executed, planned)
        return self._ratio(executed, planned)

    def _ratio(self, executed: Decimal, planned: Decimal) -> Attained:
        if planned > 0:
            return RATIO, HUNDRED * executed / planned
        if planned < 0:
            return self._met(executed, planned)
        return (EXECUTED_WITHOUT_PLANNED if executed else NOTHING_PLANNED), None

    def _inverse(self, executed: Decimal, planned: Decimal) -> Attained:
        if executed > 0 and planned >= 0:
            return INVERSE, HUNDRED * planned / executed
        return self._met(executed, planned)

    def _covered(self, executed: Decimal, planned: Decimal, baseline: Decimal) -> Attained:
        # A target on the wrong side of the baseline leaves no road to measure: dividing by it
        # would praise whoever moves the wrong way.
        wanted, covered = planned - baseline, executed - baseline
        if self.sense is Sense.DESCENDING:
            wanted, covered = -wanted, -covered
        if wanted > 0:
            return DISTANCE, HUNDRED * covered / wanted
        return self._met(executed, planned)

    def _met(self, executed: Decimal, planned: Decimal) -> Attained:
        descending = self.sense is Sense.DESCENDING
        met = executed <= planned if descending else executed >= planned
        return (REACHED, HUNDRED) if met else (MISSED, ZERO)

    def _kept(self, executed: Decimal, planned: Decimal) -> Attained:
        excess = abs(executed - planned) - self.tolerance
        if excess <= 0:
            return WITHIN, HUNDRED
        if not planned:
            return BEYOND, ZERO
        return BEYOND, HUNDRED - HUNDRED * excess / abs(planned)


def yardstick_of(measure: Measure, reference: Decimal | None) -> Yardstick:
    """The yardstick of a measure; `reference` is where it starts from, if it has a start."""
    sense, tolerance = measure.sense, measure.tolerance or ZERO
    if sense is Sense.MAINTAIN:
        return Yardstick(sense, None, tolerance)
    if measure.kind is AcrossYears.REDUCTION or measure.kind is AcrossYears.ANNUAL_REDUCTION:
        return Yardstick(Sense.DESCENDING, reference, tolerance)
    if sense is Sense.DESCENDING or measure.kind is AcrossYears.CAPACITY:
        return Yardstick(sense, reference, tolerance)
    return Yardstick(sense, None, tolerance)
