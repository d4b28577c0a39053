"""An institution that has all its representatives asks DIGER for one more."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import people_with
from sigpret.apps.mesas.actions.member_checks import (
    MemberError,
    delegation_of,
    member_institution,
    short_name,
)
from sigpret.apps.mesas.member_kinds import EXCEPTION_ASKED
from sigpret.apps.mesas.models import Designation, Mesa
from sigpret.apps.mesas.models.mesa import Level
from sigpret.apps.mesas.permissions import check_can_accredit
from sigpret.apps.mesas.queries import Standing
from sigpret.apps.notices.actions import notify


@transaction.atomic
def ask_exception(
    *,
    actor: User,
    standing: Standing,
    institution_id: int,
    full_name: str,
    position: str,
    reason: str,
    at: datetime,
) -> int:
    """Tell the analysts of the mesa who would come and why; how many were told.

    The same request on the same day is one. Raises PermissionDenied and MemberError when the
    institution still has a free seat.
    """
    check_can_accredit(standing, institution_id, Level.TECHNICAL)
    mesa = Mesa.objects.select_related("sector").select_for_update(of=("self",)).get(
        pk=standing.mesa_id
    )  # fmt: skip
    institution = member_institution(mesa, institution_id)
    delegation = delegation_of(mesa, institution_id, at.date())
    if not delegation.is_full:
        raise MemberError(_("Todavía tiene lugar: acredite a la persona directamente."))
    address = reverse("mesas:accredit", args=[mesa.sector.slug])
    told = notify(
        recipients=analysts_of(mesa, at),
        kind=EXCEPTION_ASKED.code,
        subject_key=f"mesa:{mesa.pk}:members",
        context={
            "mesa": mesa.sector.name,
            "place": short_name(institution),
            "number": delegation.people,
            "detail": f"{full_name.strip()}, {position.strip()}. {reason.strip()}",
        },
        url=f"{address}?institucion={institution.code}",
        at=at,
        dedupe_key=f"exception:{mesa.pk}:{institution_id}:{full_name.strip().casefold()}:"
        f"{at.date()}",
    )
    if told:
        record(
            actor=actor,
            action="mesas.exception_asked",
            subject_type="mesa",
            subject_id=mesa.pk,
            payload={"institution": institution.code, "name": full_name, "reason": reason},
        )
    return told


def analysts_of(mesa: Mesa, at: datetime) -> list[User]:
    """The mesa's own; the administration of DIGER while it has none."""
    in_force = Q(until__isnull=True) | Q(until__gte=at.date())
    rows = Designation.objects.filter(in_force, mesa=mesa, duty=Designation.Duty.ANALYST)
    found = [row.person for row in rows.select_related("person")]
    return found or list(people_with(Role.ADMINISTRATOR, on=at.date()))
