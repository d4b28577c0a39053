"""The sentence at the head of a plan: where it stands and what it lacks."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sigpret.apps.planning.models import PlanState
from sigpret.apps.planning.plan_page import PlanPage


def headline(page: PlanPage, *, may_write: bool) -> str:
    """What the reader should know first."""
    plan = page.outline.plan
    year = {"year": plan.fiscal_year}
    if plan.state in SENT:
        return str(SENT[PlanState(plan.state)] % year)
    found = found_words(page)
    if not page.everything:
        return _("Plan operativo %(year)s: aún no tiene productos") % year
    if plan.state == PlanState.RETURNED and may_write and not page.errors:
        text = _("Plan operativo %(year)s: devuelto, responda cada observación y envíelo otra vez")
        return text % year
    if not found:
        text = _("Plan operativo %(year)s: sin errores ni avisos, puede enviarlo")
        return (text if may_write else _("Plan operativo %(year)s: en borrador")) % year
    if not may_write:
        text = _("Plan operativo %(year)s: en borrador, con %(found)s")
        return text % (year | {"found": found})
    if page.errors:
        text = ngettext(
            "Plan operativo %(year)s: falta resolver %(found)s antes de enviar",
            "Plan operativo %(year)s: faltan resolver %(found)s antes de enviar",
            page.errors,
        )
    else:
        text = _("Plan operativo %(year)s: sin errores y con %(found)s, puede enviarlo")
    return text % (year | {"found": found})


def found_words(page: PlanPage) -> str:
    """`1 error y 3 avisos`; "" when nothing was found."""
    parts = [
        ngettext("%(n)d error", "%(n)d errores", page.errors) % {"n": page.errors},
        ngettext("%(n)d aviso", "%(n)d avisos", page.warnings) % {"n": page.warnings},
    ]
    counts = (page.errors, page.warnings)
    return _(" y ").join(part for part, count in zip(parts, counts, strict=True) if count)


SENT = {
    PlanState.SUBMITTED: gettext_lazy("El plan operativo %(year)s espera a la máxima autoridad"),
    PlanState.APPROVED: gettext_lazy("El plan operativo %(year)s espera la aceptación de DIGER"),
    PlanState.ACCEPTED: gettext_lazy("El plan operativo %(year)s está aceptado"),
    PlanState.LOCKED: gettext_lazy("El plan operativo %(year)s está bloqueado"),
}
