"""The sentences, drawings and table rows of the portal, from what its queries return."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sigpret.apps.portal.queries import (
    BandCounts,
    PortalSummary,
    Promise,
    PromiseCard,
    PromiseFilters,
)
from sigpret.methodology.scoring import Band
from sigpret.methodology.status import Status
from sigpret.web.charts import StatusStrip, Trajectory, TrajectoryPoint
from sigpret.web.components import Chip
from sigpret.web.dates import period_name, period_roman, period_short, period_words
from sigpret.web.formats import format_number, format_percent, sign_of
from sigpret.web.navigation import address
from sigpret.web.statuses import ORDER, look_of

Row = tuple[object, ...]


def summary_sentence(summary: PortalSummary) -> str:
    """`27 de 48 promesas van en ruta; 8 están rezagadas.`"""
    on_track = summary.counts.get("on_track", 0)
    behind = summary.counts.get("behind", 0)
    first = ngettext(
        "%(n)s de %(total)s promesas va en ruta",
        "%(n)s de %(total)s promesas van en ruta",
        on_track,
    ) % {"n": on_track, "total": summary.total}
    second = ngettext("%(n)s está rezagada.", "%(n)s están rezagadas.", behind) % {"n": behind}
    return f"{first}; {second}"


def status_strip(summary: PortalSummary) -> tuple[StatusStrip, ...]:
    """The published quarter, and the one before it in outline."""
    now = StatusStrip(period_short(summary.publication.period), summary.counts)
    if summary.previous_period is None:
        return (now,)
    label = period_short(summary.previous_period)
    return (now, StatusStrip(label, summary.previous_counts, is_previous=True))


BAND_WORDS = {
    Band.HIGH: gettext_lazy("en alto"),
    Band.MEDIUM: gettext_lazy("en medio"),
    Band.LOW: gettext_lazy("en bajo"),
}


def band_lines(counts: BandCounts | None) -> list[tuple[int, str]]:
    """`41 en alto`, the best band first; nothing when the quarter was closed without grades."""
    if counts is None:
        return []
    lines = [(counts.bands[band], str(word)) for band, word in BAND_WORDS.items()]
    without = (counts.without_grade, _("sin metas programadas a la fecha"))
    return [*lines, without] if counts.without_grade else lines


def status_chips(summary: PortalSummary, filters: PromiseFilters) -> list[Chip]:
    """One chip per status that occurs, one for what changed; each keeps the other filters."""
    kept = {"q": filters.words, "sector": filters.sector}
    chips = [
        Chip(
            _("Todas"), _link(kept), summary.total, not filters.status and not filters.only_changed
        )
    ]
    for status in ORDER:
        if count := summary.counts.get(status, 0):
            link = _link({**kept, "estado": status})
            chips.append(Chip(look_of(status).plural, link, count, filters.status == status))
    changed = _link({**kept, "cambio": "1"})
    chips.append(Chip(_("Cambiaron"), changed, len(summary.changed), filters.only_changed))
    return chips


def promise_sentence(promise: Promise) -> str:
    """`Va en 742 sitios; debía ir en 900 sitios. La meta del año es 1,200 sitios.`"""
    card = promise.card
    if not card.is_measured:
        return _("Todavía no tiene un indicador con qué medirla.")
    if card.status == Status.NOT_REPORTED:
        return silence_sentence(promise)
    if card.status == Status.NO_DENOMINATOR:
        sentence = _("Se reportó, pero el denominador es 0: no hay resultado que calcular.")
    elif card.status == Status.NOT_DUE or card.planned is None or card.executed is None:
        sentence = not_due_sentence(card)
    else:
        sentence = progress_sentence(promise.sense, card.executed, card.planned, card.unit)
    if card.annual_target is None:
        return sentence
    target = _("La meta del año es %(target)s.") % {"target": amount(card.annual_target, card.unit)}
    return f"{sentence} {target}"


def progress_sentence(sense: str, executed: Decimal, planned: Decimal, unit: str) -> str:
    """What was done against what was programmed to date, as the sense of the promise tells it."""
    words = {"done": amount(executed, unit), "planned": amount(planned, unit)}
    if sense == "descending":
        return _("Hoy está en %(done)s; debía bajar a %(planned)s.") % words
    if sense == "maintain":
        return _("Hoy está en %(done)s; debía mantenerse en %(planned)s.") % words
    return _("Va en %(done)s; debía ir en %(planned)s.") % words


def not_due_sentence(card: PromiseCard) -> str:
    """Nothing was programmed by then; what was done anyway is told all the same."""
    if not card.executed:
        return _("No había nada programado para la fecha.")
    return _("Va en %(done)s; no había nada programado para la fecha.") % {
        "done": amount(card.executed, card.unit)
    }


def silence_sentence(promise: Promise) -> str:
    """Who owes the figure, and the last one there is with its quarter: never as today's."""
    sentence = _("No hay dato validado del %(period)s. La institución debía reportarlo.") % {
        "period": period_name(promise.publication.period)
    }
    last = promise.last_figure
    if last is None or last.executed_to_date is None:
        return sentence
    known = _("El último dato es %(done)s, del %(period)s.") % {
        "done": amount(last.executed_to_date, promise.card.unit),
        "period": period_words(last.period),
    }
    return f"{sentence} {known}"


def amount(value: Decimal, unit: str) -> str:
    """A number with its unit: `61 %`, `742 sitios`."""
    if sign_of(unit) == "%":
        return format_percent(value)
    return f"{format_number(value)} {unit}".strip()


def trajectory(promise: Promise) -> Trajectory:
    """The quarters of the year: what was programmed up to each, and what was achieved."""
    year = promise.publication.period[:4]
    done = {point.period: point.executed_to_date for point in promise.series}
    points = tuple(
        TrajectoryPoint(period_roman(period), planned, done.get(period))
        for period, planned in promise.programme
    )
    title = _("Avance en %(year)s: %(word)s") % {
        "year": year,
        "word": str(look_of(promise.card.status).word).lower(),
    }
    return Trajectory(title, points, promise.card.status, sign_of(promise.card.unit))


def series_rows(promise: Promise) -> Iterable[Row]:
    """The promise's quarters as a table with its header; an absent figure is an empty cell."""
    yield (
        *("codigo", "promesa", "unidad", "periodo", "programado", "ejecutado"),
        *("programado_a_la_fecha", "ejecutado_a_la_fecha", "estado"),
    )
    for point in promise.series:
        yield (
            *(promise.code, promise.card.text, promise.card.unit, point.period),
            *(point.planned, point.executed, point.planned_to_date, point.executed_to_date),
            look_of(point.status).word,
        )


def promise_rows(cards: Iterable[PromiseCard], period: str) -> Iterable[Row]:
    """Promises of a quarter as a table with its header. Achievement is percent, unrounded."""
    yield (
        *("promesa", "sector", "institucion", "periodo", "estado", "cumplimiento"),
        *("ejecutado", "programado", "meta_anual", "unidad", "direccion"),
    )
    for card in cards:
        yield (
            *(card.text, card.sector, card.institution, period, look_of(card.status).word),
            *(card.achievement, card.executed, card.planned, card.annual_target, card.unit),
            card.slug,
        )


def _link(parameters: dict[str, str]) -> str:
    asked = urlencode({key: value for key, value in parameters.items() if value})
    return address("portal:promises") + (f"?{asked}" if asked else "")
