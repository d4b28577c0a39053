"""The findings of a plan as the plan's own page draws them, beside each product."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext, gettext_lazy

from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.beside import OneClick, PlanFinding
from sigpret.apps.planning.queries.coherence import checked_plans
from sigpret.methodology.plans.facts import Finding, Fix
from sigpret.web.components import Text
from sigpret.web.navigation import address

#: Where what is not mended in its row is mended, by rule: the address and what the link says.
ELSEWHERE: dict[str, tuple[str, Text]] = {
    "result_without_indicator": ("planning:strategic_links", gettext_lazy("Vincular con el PEI")),
    "ceiling_exceeded": ("budget:budget", gettext_lazy("Ver el presupuesto")),
    "territories_exceed": ("budget:matrix", gettext_lazy("Corregir el reparto")),
    "product_without_budget": ("budget:budget", gettext_lazy("Asignar presupuesto")),
}


def findings_beside(
    plan_id: int, fiscal_year: int, institution_id: int, access: Access
) -> dict[int | None, tuple[PlanFinding, ...]]:
    """Findings by product id, those of the whole plan under None; a fixed number of statements.

    The same for whoever reads: a plan is as coherent for one as for another.
    """
    found: defaultdict[int | None, list[PlanFinding]] = defaultdict(list)
    for plan in checked_plans([plan_id]).values():
        for finding in plan.findings:
            found[finding.product_id].append(_drawn(finding, fiscal_year, plan.institution))
    return {place: tuple(held) for place, held in found.items()}


def _drawn(finding: Finding, year: int, code: str) -> PlanFinding:
    name, action = ELSEWHERE.get(finding.rule, ("", ""))
    url = address(name, year, code) if name else ""
    return PlanFinding(
        rule=finding.rule,
        severity=finding.severity.value,
        sentence=finding.sentence(gettext),
        fixes=tuple(map(_one_click, finding.fixes)),
        fields=finding.fields,
        url=url,
        action=str(action) if url else "",
        may_be_explained=finding.may_be_explained,
    )


def _one_click(fix: Fix) -> OneClick:
    return OneClick(fix.label(gettext), fix.field, fix.value)
