"""From figures to charts: which drawing answers which question on these screens."""

from collections.abc import Mapping
from decimal import Decimal
from textwrap import shorten

from django.utils.translation import gettext as _

from sigpret.apps.evaluation.queries.institution import InstitutionEvaluation, PartRow
from sigpret.apps.evaluation.queries.standing import Standing
from sigpret.methodology.periods import Period
from sigpret.web.charts import (
    BandChart,
    BandPoint,
    Bullet,
    Contribution,
    ContributionBar,
    Movement,
    Peer,
    Spark,
    SparkPoint,
    StatusStrip,
    Threshold,
    Trajectory,
    TrajectoryPoint,
    Waterfall,
)
from sigpret.web.dates import period_roman, period_short
from sigpret.web.formats import sign_of

LOWER_IS_BETTER = "descending"
#: How many causes of a change are drawn by name; the rest are drawn together.
CAUSES = 4
LABEL = 22


def bullet(standing: Standing) -> Bullet:
    """Achieved, planned and the year's target; to the right is better also when less is better."""
    return Bullet(
        executed=standing.shown_executed,
        planned=standing.planned,
        target=standing.annual_target,
        status=standing.status,
        unit=sign_of(standing.unit),
        baseline=standing.baseline if standing.sense == LOWER_IS_BETTER else None,
    )


def spark(standing: Standing) -> Spark:
    """Eight quarters of achievement to date."""
    return Spark(
        tuple(
            SparkPoint(period_short(point.period), point.achievement, point.status)
            for point in standing.series
        )
    )


def trajectory(standing: Standing) -> Trajectory:
    """What was planned and what was done, quarter by quarter."""
    return Trajectory(
        title=_("Trayectoria de los últimos trimestres"),
        points=tuple(
            TrajectoryPoint(
                f"{period_roman(point.period)} {point.period.year}",
                point.planned_to_date,
                point.shown_executed,
            )
            for point in standing.series
        ),
        status=standing.status,
        unit=sign_of(standing.unit),
    )


def strip(period: Period, counts: Mapping[str, int], *, is_previous: bool = False) -> StatusStrip:
    """The goals by status."""
    return StatusStrip(period_short(period), counts, is_previous=is_previous)


def contribution_bar(shown: InstitutionEvaluation) -> ContributionBar:
    """The grade as the points each goal gives, against the limits of the bands."""
    given = [row.goal for row in shown.rows if row.goal.contribution]
    given.sort(key=lambda goal: (-goal.contribution, goal.code))
    policy = shown.policy
    return ContributionBar(
        parts=tuple(Contribution(goal.text, goal.contribution) for goal in given),
        total=shown.grade.value,
        thresholds=(
            Threshold(policy.band_medium, _("%(n)s · medio") % {"n": policy.band_medium}),
            Threshold(policy.band_high, _("%(n)s · alto") % {"n": policy.band_high}),
        ),
    )


def waterfall(shown: InstitutionEvaluation) -> Waterfall | None:
    """What moved the grade since the quarter before; None without both grades."""
    before, previous = shown.before, shown.quarter.previous
    end = shown.grade.value
    if before is None or before.value is None or previous is None or end is None:
        return None
    return Waterfall(
        start_label=period_short(previous.period),
        start=before.value,
        movements=movements(shown.rows, shown.gone),
        end_label=period_short(shown.quarter.period),
        end=end,
    )


def movements(rows: tuple[PartRow, ...], gone: Decimal) -> tuple[Movement, ...]:
    """The goals that moved most, by name; everything else together."""
    moved = [(row.goal.text, row.moved) for row in rows if row.moved]
    moved.sort(key=lambda entry: abs(entry[1]), reverse=True)
    named = tuple(Movement(shortened(text), points) for text, points in moved[:CAUSES])
    rest = sum((points for _text, points in moved[CAUSES:]), Decimal(0)) - gone
    return (*named, Movement(_("Las demás metas"), rest)) if rest else named


def shortened(text: str) -> str:
    """The first words of a goal, as many as two short lines under a narrow bar hold."""
    return shorten(text, LABEL, placeholder="…")


def peers_chart(shown: InstitutionEvaluation) -> BandChart | None:
    """The institution among those of its sectors, which are not named; None when too few."""
    if not shown.peers or shown.grade.value is None:
        return None
    others = tuple(
        Peer(label=_("otra %(n)d") % {"n": place}, size=peer.goals, score=peer.value)
        for place, peer in enumerate(shown.peers, start=1)
    )
    own = Peer(shown.institution.code, shown.grade.due, shown.grade.value, is_own=True)
    return BandChart(
        peers=(*others, own),
        band=tuple(BandPoint(one.size, one.low, one.high) for one in shown.band),
        median=shown.median,
        size_words=_("metas programadas a la fecha"),
    )
