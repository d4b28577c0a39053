"""Who sees which evaluation. `check_can_x` raises with the sentence; `can_x` answers."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import NATIONAL_READERS, Role
from sigpret.apps.institutions.queries import Access

#: The board is the Presidency's. Those who coordinate a mesa politically answer for its goals
#: and see it too; a head authority sees its own institution (its own board comes later).
BOARD_ROLES = NATIONAL_READERS | {Role.POLITICAL_COORDINATOR}
#: Who follows the closing of a quarter; only the administration closes it.
CLOSING_ROLES = frozenset({Role.ANALYST, Role.STATISTICIAN, Role.ADMINISTRATOR, Role.AUDITOR})


def can_see_board(access: Access) -> bool:
    return access.has(*BOARD_ROLES)


def check_can_see_board(access: Access) -> None:
    if not can_see_board(access):
        raise PermissionDenied(
            _(
                "El tablero es de la Presidencia, de DIGER y de la coordinación política de las "
                "mesas. La administración de DIGER asigna esos papeles."
            )
        )


def can_see_goal(access: Access, *, institution_id: int | None, sector_id: int) -> bool:
    """Presidential and sectoral goals: anybody with a role. Institutional ones: its people,
    the people of its sector's mesa and who reads the whole country."""
    if institution_id is None:
        return bool(access.roles)
    return access.reads_institution(institution_id) or sector_id in access.sector_ids


def check_can_see_goal(access: Access, *, institution_id: int | None, sector_id: int) -> None:
    if not can_see_goal(access, institution_id=institution_id, sector_id=sector_id):
        raise PermissionDenied(
            _(
                "El avance de una meta institucional lo ven su institución, la mesa de su sector "
                "y DIGER. Pida acceso a la UPGRET de la institución."
            )
        )


def can_see_institution(access: Access, institution_id: int) -> bool:
    return access.reads_institution(institution_id)


def check_can_see_institution(access: Access, institution_id: int) -> None:
    if not can_see_institution(access, institution_id):
        raise PermissionDenied(
            _(
                "La nota de una institución está reservada: la ven la propia institución, DIGER, "
                "la Presidencia y la auditoría."
            )
        )


def can_see_grades(access: Access) -> bool:
    return access.has(*NATIONAL_READERS)


def check_can_see_grades(access: Access) -> None:
    if not can_see_grades(access):
        raise grades_reserved()


def grades_reserved() -> PermissionDenied:
    """The refusal, for people who work for no institution either."""
    return PermissionDenied(
        _(
            "Las notas de todas las instituciones están reservadas a la Presidencia, DIGER y la "
            "auditoría."
        )
    )


def can_see_closing(access: Access) -> bool:
    return access.has(*CLOSING_ROLES)


def check_can_see_closing(access: Access) -> None:
    if not can_see_closing(access):
        raise PermissionDenied(
            _(
                "El cierre del trimestre lo siguen DIGER y la auditoría; lo confirma la "
                "administración de DIGER."
            )
        )


def check_can_see_changes(access: Access) -> None:
    """What changed after a closing names institutions and their data: who reads the country."""
    if not access.has(*NATIONAL_READERS):
        raise PermissionDenied(
            _(
                "Lo que cambió después de un cierre lo ven DIGER, la Presidencia y la auditoría; "
                "cada institución ve sus propias solicitudes de cambio."
            )
        )
