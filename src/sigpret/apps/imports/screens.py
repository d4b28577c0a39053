"""What the steps of an import share: the way here, the stepper, the title of the report."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.imports.queries import ImportFacts
from sigpret.web.components import Crumb, Step, Text, steps

REVIEW, DISTRIBUTE, CONFIRM = 1, 2, 3


def step_list(current: int, pk: int) -> tuple[Step, ...]:
    """The four steps; those behind are links, so that one can go back and correct."""
    labels: list[Text] = [
        _("Subir el reporte"),
        _("Revisar y corregir"),
        _("Distribuir por trimestre"),
        _("Confirmar"),
    ]
    urls = {1: reverse("imports:review", args=[pk]), 2: reverse("imports:distribute", args=[pk])}
    return tuple(
        Step(step.label, step.state, urls.get(number, "") if number < current else "")
        for number, step in enumerate(steps(labels, current))
    )


def crumbs(facts: ImportFacts, last: Text) -> tuple[Crumb, ...]:
    """From the plan to this step."""
    return (
        Crumb(f"POA {facts.fiscal_year}", plan_url(facts)),
        Crumb(_("Importar desde SIAFI"), reverse("imports:start")),
        Crumb(last),
    )


def plan_url(facts: ImportFacts) -> str:
    """Where the plan can be read."""
    if facts.institution is None:
        return ""
    return reverse("planning:plan", args=[facts.fiscal_year, facts.institution.code])


def printed_on(facts: ImportFacts) -> datetime | None:
    """When the report says it was printed."""
    printed = facts.draft.document.report.printed_at if facts.draft else None
    return datetime.fromisoformat(printed) if printed else None
