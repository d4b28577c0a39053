"""Who brings evidence, who sees it, and who sees what is reserved."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import Access

#: Besides the institution itself: those who decide on the value, and those who audit it.
READERS_OF_RESERVED = (Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR)


def can_add_evidence(access: Access, institution_id: int) -> bool:
    return access.works_for(institution_id)


def check_can_add_evidence(access: Access, institution_id: int) -> None:
    if not can_add_evidence(access, institution_id):
        raise PermissionDenied(
            _(
                "Sólo la UPGRET de la institución sube y cambia sus evidencias. "
                "La administración de DIGER asigna ese papel."
            )
        )


def can_list_evidence(access: Access, institution_id: int) -> bool:
    return access.reads_institution(institution_id)


def check_can_list_evidence(access: Access, institution_id: int) -> None:
    if not can_list_evidence(access, institution_id):
        raise PermissionDenied(
            _("Estas evidencias aún no son públicas. Pida acceso a la UPGRET de la institución.")
        )


def can_see_reserved(access: Access, institution_id: int) -> bool:
    return institution_id in access.institutions or access.has(*READERS_OF_RESERVED)


def can_open_evidence(access: Access, institution_id: int, *, is_reserved: bool) -> bool:
    if not can_list_evidence(access, institution_id):
        return False
    return not is_reserved or can_see_reserved(access, institution_id)


def check_can_open_evidence(access: Access, institution_id: int, *, is_reserved: bool) -> None:
    check_can_list_evidence(access, institution_id)
    if not can_open_evidence(access, institution_id, is_reserved=is_reserved):
        raise PermissionDenied(
            _(
                "Esta evidencia está reservada: la abren su institución, quienes validan en DIGER "
                "y la auditoría."
            )
        )
