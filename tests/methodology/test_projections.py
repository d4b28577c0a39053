"""Any method that answers these questions can continue a series."""

from decimal import Decimal

from sigpret.methodology.periods import Period
from sigpret.methodology.projections import (
    Observation,
    ProjectedPoint,
    Projection,
    Projector,
)


class LastValueGoesOn:
    """The plainest method there is."""

    def project(self, history, horizon, *, target, bounds):
        last = history[-1].value
        points = tuple(ProjectedPoint(p, last, (last, last), (last, last)) for p in horizon)
        met = None if target is None else Decimal(100 if last >= target else 0)
        return Projection("último valor", len(history) < 6, points, met)


def test_a_method_needs_no_base_class():
    method: Projector = LastValueGoesOn()
    year = Period.of_year(2026)
    seen = method.project(
        [Observation(year, Decimal(70))], [year.next()], target=Decimal(80), bounds=(None, None)
    )
    assert seen.is_short
    assert seen.points[0].period.code == "2027"
    assert seen.chance_of_target == 0
