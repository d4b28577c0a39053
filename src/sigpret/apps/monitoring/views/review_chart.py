"""The run of a datum: its history, this quarter, and the range they are expected in."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.monitoring.queries import Examined
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy
from sigpret.web.charts import ControlChart, ControlPoint
from sigpret.web.dates import period_words
from sigpret.web.formats import format_number

#: Three years and the quarter under review.
SHOWN = 13
ROMAN = ("I", "II", "III", "IV")


def control_chart_of(one: Examined, policy: Policy, unit: str) -> ControlChart:
    datum, expected = one.datum, one.expected(policy)
    points = [
        ControlPoint(short_name(seen.period), seen.executed, seen.planned) for seen in datum.history
    ]
    points.append(ControlPoint(short_name(datum.period), datum.value, datum.planned))
    return ControlChart(
        title=finding_of(one, policy),
        points=tuple(points[-SHOWN:]),
        low=expected.low if expected else None,
        high=expected.high if expected else None,
        unit="%" if unit == "%" else "",
    )


def short_name(period: Period) -> str:
    """`III 26`."""
    return f"{ROMAN[period.number - 1]} {period.year % 100:02d}"


def finding_of(one: Examined, policy: Policy) -> str:
    """What the drawing shows, as its title."""
    datum, expected = one.datum, one.expected(policy)
    if not datum.reported:
        return _("No hay con qué compararlo: es el primer dato")
    if expected is not None:
        if expected.holds(datum.value):
            return _("Dentro de la variación esperada")
        return _("Fuera de la variación esperada")
    return moved_from(one)


def moved_from(one: Examined) -> str:
    """`Sube de 20 a 24 desde el II trimestre de 2026`: with little history, only what changed."""
    last = next(seen for seen in reversed(one.datum.history) if seen.executed is not None)
    words = {
        "before": format_number(last.executed),
        "value": format_number(one.datum.value),
        "period": period_words(last.period),
    }
    if one.datum.value == last.executed:
        return _("Repite %(value)s, lo mismo que en el %(period)s") % words
    if one.datum.value > last.executed:
        return _("Sube de %(before)s a %(value)s desde el %(period)s") % words
    return _("Baja de %(before)s a %(value)s desde el %(period)s") % words


def limits_note(one: Examined, policy: Policy) -> str:
    """How the range was made, or why there is none."""
    expected, points = one.expected(policy), len(one.datum.reported)
    if expected is not None:
        text = _("Límites XmR de los %(n)s datos anteriores. Línea cortada: lo programado.")
        return text % {"n": points}
    text = ngettext(
        "Hay %(n)s dato anterior: la variación esperada se calcula con %(needed)s o más. "
        "Línea cortada: lo programado.",
        "Hay %(n)s datos anteriores: la variación esperada se calcula con %(needed)s o más. "
        "Línea cortada: lo programado.",
        points,
    )
    return text % {"n": points, "needed": policy.control_points}
