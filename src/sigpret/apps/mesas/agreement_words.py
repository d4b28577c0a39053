"""What a screen says about an agreement: how late it is, and whether its indicator moved."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.mesas.queries.agreement import GoalSeries
from sigpret.apps.mesas.queries.agreements import AgreementCounts, AgreementLine
from sigpret.methodology.mesas.agreements import Movement, Situation, Verdict
from sigpret.web.charts import BeforeAfter, QuarterShare
from sigpret.web.dates import date_words, period_roman, period_words
from sigpret.web.formats import format_percent, format_signed


@dataclass(frozen=True, slots=True)
class Answer:
    """Did it move? The answer, and what keeps it from being more than that."""

    tone: str
    text: str
    cautions: tuple[str, ...]


def register_words(counts: AgreementCounts) -> str:
    """`2 acuerdos vencidos de 9 abiertos`."""
    if not counts.total:
        return _("Aún no hay acuerdos")
    if not counts.open:
        return _("Ningún acuerdo abierto")
    opened = ngettext("%(n)s abierto", "%(n)s abiertos", counts.open) % {"n": counts.open}
    if not counts.overdue:
        return _("Ningún acuerdo vencido; %(open)s") % {"open": opened}
    late = ngettext("%(n)s acuerdo vencido", "%(n)s acuerdos vencidos", counts.overdue)
    return _("%(late)s de %(open)s") % {"late": late % {"n": counts.overdue}, "open": opened}


def line_words(line: AgreementLine) -> str:
    """`Acuerdo 7.3, vencido hace 3 días`."""
    words = {"label": line.label, "days": abs(line.days)}
    if line.situation is Situation.OVERDUE:
        text = ngettext(
            "Acuerdo %(label)s, vencido hace %(days)s día",
            "Acuerdo %(label)s, vencido hace %(days)s días",
            abs(line.days),
        )
    elif line.situation is Situation.FULFILLED:
        text = _("Acuerdo %(label)s, cumplido")
    elif line.situation is Situation.WITHOUT_EFFECT:
        text = _("Acuerdo %(label)s, sin efecto")
    elif line.days == 0:
        text = _("Acuerdo %(label)s, vence hoy")
    else:
        text = ngettext(
            "Acuerdo %(label)s: queda %(days)s día",
            "Acuerdo %(label)s: quedan %(days)s días",
            abs(line.days),
        )
    return text % words


def answer_of(series: GoalSeries, fulfilled_on: date) -> Answer:
    """Whether the linked goal moved after the agreement was fulfilled, in honest words."""
    found = series.movement
    if found is None or found.verdict is Verdict.NOT_MEASURED:
        return Answer(
            "neutral", _("No se puede saber: falta un dato validado anterior para comparar."), ()
        )
    if found.verdict is Verdict.TOO_SOON:
        text = _("Aún no se sabe: no hay un dato validado posterior al %(day)s.")
        return Answer("neutral", text % {"day": date_words(fulfilled_on)}, ())
    tone = {Verdict.ROSE: "good", Verdict.FELL: "bad"}.get(found.verdict, "warning")
    return Answer(tone, moved_words(found), cautions_of(found))


def moved_words(found: Movement) -> str:
    texts = {
        Verdict.ROSE: _("Sí, subió: de %(before)s a %(after)s de lo programado (%(points)s)."),
        Verdict.FELL: _("No, bajó: de %(before)s a %(after)s de lo programado (%(points)s)."),
        Verdict.STEADY: _("No: sigue donde estaba, de %(before)s a %(after)s (%(points)s)."),
    }
    return texts[found.verdict] % {
        "before": format_percent(found.before.percent if found.before else None),
        "after": format_percent(found.after.percent if found.after else None),
        "points": points_words(found),
    }


def points_words(found: Movement) -> str:
    return _("%(n)s puntos") % {"n": format_signed(found.change, 1)}


def cautions_of(found: Movement) -> tuple[str, ...]:
    said = []
    if found.was_already_moving:
        text = _("Ya se movía así antes: %(n)s puntos en el trimestre anterior.")
        said.append(text % {"n": format_signed(found.earlier, 1)})
    if found.is_partial and found.after is not None:
        text = _("El %(period)s incluye días anteriores: el siguiente dirá más.")
        said.append(text % {"period": period_words(found.after.period)})
    said.append(_("Que se mueva después no prueba que sea por el acuerdo."))
    return tuple(said)


def drawing_of(series: GoalSeries, fulfilled_on: date | None) -> BeforeAfter | None:
    """The goal's quarters with the day of the agreement; None without two figures."""
    if sum(point.percent is not None for point in series.points) < 2:
        return None
    return BeforeAfter(
        title=_("Cumplimiento de %(code)s antes y después") % {"code": series.code},
        points=tuple(
            QuarterShare(
                f"{period_roman(point.period)} {point.period.year}",
                point.percent,
                point.period.start,
                point.period.end,
            )
            for point in series.points
        ),
        day=fulfilled_on,
        day_words=_("cumplido") if fulfilled_on else "",
    )
