"""The aggregate curve as drawn: a sentence, the drawing and its figures."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.evaluation.queries.curve import ProductionCurve
from sigpret.methodology.schedule import CurvePoint
from sigpret.web.charts import Trajectory, TrajectoryPoint
from sigpret.web.dates import period_roman, period_words
from sigpret.web.formats import format_percent

#: The published curves print two decimals.
DECIMALS = 2


@dataclass(frozen=True, slots=True)
class CurvePage:
    """The whole page; `drawing` None: nothing is programmed, so there is nothing to draw."""

    curve: ProductionCurve
    sentence: str
    counted: str
    drawing: Trajectory | None
    #: Each quarter with its percentages of the year, planned and delivered, as printed.
    rows: tuple[tuple[CurvePoint, tuple[str, str]], ...]


def curve_page(curve: ProductionCurve, year: int) -> CurvePage:
    """What the page says of a curve."""
    return CurvePage(
        curve,
        sentence_of(curve, year),
        counted_of(curve),
        drawing_of(curve, year),
        tuple((point, printed_percents(point)) for point in curve.points),
    )


def printed_percents(point: CurvePoint) -> tuple[str, str]:
    return (
        format_percent(point.planned_percent, DECIMALS),
        format_percent(point.executed_percent, DECIMALS),
    )


def sentence_of(curve: ProductionCurve, year: int) -> str:
    """The H1: how far the year is."""
    if not curve.is_programmed:
        return _("El POA %(year)d no tiene producción programada por trimestre") % {"year": year}
    last = curve.last
    if last is None:
        return _("Todavía no hay producción validada de %(year)d") % {"year": year}
    return _("Al %(quarter)s se ha producido %(done)s del año; lo programado era %(planned)s") % {
        "quarter": period_words(last.period),
        "done": format_percent(last.executed_percent, DECIMALS),
        "planned": format_percent(last.planned_percent, DECIMALS),
    }


def counted_of(curve: ProductionCurve) -> str:
    """Which products make the curve, and that it adds different things up."""
    if curve.is_of_everything:
        return ngettext(
            "Suma las cantidades del producto del plan.",
            "Suma las cantidades de los %(n)d productos del plan, aunque se midan en unidades "
            "distintas: el plan no dice cuáles son intermedios.",
            curve.counted,
        ) % {"n": curve.counted}
    return ngettext(
        "Suma las cantidades del producto intermedio del plan.",
        "Suma las cantidades de los %(n)d productos intermedios del plan, aunque se midan en "
        "unidades distintas.",
        curve.counted,
    ) % {"n": curve.counted}


def drawing_of(curve: ProductionCurve, year: int) -> Trajectory | None:
    if not curve.is_programmed:
        return None
    return Trajectory(
        title=_("Producción acumulada de %(year)d, en porcentaje de lo programado en el año")
        % {"year": year},
        points=tuple(
            TrajectoryPoint(
                period_roman(point.period), point.planned_percent, point.executed_percent
            )
            for point in curve.points
        ),
        status="not_due",
        unit="%",
        noun=_("producido"),
    )
