"""Words of the products of a mesa: what the guidelines ask of each, what happened to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sigpret.apps.mesas.queries.happened import Happened
from sigpret.methodology.mesas.coherence import Finding, Incoherence
from sigpret.methodology.mesas.products import Condition
from sigpret.web.components import Text

DEEDS = {
    "identified": _("Identificado"),
    "changed": _("Texto cambiado"),
    "in_action": _("En acción"),
    "solved": _("Resuelto"),
    "reopened": _("Reabierto"),
    "escalated": _("Elevado"),
    "begun": _("Elaboración iniciada"),
    "written": _("Texto guardado"),
    "option": _("Curso de acción guardado"),
    "option_removed": _("Curso de acción quitado"),
    "recommended": _("Recomendado por el nivel técnico"),
    "challenge": _("Desafío guardado"),
    "challenge_removed": _("Desafío quitado"),
    "refreshed": _("Datos tomados de nuevo"),
    "proposed": _("Propuesto al nivel político"),
    "approved": _("Aprobado"),
    "returned": _("Devuelto"),
    "reviewed": _("Revisado"),
    "mechanism_added": _("Agregado"),
    "mechanism_ended": _("Dejó de usarse"),
}


@dataclass(frozen=True, slots=True)
class ToldDeed:
    """One deed with its words."""

    label: Text
    deed: Happened


def told_deeds(history: Iterable[Happened]) -> list[ToldDeed]:
    return [ToldDeed(DEEDS.get(one.deed, one.deed), one) for one in history]


#: What is missing of a product; the queries say how many.
PENDING = {
    "absent": _("Nadie lo ha empezado"),
    "draft": _("Falta terminarlo y proponerlo"),
    "returned": _("El nivel político lo devolvió"),
    "proposed": _("Espera al nivel político"),
    "no_goals": _("El sector no tiene metas en la matriz"),
    "without_indicator": ngettext_lazy(
        "%(n)s meta sin indicador", "%(n)s metas sin indicador", "n"
    ),
    "without_institutional": ngettext_lazy(
        "%(n)s meta sin metas institucionales que le sirvan",
        "%(n)s metas sin metas institucionales que les sirvan",
        "n",
    ),
    "without_multiyear": ngettext_lazy(
        "%(n)s meta sin programación plurianual", "%(n)s metas sin programación plurianual", "n"
    ),
    "without_semestral": ngettext_lazy(
        "%(n)s meta sin programación en cada semestre",
        "%(n)s metas sin programación en cada semestre",
        "n",
    ),
    "no_bottlenecks": _("Nadie ha identificado ninguno"),
    "bottlenecks_untouched": ngettext_lazy(
        "%(n)s sin acción todavía", "%(n)s sin acción todavía", "n"
    ),
    "no_strategies": _("Nadie ha propuesto ninguna"),
    "strategies_in_writing": ngettext_lazy("%(n)s en elaboración", "%(n)s en elaboración", "n"),
    "strategies_waiting": ngettext_lazy(
        "%(n)s espera al nivel político", "%(n)s esperan al nivel político", "n"
    ),
    "without_mechanism": ngettext_lazy(
        "%(n)s meta sin mecanismo de información", "%(n)s metas sin mecanismo de información", "n"
    ),
    "plans_unread": ngettext_lazy("%(n)s POA por revisar", "%(n)s POA por revisar", "n"),
    "plans_with_findings": ngettext_lazy("%(n)s POA con hallazgos", "%(n)s POA con hallazgos", "n"),
}


def pending_words(code: str, count: int) -> str:
    """What is missing of a product: `2 metas sin indicador`."""
    return str(PENDING[code] % {"n": count})


@dataclass(frozen=True, slots=True)
class Look:
    """How a condition is told: its word, its tone and its icon."""

    word: Text
    tone: str
    icon: str


CONDITIONS = {
    Condition.ABSENT: Look(_("Sin empezar"), "bad", "minus"),
    Condition.INCOMPLETE: Look(_("Incompleto"), "warning", "alert"),
    Condition.IN_PROGRESS: Look(_("En elaboración"), "", "pencil"),
    Condition.WAITING: Look(_("Espera decisión"), "warning", "clock"),
    Condition.READY: Look(_("Al día"), "good", "check"),
}

INCOHERENCES = {
    Incoherence.GOAL_WITHOUT_PRODUCT: ngettext_lazy(
        "%(n)s meta institucional sin producto del POA que la alcance",
        "%(n)s metas institucionales sin producto del POA que las alcance",
        "n",
    ),
    Incoherence.PRODUCT_WITHOUT_GOAL: ngettext_lazy(
        "%(n)s producto sin vínculo con la matriz",
        "%(n)s productos sin vínculo con la matriz",
        "n",
    ),
    Incoherence.PRODUCT_WITHOUT_RESULT: ngettext_lazy(
        "%(n)s producto cuyo objetivo no tiene resultado",
        "%(n)s productos cuyo objetivo no tiene resultado",
        "n",
    ),
    Incoherence.BLANK_PROGRAMMING: ngettext_lazy(
        "%(n)s producto sin programación en el año",
        "%(n)s productos sin programación en el año",
        "n",
    ),
    Incoherence.DIFFERENT_SUM: ngettext_lazy(
        "%(n)s producto cuyos trimestres no suman su producción anual",
        "%(n)s productos cuyos trimestres no suman su producción anual",
        "n",
    ),
}


def finding_words(finding: Finding) -> str:
    """`3 productos sin vínculo con la matriz`."""
    if finding.kind is Incoherence.NO_PLAN:
        return str(_("La institución no tiene POA de este año en la plataforma"))
    return str(INCOHERENCES[finding.kind] % {"n": finding.count})
