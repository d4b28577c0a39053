"""The summary of a mesa in words: its sentence, and what changed."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sigpret.apps.mesas.queries.changes import Change
from sigpret.apps.mesas.queries.glance import ComingMeeting
from sigpret.apps.mesas.queries.goals import SectorGoals
from sigpret.methodology.status import Status
from sigpret.web.dates import day_of, deadline_words
from sigpret.web.statuses import look_of

WEEK = 7
#: How each kind of change looks: icon and tone.
LOOKS = {
    "agreement_fulfilled": ("check", "good"),
    "conforms": ("check", "good"),
    "plan_approved": ("check", "good"),
    "goal": ("trend", "info"),
    "agreement_rescheduled": ("clock", "warning"),
    "agreement_escalated": ("alert", "warning"),
    "observes": ("comment", "warning"),
    "plan_observed": ("comment", "warning"),
    "accredited": ("people", "info"),
    "substituted": ("people", "info"),
}


def summary_sentence(
    name: str,
    goals: SectorGoals,
    overdue: int,
    meeting: ComingMeeting | None,
    *,
    on: date,
) -> str:
    """`Salud: 2 de 5 metas rezagadas y 2 acuerdos vencidos; la mesa se reúne el jueves`."""
    facts = _("%(name)s: %(goals)s y %(agreements)s") % {
        "name": name,
        "goals": goals_words(goals),
        "agreements": overdue_words(overdue),
    }
    return f"{facts}; {meeting_words(meeting, on)}"


def goals_words(goals: SectorGoals) -> str:
    """The worst thing there is to say of the goals of the sector."""
    words = {"n": goals.count(Status.BEHIND), "total": len(goals.goals)}
    if not goals.goals:
        return _("sin metas sectoriales")
    if words["n"]:
        text = ngettext(
            "%(n)s de %(total)s metas rezagada", "%(n)s de %(total)s metas rezagadas", words["n"]
        )
        return text % words
    at_risk = goals.count(Status.AT_RISK)
    if at_risk:
        return _("%(n)s de %(total)s metas en riesgo") % {**words, "n": at_risk}
    silent = goals.count(Status.NOT_REPORTED)
    if silent:
        return _("%(n)s de %(total)s metas sin reporte") % {**words, "n": silent}
    return _("ninguna meta rezagada")


def overdue_words(overdue: int) -> str:
    if not overdue:
        return _("ningún acuerdo vencido")
    return ngettext("%(n)s acuerdo vencido", "%(n)s acuerdos vencidos", overdue) % {"n": overdue}


def meeting_words(meeting: ComingMeeting | None, on: date) -> str:
    if meeting is None:
        return _("no hay reunión convocada")
    day = day_of(meeting.line.starts_at)
    days = (day - on).days
    if days == 0:
        return _("la mesa se reúne hoy")
    if days == 1:
        return _("la mesa se reúne mañana")
    if days < WEEK:
        return _("la mesa se reúne el %(day)s") % {"day": weekday(day)}
    return _("la mesa se reúne el %(day)s") % {"day": deadline_words(day)}


def weekday(day: date) -> str:
    """`jueves`, of `jueves 29 de octubre`."""
    return deadline_words(day).split(" ", 1)[0]


def change_lines(slug: str, changes: Sequence[Change]) -> list[dict[str, object]]:
    """Each change ready to print: icon, tone, sentence, link and moment."""
    return [
        {
            "icon": LOOKS.get(change.kind, ("clock", "info"))[0],
            "tone": tone_of(change),
            "text": change_words(change),
            "url": change_url(slug, change),
            "at": change.at,
            "status": change.after,
        }
        for change in changes
    ]


def tone_of(change: Change) -> str:
    if change.kind == "goal":
        return look_of(change.after).css
    return LOOKS.get(change.kind, ("clock", "info"))[1]


def change_words(change: Change) -> str:
    words = {
        "subject": change.subject,
        "place": change.place,
        "more": change.more,
        "n": change.count,
        "before": str(look_of(change.before).word).lower() if change.before else "",
        "after": str(look_of(change.after).word).lower() if change.after else "",
    }
    if change.kind == "conforms":
        return conform_words(change) % words
    return str(SENTENCES.get(change.kind, OTHERWISE)) % words


def conform_words(change: Change) -> str:
    return ngettext(
        "%(n)s persona dio conformidad a la ayuda memoria de la reunión n.º %(subject)s",
        "%(n)s personas dieron conformidad a la ayuda memoria de la reunión n.º %(subject)s",
        change.count,
    )


OTHERWISE = gettext_lazy("%(place)s: acuerdo %(subject)s")
SENTENCES = {
    "agreement_progress": gettext_lazy("%(place)s informó del acuerdo %(subject)s"),
    "agreement_fulfilled": gettext_lazy("%(place)s cumplió el acuerdo %(subject)s"),
    "agreement_rescheduled": gettext_lazy("Se reprogramó el acuerdo %(subject)s de %(place)s"),
    "agreement_without_effect": gettext_lazy("El acuerdo %(subject)s quedó sin efecto"),
    "agreement_reopened": gettext_lazy("Se reabrió el acuerdo %(subject)s de %(place)s"),
    "agreement_superseded": gettext_lazy("Otro acuerdo sustituyó al %(subject)s"),
    "agreement_escalated": gettext_lazy("Se elevó el acuerdo %(subject)s de %(place)s"),
    "goal": gettext_lazy("«%(subject)s» pasó de %(before)s a %(after)s"),
    "observes": gettext_lazy("Observaron la ayuda memoria de la reunión n.º %(subject)s"),
    "plan_approved": gettext_lazy(
        "La máxima autoridad de %(place)s aprobó el plan, versión %(subject)s"
    ),
    "plan_observed": gettext_lazy(
        "La máxima autoridad de %(place)s observó el plan, versión %(subject)s"
    ),
    "accredited": gettext_lazy("%(place)s acreditó a %(subject)s"),
    "substituted": gettext_lazy("%(subject)s sustituye a %(more)s por %(place)s"),
}


def change_url(slug: str, change: Change) -> str:
    if change.kind.startswith("agreement_"):
        meeting, _dot, number = change.subject.partition(".")
        return reverse("mesas:agreement", args=[slug, int(meeting), int(number)])
    return ""
