"""Who may read an unpublished plan, and who may record one."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import NATIONAL_READERS, Role
from sigpret.apps.institutions.queries import Access


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
