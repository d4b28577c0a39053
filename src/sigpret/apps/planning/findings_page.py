"""The findings of a plan as the plan's own page draws them, beside each product."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext

from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.beside import OneClick, PlanFinding
from sigpret.apps.planning.queries.coherence import findings_of_plan
from sigpret.methodology.plans.facts import Finding, Fix


def findings_beside(
    plan_id: int, fiscal_year: int, institution_id: int, access: Access
) -> dict[int | None, tuple[PlanFinding, ...]]:
    """Findings by product id, those of the whole plan under None; a fixed number of statements.

    The same for whoever reads: a plan is as coherent for one as for another.
    """
    found: defaultdict[int | None, list[PlanFinding]] = defaultdict(list)
    for finding in findings_of_plan(plan_id):
        found[finding.product_id].append(_drawn(finding))
    return {place: tuple(held) for place, held in found.items()}


def _drawn(finding: Finding) -> PlanFinding:
    return PlanFinding(
        rule=finding.rule,
        severity=finding.severity.value,
        sentence=finding.sentence(gettext),
        fixes=tuple(map(_one_click, finding.fixes)),
        fields=finding.fields,
    )


def _one_click(fix: Fix) -> OneClick:
    return OneClick(fix.label(gettext), fix.field, fix.value)
