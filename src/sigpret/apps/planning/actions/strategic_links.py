"""Which objective of the strategic plan each objective of a year answers to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.strategic import StrategicError
from sigpret.apps.planning.actions.writing import plan_to_write, record_row
from sigpret.apps.planning.models import Objective, StrategicObjective

OBJECTIVES_LINKED = "planning.objectives_linked"


@transaction.atomic
def link_objectives(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    chosen: Mapping[int, int | None],
    at: datetime,
) -> int:
    """Link objectives of an annual plan (id) to objectives of the institution's PEI (id, or None).

    How many changed; none changed writes nothing. Objectives left out of `chosen` stay as they
    are. Raises PermissionDenied, PlanNotWritableError, and StrategicError for an objective of
    another institution or of a strategic plan that does not cover the year.
    """
    plan = plan_to_write(plan_id, access)
    offered = set(
        StrategicObjective.objects.filter(
            plan__institution=plan.institution_id,
            plan__first_year__lte=plan.fiscal_year,
            plan__last_year__gte=plan.fiscal_year,
        ).values_list("pk", flat=True)
    )
    if not {wanted for wanted in chosen.values() if wanted is not None} <= offered:
        raise StrategicError(_("Elija un objetivo del PEI vigente de su institución."))
    changed = [
        row
        for row in Objective.objects.filter(plan=plan, pk__in=list(chosen))
        if row.strategic_objective_id != chosen[row.pk]
    ]
    if not changed:
        return 0
    links = {str(row.number): [row.strategic_objective_id, chosen[row.pk]] for row in changed}
    for row in changed:
        row.strategic_objective_id = chosen[row.pk]
    Objective.objects.bulk_update(changed, ["strategic_objective"])
    record_row(actor, plan, OBJECTIVES_LINKED, {"links": links}, at)
    return len(changed)
