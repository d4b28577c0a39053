"""What the platform's own data say of a sector, as the text a product of its mesa starts from."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.apps.mesas.drawings import amount
from sigpret.apps.mesas.models import Mesa, MesaProduct
from sigpret.apps.mesas.queries.agreements import agreement_counts, overdue
from sigpret.apps.mesas.queries.bottlenecks import BottleneckLine, bottlenecks
from sigpret.apps.mesas.queries.goals import MesaGoal, sector_goals
from sigpret.apps.mesas.queries.held_back import GoalBehind
from sigpret.apps.mesas.queries.work_plan import plan_status
from sigpret.methodology.status import Status
from sigpret.web.components import Text
from sigpret.web.dates import period_words, short_date
from sigpret.web.formats import format_percent
from sigpret.web.statuses import look_of

Kind = MesaProduct.Kind
#: The sections of each written product, in order, with their headings.
SECTIONS: dict[str, dict[str, Text]] = {
    Kind.DIAGNOSIS: {
        "context": gettext_lazy("Situación del sector"),
        "conclusions": gettext_lazy("Conclusiones"),
    },
    Kind.PROGRESS: {
        "goals": gettext_lazy("Estado de las metas sectoriales"),
        "agreements": gettext_lazy("Acuerdos de la mesa"),
        "work_plan": gettext_lazy("Plan de trabajo"),
        "bottlenecks": gettext_lazy("Cuellos de botella"),
        "request": gettext_lazy("Lo que se pide al nivel político"),
    },
}


def generated(mesa: Mesa, kind: str, *, on: date) -> dict[str, str]:
    """The text of every section with the data of a day; empty where only people can write."""
    return {key: GENERATORS[key](mesa, on) if key in GENERATORS else "" for key in SECTIONS[kind]}


def generated_section(mesa: Mesa, key: str, *, on: date) -> str:
    """The text of one section with the data of a day. Raises KeyError for one nobody generates."""
    return GENERATORS[key](mesa, on)


def context_text(mesa: Mesa, on: date) -> str:
    """How many goals of the sector are in each state."""
    goals = sector_goals(mesa, on=on)
    if not goals.goals or goals.period is None:
        return _("El sector no tiene metas sectoriales evaluadas todavía.")
    words = {"period": period_words(goals.period.code), "n": len(goals.goals)}
    text = _("Al cierre del %(period)s el sector tiene %(n)s metas sectoriales: ") % words
    counts = ((goals.count(status), look_of(status)) for status in Status)
    told = ", ".join(
        f"{count} {look.word if count == 1 else look.plural}".lower()
        for count, look in counts
        if count
    )
    note = "" if goals.is_official else _(" Datos preliminares: el trimestre no ha cerrado.")
    return f"{text}{told}.{note}"


def goals_text(mesa: Mesa, on: date) -> str:
    lines = [context_text(mesa, on), *map(goal_line, sector_goals(mesa, on=on).goals)]
    return "\n".join(lines)


def goal_line(goal: MesaGoal) -> str:
    """`S-1 Texto: 61 % de lo programado (610 de 1,000), rezagada. Causa: …`."""
    figures = figures_words(goal.executed, goal.planned, goal.unit, goal.achievement)
    status = str(look_of(goal.status).word).lower()
    cause = _(" Causa: %(cause)s") % {"cause": goal.cause} if goal.cause else ""
    return f"{goal.code} {goal.text}: {figures}{status}.{cause}"


def figures_words(executed: object, planned: object, unit: str, share: object) -> str:
    """`61 % de lo programado a la fecha (610 de 1,000), `; empty for what nobody measured."""
    if share is None:
        return ""
    done, asked = amount(executed, unit), amount(planned, unit)  # type: ignore[arg-type]
    words = {"share": format_percent(share)}  # type: ignore[arg-type]
    text = _("%(share)s de lo programado a la fecha") % words
    pair = _(" (%(done)s de %(asked)s)") % {"done": done, "asked": asked} if done and asked else ""
    return f"{text}{pair}, "


def agreements_text(mesa: Mesa, on: date) -> str:
    counts, late = agreement_counts(mesa, on), overdue(mesa, on)
    if not counts.total:
        return _("La mesa aún no ha tomado acuerdos definitivos.")
    words = {"n": counts.total, "done": counts.fulfilled, "on_time": counts.on_time}
    text = _("%(n)s acuerdos: %(done)s cumplidos, %(on_time)s de ellos a tiempo.") % words
    rest = _(" %(n)s abiertos y %(late)s vencidos.") % {"n": counts.open, "late": len(late)}
    lines = (
        _("Vencido %(label)s, %(who)s, desde el %(day)s: %(text)s")
        % {
            "label": line.label,
            "who": line.institution,
            "day": short_date(line.due_on),
            "text": line.text,
        }
        for line in late
    )
    return "\n".join([f"{text}{rest}", *lines])


def work_plan_text(mesa: Mesa, on: date) -> str:
    plan = plan_status(mesa, on)
    if plan.number is None:
        return _("La mesa no tiene plan de trabajo vigente en %(year)s.") % {"year": on.year}
    counts, words = plan.counts, {"year": plan.year, "number": plan.number}
    text = _("Rige la versión %(number)s del plan %(year)s.") % words
    told = {"done": counts.done, "total": counts.total, "late": counts.late}
    return f"{text} " + _("%(done)s de %(total)s actividades cumplidas, %(late)s atrasadas.") % told


def bottlenecks_text(mesa: Mesa, on: date) -> str:
    found = [one for one in bottlenecks(mesa, on=on) if not one.is_solved]
    if not found:
        return _("La mesa no tiene cuellos de botella por resolver.")
    return "\n".join(map(bottleneck_line, found))


def bottleneck_line(line: BottleneckLine) -> str:
    words = {
        "title": line.title,
        "severity": line.severity_label,
        "state": line.state_label,
        "goals": ", ".join(goal.code for goal in line.goals),
        "owner": line.owner,
    }
    return (
        _("%(title)s (gravedad %(severity)s, %(state)s). Afecta a %(goals)s. Encargada: %(owner)s.")
        % words
    )


GENERATORS: Mapping[str, Callable[[Mesa, date], str]] = {
    "context": context_text,
    "goals": goals_text,
    "agreements": agreements_text,
    "work_plan": work_plan_text,
    "bottlenecks": bottlenecks_text,
}


def evidence_of(goal: GoalBehind) -> str:
    """What the figures of a goal prove of a challenge: how far it is, since when, why."""
    figures = figures_words(goal.executed, goal.planned, goal.unit, goal.achievement)
    status = str(look_of(goal.status).word).lower()
    words = {"period": period_words(goal.period.code), "figures": figures, "status": status}
    text = _("%(period)s: %(figures)s%(status)s.") % words
    return text + (_(" Causa: %(cause)s") % {"cause": goal.cause} if goal.cause else "")


def product_title(mesa: Mesa, kind: str, year: int, period: str) -> str:
    """How a version is called: `Informe de avance de Salud, III trimestre de 2026`."""
    words = {
        "kind": str(Kind(kind).label).capitalize(),
        "mesa": mesa.sector.name,
        "when": period_words(period) if period else str(year),
    }
    return _("%(kind)s de %(mesa)s, %(when)s") % words
