"""`{% load evaluation %}`: the quantities of a standing, in the unit of its indicator."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from sigpret.apps.evaluation.queries.grades import EvaluatedGoal
from sigpret.apps.evaluation.queries.products import LinkedProduct
from sigpret.apps.evaluation.queries.standing import Cause, Standing
from sigpret.apps.evaluation.queries.trail import ReportedQuarter
from sigpret.apps.evaluation.sentences import BAND_WORDS, amount, band_sentence, score
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.causes import CauseCategory
from sigpret.methodology.policy import Policy
from sigpret.methodology.scoring import Band
from sigpret.methodology.status import Status
from sigpret.web.formats import format_number

register = template.Library()


@register.filter
def executed_words(standing: Standing) -> str:
    """`61 %`, `412`; a dash when the quarter was not reported."""
    return amount(standing.shown_executed, standing.unit)


@register.filter
def planned_words(standing: Standing) -> str:
    return amount(standing.planned, standing.unit)


@register.filter
def target_words(standing: Standing) -> str:
    return amount(standing.annual_target, standing.unit)


@register.filter
def in_unit(value: Decimal | None, unit: str) -> str:
    """A quantity with its unit's sign."""
    return amount(value, unit)


@register.filter
def cause_word(cause: Cause) -> str:
    """The kind of a cause, as the institution chose it from the list."""
    labels = dict(CauseCategory.choices)
    return str(labels.get(cause.category, cause.category or labels[CauseCategory.OTHER]))


@register.filter
def state_word(state: str) -> str:
    """`validado`; a quarter without a value reads as such."""
    labels = dict(ReportState.choices)
    return str(labels.get(state, _("sin reporte")))


@register.filter
def situation_word(told: ReportedQuarter | LinkedProduct) -> str:
    """`validado`; outside the institution silence and a draft read the same."""
    if told.is_inside or told.state:
        return state_word(told.state)
    return _("sin dato validado")


@register.filter
def kept_number(text: str | None) -> str:
    """A number as an explanation kept it (text), printed for people."""
    return format_number(Decimal(text) if text else None)


register.filter("score", score)


@register.filter
def effect_words(goal: EvaluatedGoal) -> str:
    """What a goal does to the grade: `resta 2.4; sin reporte entra como 0`."""
    if goal.status == Status.NOT_REPORTED and goal.capped is None:
        return _("sin reporte no entra en la nota")
    if goal.status == Status.NOT_REPORTED:
        return _("resta %(points)s; sin reporte entra como 0") % {"points": score(lost(goal))}
    if goal.status == Status.NO_DENOMINATOR:
        return _("sin denominador: no entra en la nota")
    if goal.value is not None and goal.capped is not None and goal.value > goal.capped:
        return _("tope de %(cap)s: no compensa a otras") % {"cap": format_number(goal.capped)}
    if not goal.effect:
        return _("no resta")
    return _("resta %(points)s") % {"points": score(lost(goal))}


def lost(goal: EvaluatedGoal) -> Decimal:
    return abs(goal.effect)


@register.filter
def band_name(band: Band | None) -> str:
    return str(BAND_WORDS[band]) if band else ""


@register.filter
def band_words(band: Band, policy: Policy) -> str:
    """`Medio (más de 60 y hasta 80)`."""
    return band_sentence(band, policy)
