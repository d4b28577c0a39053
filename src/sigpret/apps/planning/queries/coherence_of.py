"""The coherence of one plan, and of every plan of a year, as DIGER and its planners read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import AnnualPlan
from sigpret.apps.planning.permissions import reads_every_plan
from sigpret.apps.planning.queries.coherence import CheckedPlan, checked_plans
from sigpret.apps.planning.workflow import WRITABLE_PLANS
from sigpret.methodology.plans.facts import Finding


@dataclass(frozen=True)
class PlanCoherence:
    """The plan of an institution and its findings, errors first.

    `names` are those of its products by id; `is_writable`: the institution still writes it.
    """

    institution: Institution
    fiscal_year: int
    state_label: str
    is_writable: bool
    findings: tuple[Finding, ...]
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        return sum(finding.is_error for finding in self.findings)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors


def coherence_of(institution: Institution, fiscal_year: int) -> PlanCoherence | None:
    """The findings of one plan; None while the institution has none. Four statements."""
    plan = AnnualPlan.objects.filter(institution=institution, fiscal_year=fiscal_year).first()
    if plan is None:
        return None
    plan.institution = institution
    return _coherence(plan, checked_plans([plan.pk])[plan.pk])


def coherence_of_year(fiscal_year: int, access: Access) -> tuple[PlanCoherence, ...]:
    """The plans of a year the person reads: most errors first, then most warnings.

    Four statements, however many plans.
    """
    plans = AnnualPlan.objects.filter(fiscal_year=fiscal_year).select_related("institution")
    if not reads_every_plan(access):
        plans = plans.filter(institution__in=list(access.institutions))
    held = {plan.pk: plan for plan in plans}
    checked = checked_plans(held)
    rows = [_coherence(plan, checked[pk]) for pk, plan in held.items()]
    return tuple(sorted(rows, key=lambda row: (-row.errors, -row.warnings, row.institution.code)))


def _coherence(plan: AnnualPlan, checked: CheckedPlan) -> PlanCoherence:
    return PlanCoherence(
        institution=plan.institution,
        fiscal_year=plan.fiscal_year,
        state_label=str(plan.get_state_display()),
        is_writable=plan.state in WRITABLE_PLANS,
        findings=checked.findings,
        names={product.id: product.name for product in checked.facts.products},
    )
