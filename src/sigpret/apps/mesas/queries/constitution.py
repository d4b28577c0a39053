"""What a mesa lacks before it can work."""

from datetime import date

from django.db.models import Count, F, Q

from sigpret.apps.institutions.models import Institution
from sigpret.apps.mesas.models import Accreditation, Designation, Mesa
from sigpret.methodology.mesas.accreditation import Lack, lacks_of


def lacks(mesa: Mesa, *, on: date) -> tuple[Lack, ...]:
    """The requirements of the guidelines the mesa does not meet on a day; two statements."""
    in_force = Q(until__isnull=True) | Q(until__gte=on)
    duties = Designation.objects.filter(in_force, mesa=mesa).values_list("duty", flat=True)
    return lacks_of(set(duties), accredited_by_institution(mesa, on=on))


def accredited_by_institution(mesa: Mesa, *, on: date) -> dict[str, int]:
    """Technical representatives of each institution of the sector by its code, zeros too."""
    in_force = Accreditation.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on),
        mesa=mesa,
        level="technical",
        ended_on__isnull=True,
    )
    counted = Count("accreditations", filter=Q(accreditations__in=in_force))
    rows = Institution.objects.filter(sectors=mesa.sector_id).annotate(people=counted)
    return dict(rows.order_by("code").values_list("code", F("people")))
