"""The sentences on top of each screen, written from the data.

Grammar lives here: one goal *está*, two *están*; small numbers are words.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sigpret.apps.evaluation.queries.board import Board
from sigpret.apps.evaluation.queries.closing import ClosingScreen
from sigpret.apps.evaluation.queries.institution import InstitutionEvaluation
from sigpret.apps.evaluation.queries.national import NationalGrades
from sigpret.apps.evaluation.queries.quarter import Quarter
from sigpret.apps.evaluation.queries.standing import Standing
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy
from sigpret.methodology.scoring import Band
from sigpret.methodology.status import Status
from sigpret.web.dates import deadline_words, period_name, period_words
from sigpret.web.formats import format_number, format_percent, sign_of
from sigpret.web.statuses import look_of

NUMBER_WORDS = (
    gettext_lazy("ninguna"),
    gettext_lazy("una"),
    gettext_lazy("dos"),
    gettext_lazy("tres"),
    gettext_lazy("cuatro"),
    gettext_lazy("cinco"),
    gettext_lazy("seis"),
    gettext_lazy("siete"),
    gettext_lazy("ocho"),
    gettext_lazy("nueve"),
    gettext_lazy("diez"),
)
BAND_WORDS = {
    Band.LOW: gettext_lazy("Bajo"),
    Band.MEDIUM: gettext_lazy("Medio"),
    Band.HIGH: gettext_lazy("Alto"),
}


def counted(number: int) -> str:
    """`cuatro`, `11`: how many goals, as a word up to ten."""
    return str(NUMBER_WORDS[number]) if number < len(NUMBER_WORDS) else str(number)


def headline(shown: Board) -> tuple[str, str]:
    """The answer of the board in two sentences: how many are behind, and what changed."""
    return behind_sentence(shown.behind, shown.total), change_sentence(
        len(shown.worsened), len(shown.improved), shown.previous
    )


def behind_sentence(behind: int, total: int) -> str:
    """`8 de 48 metas presidenciales están rezagadas.`"""
    if total == 0:
        return _("Todavía no hay metas presidenciales.")
    if behind == 0:
        return ngettext(
            "La meta presidencial no está rezagada.",
            "Ninguna de las %(total)d metas presidenciales está rezagada.",
            total,
        ) % {"total": total}
    verb = ngettext("está rezagada", "están rezagadas", behind)
    noun = ngettext("meta presidencial", "metas presidenciales", total)
    return _("%(behind)d de %(total)d %(noun)s %(verb)s.") % {
        "behind": behind,
        "total": total,
        "noun": noun,
        "verb": verb,
    }


def change_sentence(worsened: int, improved: int, previous: Period | None) -> str:
    """`Cuatro empeoraron y tres mejoraron.`; empty when there is nothing to compare with."""
    if previous is None:
        return ""
    if not worsened and not improved:
        return _("Ninguna cambió de estado desde el %(previous)s.") % {
            "previous": period_name(previous)
        }
    clauses = [
        f"{counted(number)} {verb}"
        for number, verb in (
            (worsened, ngettext("empeoró", "empeoraron", worsened)),
            (improved, ngettext("mejoró", "mejoraron", improved)),
        )
        if number
    ]
    return capitalised(_(" y ").join(clauses) + ".")


def capitalised(text: str) -> str:
    """The first letter raised and nothing else touched."""
    return text[:1].upper() + text[1:]


def preliminary_sentence(shown: Board) -> str:
    """`Preliminar: 71 de 97 instituciones han enviado; …`; empty once the quarter is closed."""
    if shown.is_official:
        return ""
    confidence = shown.confidence
    return _(
        "Preliminar: %(sent)d de %(all)d instituciones han enviado su reporte; el plazo vence el "
        "%(deadline)s"
    ) % {
        "sent": confidence.institutions_submitted,
        "all": confidence.institutions,
        "deadline": deadline_words(shown.quarter.round.closes_at),
    }


def amount(value: Decimal | None, unit: str) -> str:
    """`61 %`, `412`: a quantity of the indicator; the unit's name stands elsewhere."""
    return format_percent(value) if sign_of(unit) == "%" else format_number(value)


def goal_sentence(standing: Standing, period: Period) -> str:
    """`Abastecimiento de medicamentos: 61 % de 80 % programado a la fecha`."""
    if standing.status == Status.NOT_REPORTED:
        how = _("sin reporte en el %(period)s") % {"period": period_words(period)}
    elif standing.executed is None or standing.planned is None:
        how = _("%(status)s en el %(period)s") % {
            "status": str(look_of(standing.status).word).lower(),
            "period": period_words(period),
        }
    else:
        how = _("%(done)s de %(planned)s programado a la fecha") % {
            "done": amount(standing.executed, standing.unit),
            "planned": amount(standing.planned, standing.unit),
        }
    return f"{standing.text}: {how}"


def shortfall_sentence(standing: Standing) -> str:
    """`Faltan 19 puntos`, `Sobran 3.8 puntos`: how far from what was programmed to date.

    Empty when nothing is missing, or when more and less are equally wrong.
    """
    if standing.executed is None or standing.planned is None:
        return ""
    gap = standing.planned - standing.executed
    if standing.sense == "maintain" or gap == 0 or (gap > 0) != (standing.sense == "ascending"):
        return ""
    words = _("Faltan %(gap)s") if gap > 0 else _("Sobran %(gap)s")
    points = _("%(gap)s puntos") % {"gap": format_number(abs(gap))}
    is_percent = sign_of(standing.unit) == "%"
    return words % {"gap": points if is_percent else format_number(abs(gap))}


def goal_lede(standing: Standing, before: Standing | None, quarter: Quarter) -> str:
    """`Rezagada; en el II trimestre estaba en riesgo. Cifra preliminar.`"""
    now = str(look_of(standing.status).word)
    if before is None or quarter.previous is None:
        text = f"{now}."
    elif before.status == standing.status:
        text = _("%(now)s, igual que en el %(previous)s.") % {
            "now": now,
            "previous": period_name(quarter.previous.period),
        }
    else:
        text = _("%(now)s; en el %(previous)s estaba %(before)s.") % {
            "now": now,
            "previous": period_name(quarter.previous.period),
            "before": str(look_of(before.status).word).lower(),
        }
    return text if quarter.is_official else f"{text} {preliminary_note(quarter)}"


def preliminary_note(quarter: Quarter) -> str:
    """Says that a figure may still change, and until when."""
    return _("Cifra preliminar: cuenta lo validado hasta hoy; el plazo vence el %(deadline)s") % {
        "deadline": deadline_words(quarter.round.closes_at)
    }


def score(value: Decimal | None) -> str:
    """`76.0`: a grade is printed with one decimal, always."""
    return format_number(value, 1)


def grade_sentence(shown: InstitutionEvaluation) -> str:
    """`414 · Dirección de Gestión por Resultados: 76.0 de 100`."""
    institution = f"{shown.institution.code} · {shown.institution.name}"
    if shown.grade.value is None:
        return _("%(institution)s: sin metas programadas a la fecha") % {"institution": institution}
    words = {"institution": institution, "grade": score(shown.grade.value)}
    silent = silent_goals(shown)
    if shown.quarter.is_official or not silent:
        return _("%(institution)s: %(grade)s de 100") % words
    return ngettext(
        "%(institution)s: %(grade)s de 100 por ahora; %(silent)d meta espera su dato validado",
        "%(institution)s: %(grade)s de 100 por ahora; %(silent)d metas esperan su dato validado",
        silent,
    ) % {**words, "silent": silent}


def silent_goals(shown: InstitutionEvaluation) -> int:
    """How many goals were due and have no validated value."""
    return sum(row.goal.status == Status.NOT_REPORTED for row in shown.rows)


def band_sentence(band: Band, policy: Policy) -> str:
    """`Medio (más de 60 y hasta 80)`."""
    low, high = format_number(policy.band_medium), format_number(policy.band_high)
    limits = {
        Band.LOW: _("hasta %(low)s"),
        Band.MEDIUM: _("más de %(low)s y hasta %(high)s"),
        Band.HIGH: _("más de %(high)s"),
    }[band] % {"low": low, "high": high}
    return f"{BAND_WORDS[band]} ({limits})"


def grade_lede(shown: InstitutionEvaluation) -> str:
    """`Medio (más de 60 y hasta 80). Bajó 3.4 puntos desde el II trimestre. …`"""
    sentences = []
    if shown.grade.band is not None:
        sentences.append(f"{band_sentence(shown.grade.band, shown.policy)}.")
    # While reports wait for their review, a fall would blame the institution for the calendar.
    if shown.quarter.is_official:
        sentences.extend(official_sentences(shown))
    sentences.append(
        _("Regla de evaluación %(version)s.") % {"version": shown.grade.policy_version}
    )
    return " ".join(sentences)


def official_sentences(shown: InstitutionEvaluation) -> Iterator[str]:
    """What only a closed quarter may say: how much it moved, and what counted as zero."""
    if (change := shown.change) is not None and shown.quarter.previous is not None:
        yield grade_change(change, shown.quarter.previous.period)
    silent = silent_goals(shown)
    if silent and shown.policy.missing_counts_as_zero:
        yield silent_sentence(silent)


def grade_change(change: Decimal, previous: Period) -> str:
    words = {
        -1: _("Bajó %(points)s puntos desde el %(previous)s."),
        0: _("Sigue igual que en el %(previous)s."),
        1: _("Subió %(points)s puntos desde el %(previous)s."),
    }[(change > 0) - (change < 0)]
    return words % {"points": score(abs(change)), "previous": period_name(previous)}


def silent_sentence(number: int) -> str:
    """`Dos metas sin reporte entran como 0.`"""
    return capitalised(
        ngettext(
            "%(number)s meta sin reporte entra como 0.",
            "%(number)s metas sin reporte entran como 0.",
            number,
        )
        % {"number": counted(number)}
    )


def bands_sentence(shown: NationalGrades) -> str:
    """`41 instituciones en alto, 38 en medio y 14 en bajo; 4 sin datos`."""
    bands = shown.bands
    text = _("%(high)d instituciones en alto, %(medium)d en medio y %(low)d en bajo") % {
        "high": bands[Band.HIGH],
        "medium": bands[Band.MEDIUM],
        "low": bands[Band.LOW],
    }
    if not shown.without_data:
        return text
    return _("%(bands)s; %(absent)d sin metas programadas") % {
        "bands": text,
        "absent": len(shown.without_data),
    }


def closing_sentence(screen: ClosingScreen, now: datetime) -> str:
    """`El III trimestre está listo para cerrarse, con 6 instituciones sin reporte`."""
    name = {"period": period_name(screen.round.period)}
    if screen.round.is_closed:
        return _("El %(period)s está cerrado") % name
    if undecided := screen.undecided_values:
        return ngettext(
            "El %(period)s no puede cerrarse: falta decidir %(n)d dato",
            "El %(period)s no puede cerrarse: falta decidir %(n)d datos",
            undecided,
        ) % (name | {"n": undecided})
    if now < screen.round.closes_at:
        return _("El %(period)s todavía recibe reportes hasta el %(deadline)s") % (
            name | {"deadline": deadline_words(screen.round.closes_at)}
        )
    if silent := len(screen.silent):
        return ngettext(
            "El %(period)s está listo para cerrarse, con %(n)d institución sin reporte",
            "El %(period)s está listo para cerrarse, con %(n)d instituciones sin reporte",
            silent,
        ) % (name | {"n": silent})
    return _("El %(period)s está listo para cerrarse") % name
