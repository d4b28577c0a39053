"""Who may bring a report in. The right to record the plan is the right to import it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import INSTITUTION_ROLES, Role
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.permissions import can_record_plan

IMPORTERS = INSTITUTION_ROLES | {Role.ADMINISTRATOR}


def can_import(access: Access) -> bool:
    return access.has(*IMPORTERS)


def check_can_import(access: Access) -> None:
    if not can_import(access):
        raise PermissionDenied(
            _(
                "Importan planes la UPGRET y la máxima autoridad de cada institución, y la "
                "administración de DIGER. La administración de DIGER da ese permiso."
            )
        )


def imports_for_everybody(access: Access) -> bool:
    """May the person import for any institution?"""
    return access.has(Role.ADMINISTRATOR)


def can_open_import(access: Access, institution_id: int | None, uploaded_by_id: int) -> bool:
    """The people of its institution; a file nobody could attribute, whoever uploaded it."""
    if institution_id is None:
        return access.user_id == uploaded_by_id or imports_for_everybody(access)
    return can_record_plan(access, institution_id)


def check_can_open_import(access: Access, institution_id: int | None, uploaded_by_id: int) -> None:
    if not can_open_import(access, institution_id, uploaded_by_id):
        raise PermissionDenied(
            _(
                "Esta importación es de otra institución. La ven su UPGRET, su máxima autoridad "
                "y la administración de DIGER."
            )
        )


def can_open_lot(access: Access, institution_id: int | None, uploaded_by_id: int) -> bool:
    """The people who write for its institution; a workbook of no institution, its uploader."""
    if institution_id is None:
        return access.user_id == uploaded_by_id
    return access.works_for(institution_id)


def check_can_open_lot(access: Access, institution_id: int | None, uploaded_by_id: int) -> None:
    if not can_open_lot(access, institution_id, uploaded_by_id):
        raise PermissionDenied(
            _("Este archivo lo subió otra institución. Lo ven su UPGRET y su máxima autoridad.")
        )


def check_can_fill_plan(access: Access, institution_id: int) -> None:
    """A plan is filled in Excel by the people of its institution."""
    if not access.works_for(institution_id):
        raise PermissionDenied(
            _(
                "Sólo la UPGRET y la máxima autoridad de la institución llenan su plan en Excel. "
                "La administración de DIGER da ese permiso."
            )
        )
