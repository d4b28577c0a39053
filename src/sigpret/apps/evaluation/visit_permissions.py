"""Who visits and who reads a visit."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import INSTITUTION_ROLES, Role
from sigpret.apps.institutions.queries import Access

VISITORS = (Role.ANALYST, Role.ADMINISTRATOR)


def can_visit(access: Access, institution_id: int) -> bool:
    """Whoever reviews, and never in their own institution."""
    return access.has(*VISITORS) and institution_id not in access.institutions


def check_can_visit(access: Access, institution_id: int) -> None:
    if not access.has(*VISITORS):
        raise PermissionDenied(
            _("Las visitas de campo las planifican y hacen las analistas de DIGER.")
        )
    if not can_visit(access, institution_id):
        raise PermissionDenied(
            _("Usted pertenece a esta institución: debe visitarla otra persona.")
        )


def can_read_visit(access: Access, institution_id: int) -> bool:
    return access.reads_institution(institution_id)


def check_can_read_visit(access: Access, institution_id: int) -> None:
    if not can_read_visit(access, institution_id):
        raise PermissionDenied(
            _("Una visita la leen su institución, DIGER, la Presidencia y la auditoría.")
        )


def check_can_list_visits(access: Access) -> None:
    if not can_read_visit(access, 0) and not access.has(*INSTITUTION_ROLES):
        raise PermissionDenied(
            _("Las visitas las leen las instituciones visitadas, DIGER y la auditoría.")
        )
