"""The versions of work plans that wait for somebody."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.models import Accreditation, Designation, WorkPlan, WorkPlanApproval
from sigpret.apps.mesas.queries.duties import in_force
from sigpret.apps.mesas.queries.headship import makes_head

Decision = WorkPlanApproval.Decision


@dataclass(frozen=True, slots=True)
class WaitingPlan:
    mesa: str
    slug: str
    year: int
    number: int
    sent_at: datetime | None
    observation: str


def plans_to_approve(access: Access, *, on: date) -> tuple[WaitingPlan, ...]:
    """Those that wait for a head authority this person is, by role or by accreditation; one
    statement, one line per plan."""
    headed = [pk for pk, roles in access.institutions.items() if Role.APPROVER in roles]
    political = Accreditation.objects.filter(
        in_force(on),
        makes_head(),
        mesa=OuterRef("plan__mesa"),
        institution=OuterRef("institution"),
        person=access.user_id,
        ended_on__isnull=True,
        since__lte=on,
    )
    rows = WorkPlanApproval.objects.filter(
        Q(institution__in=headed) | Exists(political),
        plan__state=WorkPlan.State.IN_APPROVAL,
        decision=Decision.PENDING,
    )
    return waiting(rows)


def observed_where_coordinating(access: Access, *, on: date) -> tuple[WaitingPlan, ...]:
    """Those observed by a head authority, in mesas this person coordinates technically."""
    coordinates = Designation.objects.filter(
        in_force(on),
        mesa=OuterRef("plan__mesa"),
        person=access.user_id,
        duty=Designation.Duty.TECHNICAL_COORDINATOR,
        since__lte=on,
    )
    rows = WorkPlanApproval.objects.filter(
        Exists(coordinates),
        plan__state=WorkPlan.State.IN_APPROVAL,
        decision=Decision.OBSERVED,
    )
    return waiting(rows)


def waiting(rows: QuerySet[WorkPlanApproval]) -> tuple[WaitingPlan, ...]:
    found: dict[int, WaitingPlan] = {}
    for row in rows.select_related("plan__mesa__sector").order_by("plan__sent_at", "pk"):
        plan = row.plan
        sector = plan.mesa.sector
        one = WaitingPlan(
            sector.name, sector.slug, plan.year, plan.number, plan.sent_at, row.observation
        )
        found.setdefault(plan.pk, one)
    return tuple(found.values())
