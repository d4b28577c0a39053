"""The mesas themselves: one by its address, and those a person may open."""

from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sigpret.apps.accounts.roles import NATIONAL_READERS, SECTOR_ROLES
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.models import Agreement, Mesa
from sigpret.apps.mesas.queries.agreements import HELD

OPEN = (Agreement.State.PENDING, Agreement.State.IN_PROGRESS)


def mesa_by_slug(slug: str) -> Mesa | None:
    """The mesa of a sector's address, with its sector; one statement. None when there is none."""
    return Mesa.objects.select_related("sector").filter(sector__slug=slug).first()


def with_overdue(slug: str, *, on: date) -> tuple[Mesa, int] | None:
    """The same with how many of its agreements are overdue on a day; one statement."""
    late = Agreement.objects.filter(
        mesa=OuterRef("pk"), state__in=OPEN, due_on__lt=on, meeting__state__in=HELD
    )
    counted = late.order_by().values("mesa").annotate(late=Count("pk")).values("late")
    mesas = Mesa.objects.select_related("sector").annotate(late=Coalesce(Subquery(counted), 0))
    mesa = mesas.filter(sector__slug=slug).first()
    return None if mesa is None else (mesa, mesa.__dict__["late"])


def member_institutions(mesa: Mesa) -> tuple[Institution, ...]:
    """The institutions of its sector, by code; one statement."""
    return tuple(Institution.objects.filter(sectors=mesa.sector_id).order_by("code"))


def readable_mesas(access: Access, *, on: date) -> tuple[Mesa, ...]:
    """The mesas a person may open on a day, by name; one statement. Standing says why."""
    mesas = openable_mesas(access, on=on)
    return tuple(mesas.select_related("sector").order_by("sector__name"))


def openable_mesas(access: Access, *, on: date) -> QuerySet[Mesa]:
    """The mesas a person may open on a day, each once and in no order; nothing is asked yet."""
    if access.has(*NATIONAL_READERS):
        return Mesa.objects.all()
    own = Mesa.objects.filter(own_mesas(access, on=on))
    return Mesa.objects.filter(pk__in=own.values("pk"))


def own_mesas(access: Access, *, on: date) -> Q:
    """Those where the person has a duty, is accredited, works in an institution or the sector."""
    person = access.user_id or 0
    designated = Q(designations__person_id=person, designations__since__lte=on) & (
        Q(designations__until__isnull=True) | Q(designations__until__gte=on)
    )
    accredited = Q(
        accreditations__person_id=person,
        accreditations__ended_on__isnull=True,
        accreditations__since__lte=on,
    ) & (Q(accreditations__until__isnull=True) | Q(accreditations__until__gte=on))
    works_there = Q(sector__institutions__in=list(access.institutions))
    sectors = list(access.sector_ids) if access.has(*SECTOR_ROLES) else []
    return designated | accredited | works_there | Q(sector__in=sectors)
