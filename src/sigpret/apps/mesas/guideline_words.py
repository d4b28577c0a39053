"""What a person reads of each guideline: its heading, and the fact the answer rests on."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sigpret.methodology.mesas.compliance import (
    Check,
    Compliance,
    MesaFacts,
    Rule,
    Session,
    notice_days,
)
from sigpret.methodology.policy import Policy
from sigpret.web.dates import date_words, short_date

#: The heading of each rule's column, as the board prints it.
HEADINGS = {
    Rule.CONSTITUTED: gettext_lazy("Mesa constituida"),
    Rule.WORK_PLAN: gettext_lazy("Plan de trabajo aprobado"),
    Rule.NOTICE: gettext_lazy("Convoca a tiempo"),
    Rule.AGENDA: gettext_lazy("Agenda adjunta"),
    Rule.MINUTES: gettext_lazy("Ayuda memoria a tiempo"),
    Rule.DELEGATES: gettext_lazy("Delegados por institución"),
    Rule.THEMES: gettext_lazy("Temas transversales"),
    Rule.AGREEMENTS: gettext_lazy("Acuerdos al día"),
    Rule.APPROVALS: gettext_lazy("Nivel político responde"),
}
STATES = {
    Compliance.MET: gettext_lazy("cumple"),
    Compliance.IN_TIME: gettext_lazy("en plazo"),
    Compliance.DUE_SOON: gettext_lazy("por vencer"),
    Compliance.BROKEN: gettext_lazy("incumple"),
    Compliance.DOES_NOT_APPLY: gettext_lazy("no aplica"),
}


def heading(rule: Rule, policy: Policy) -> str:
    """The heading with the number its rule asks for."""
    numbers = {
        Rule.NOTICE: _("≥ %(n)s días antes") % {"n": policy.convocation_days},
        Rule.MINUTES: _("≤ %(n)s días") % {"n": policy.minutes_days},
        Rule.DELEGATES: _("≤ %(n)s") % {"n": policy.delegates_limit},
    }
    return f"{HEADINGS[rule]} {numbers.get(rule, '')}".strip()


def sentence(check: Check, facts: MesaFacts, policy: Policy, on: date) -> str:
    """One sentence: what is so, since when or until when."""
    told = {
        Rule.CONSTITUTED: _constituted,
        Rule.WORK_PLAN: _work_plan,
        Rule.NOTICE: _notice,
        Rule.AGENDA: _agenda,
        Rule.MINUTES: _minutes,
        Rule.DELEGATES: _delegates,
        Rule.THEMES: _themes,
        Rule.AGREEMENTS: _agreements,
        Rule.APPROVALS: _approvals,
    }
    if check.state is Compliance.DOES_NOT_APPLY:
        return _("Todavía no aplica.")
    return told[check.rule](check, facts, policy, on)


def until(due: date | None, on: date) -> str:
    """`vence hoy`, `queda 1 día`, `quedan 4 días`."""
    left = 0 if due is None else (due - on).days
    if left <= 0:
        return _("vence hoy")
    return ngettext("queda %(n)s día", "quedan %(n)s días", left) % {"n": left}


def since(check: Check) -> str:
    return short_date(check.since) if check.since else ""


def _constituted(check: Check, _facts: MesaFacts, _policy: Policy, on: date) -> str:
    if check.state is Compliance.MET:
        return _("Se constituyó el %(day)s.") % {"day": date_words(check.since or on)}
    days = (on - (check.since or on)).days
    return ngettext(
        "No se ha constituido: debía estarlo desde el %(day)s, hace %(n)s día.",
        "No se ha constituido: debía estarlo desde el %(day)s, hace %(n)s días.",
        days,
    ) % {"day": date_words(check.since or on), "n": days}


def _work_plan(check: Check, _facts: MesaFacts, _policy: Policy, on: date) -> str:
    if check.state is Compliance.MET:
        return _("El plan de %(year)s rige desde el %(day)s.") % {
            "year": on.year,
            "day": date_words(check.since or on),
        }
    if check.state is Compliance.BROKEN:
        return _("El plan de %(year)s no está aprobado; debía estarlo antes del %(day)s.") % {
            "year": on.year,
            "day": date_words(check.since or on),
        }
    return _("Falta aprobar el plan de %(year)s: %(left)s.") % {
        "year": on.year,
        "left": until(check.due, on),
    }


def _notice(check: Check, facts: MesaFacts, policy: Policy, on: date) -> str:
    session = session_of(check, facts)
    days = notice_days(session, facts, policy)
    return ngettext(
        "La reunión n.º %(number)s se convocó con %(n)s día; el mínimo es %(least)s.",
        "La reunión n.º %(number)s se convocó con %(n)s días; el mínimo es %(least)s.",
        days,
    ) % {"number": session.key, "n": days, "least": policy.convocation_days}


def _agenda(check: Check, facts: MesaFacts, _policy: Policy, _on: date) -> str:
    session = session_of(check, facts)
    if check.state is Compliance.BROKEN:
        return _("La reunión n.º %(number)s se convocó sin agenda.") % {"number": session.key}
    return ngettext(
        "La reunión n.º %(number)s llevó su agenda: %(n)s tema.",
        "La reunión n.º %(number)s llevó su agenda: %(n)s temas.",
        session.topics,
    ) % {"number": session.key, "n": session.topics}


def _minutes(check: Check, _facts: MesaFacts, _policy: Policy, on: date) -> str:
    names = {"number": check.cause, "day": date_words(check.since or check.due or on)}
    if check.state is Compliance.MET:
        return _("La ayuda memoria de la n.º %(number)s se distribuyó el %(day)s.") % names
    if check.state is Compliance.BROKEN:
        return _("La ayuda memoria de la n.º %(number)s pasó de su plazo el %(day)s.") % names
    return _("Ayuda memoria de la n.º %(number)s: %(left)s.") % {
        **names,
        "left": until(check.due, on),
    }


def _delegates(check: Check, facts: MesaFacts, policy: Policy, _on: date) -> str:
    if check.state is Compliance.BROKEN:
        return _("%(who)s acreditó a %(n)s personas; el máximo es %(most)s, con la UPGRET.") % {
            "who": check.cause,
            "n": facts.delegates[check.cause],
            "most": policy.delegates_limit,
        }
    return _("Ninguna institución pasa de %(most)s personas en el nivel técnico.") % {
        "most": policy.delegates_limit
    }


def _themes(check: Check, facts: MesaFacts, _policy: Policy, _on: date) -> str:
    session = session_of(check, facts)
    if check.state is Compliance.MET:
        return _("Los temas transversales están en la agenda de la n.º %(number)s.") % {
            "number": session.key
        }
    missing = len(facts.permanent_themes - session.themes)
    return ngettext(
        "Falta %(n)s tema transversal en la agenda de la n.º %(number)s.",
        "Faltan %(n)s temas transversales en la agenda de la n.º %(number)s.",
        missing,
    ) % {"number": session.key, "n": missing}


def _agreements(check: Check, facts: MesaFacts, _policy: Policy, on: date) -> str:
    if check.state is Compliance.BROKEN:
        late = sum(due < on for due in facts.agreements.values())
        return ngettext(
            "%(n)s acuerdo vencido: el %(number)s, desde el %(day)s.",
            "%(n)s acuerdos vencidos; el más antiguo es el %(number)s, desde el %(day)s.",
            late,
        ) % {"n": late, "number": check.cause, "day": date_words(check.since or on)}
    if check.state is Compliance.DUE_SOON:
        return _("Acuerdo %(number)s: %(left)s.") % {
            "number": check.cause,
            "left": until(check.due, on),
        }
    if facts.fulfilled_on_time:
        told = {"n": sum(facts.fulfilled_on_time), "total": len(facts.fulfilled_on_time)}
        return _("Ningún acuerdo está vencido; %(n)s de %(total)s se cumplieron a tiempo.") % told
    return _("Ningún acuerdo está vencido.")


def _approvals(check: Check, _facts: MesaFacts, _policy: Policy, on: date) -> str:
    if check.state is Compliance.MET:
        return _("El nivel político respondió todas las propuestas.")
    names = {
        "title": check.cause,
        "left": until(check.due, on),
        "day": date_words(check.since or on),
    }
    if check.state is Compliance.BROKEN:
        return _("«%(title)s» espera respuesta; su plazo pasó el %(day)s.") % names
    return _("«%(title)s» espera al nivel político: %(left)s.") % names


def session_of(check: Check, facts: MesaFacts) -> Session:
    """The meeting an answer rests on."""
    return next(one for one in facts.sessions if one.key == check.cause)
