"""Who may read an unpublished plan, and who may record one."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import NATIONAL_READERS, Role
from sigpret.apps.institutions.queries import Access

#: An institution plans the year in course and the next; earlier ones are closed to it.
YEARS_AHEAD = 1
#: The years a plan may be of at all, as the table of plans has them.
PLAUSIBLE_YEARS = range(2000, 2101)


def reads_every_plan(access: Access) -> bool:
    return access.has(*NATIONAL_READERS)


def check_can_read_every_plan(access: Access) -> None:
    if not reads_every_plan(access):
        raise PermissionDenied(
            _(
                "La lista de todos los planes la leen DIGER, la Presidencia y auditoría. Usted "
                "puede leer el de su institución."
            )
        )


def can_read_plan(access: Access, institution_id: int) -> bool:
    return access.reads_institution(institution_id)


def check_can_read_plan(access: Access, institution_id: int) -> None:
    if not can_read_plan(access, institution_id):
        raise PermissionDenied(
            _(
                "El plan de una institución lo leen su propia gente, DIGER, la Presidencia y "
                "auditoría. Si trabaja en ella, la administración de DIGER puede darle acceso."
            )
        )


def can_record_plan(access: Access, institution_id: int) -> bool:
    return access.works_for(institution_id) or access.has(Role.ADMINISTRATOR)


def check_can_record_plan(access: Access, institution_id: int) -> None:
    if not can_record_plan(access, institution_id):
        raise PermissionDenied(
            _(
                "Sólo la UPGRET o la máxima autoridad de la institución y la administración de "
                "DIGER pueden cargar su plan. La administración de DIGER da ese permiso."
            )
        )


def years_open_to(access: Access, current_year: int) -> range | None:
    """The fiscal years the person may bring or begin a plan for; None: any."""
    if access.has(Role.ADMINISTRATOR):
        return None
    return range(current_year, current_year + YEARS_AHEAD + 1)


def why_year_is_closed(access: Access, fiscal_year: int, *, current_year: int) -> str:
    """Why the person begins no plan of that year; "" for one they may begin."""
    years = years_open_to(access, current_year) or PLAUSIBLE_YEARS
    if fiscal_year in years:
        return ""
    return _("Usted puede empezar planes de %(first)d a %(last)d. El de %(year)d está cerrado.") % {
        "first": years[0],
        "last": years[-1],
        "year": fiscal_year,
    }


def check_can_begin_plan(
    access: Access, institution_id: int, fiscal_year: int, *, current_year: int
) -> None:
    """Raises PermissionDenied, also for a year that is closed to the person."""
    check_can_record_plan(access, institution_id)
    if why := why_year_is_closed(access, fiscal_year, current_year=current_year):
        raise PermissionDenied(why)
