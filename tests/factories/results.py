"""Goals, indicators and alignments for tests."""

from decimal import Decimal
from itertools import count

from sigpret.apps.results.models import Alignment, Goal, Indicator, IndicatorTarget
from tests.factories.institutions import make_institution, make_sector

serial = count(1)


def make_goal(
    level: str = Goal.Level.INSTITUTIONAL,
    planned: dict[str, str] | None = None,
    serves: tuple[Goal, ...] = (),
    **fields,
) -> Goal:
    """A goal with its indicator; `planned` is {"2026-Q1": "10"}; `serves` are its parents."""
    number = next(serial)
    institution = fields.pop("institution", None) or make_institution()
    indicator_fields = fields.pop("indicator", {})
    goal = Goal.objects.create(
        code=fields.pop("code", f"M{number}"),
        slug=fields.pop("slug", f"meta-{number}"),
        text=fields.pop("text", f"Meta {number}"),
        level=level,
        sector=fields.pop("sector", None) or make_sector(),
        institution=institution if level == Goal.Level.INSTITUTIONAL else None,
        chain_position=Goal.ChainPosition.PRODUCT,
        **fields,
    )
    indicator = Indicator.objects.create(
        goal=goal,
        responsible=institution,
        **{
            "name": f"Indicador {number}",
            "unit": "unidades",
            "sense": Indicator.Sense.ASCENDING,
            "accumulation": Indicator.Accumulation.SUM,
            "across_years": Indicator.AcrossYears.FLOW,
        }
        | indicator_fields,
    )
    for period, value in (planned or {}).items():
        IndicatorTarget.objects.create(indicator=indicator, period=period, planned=Decimal(value))
    for parent in serves:
        Alignment.objects.create(child=goal, parent=parent)
    return goal
