"""Who reads which goals of the matrix, and who writes them. `check_can_x` raises the sentence."""

from collections.abc import Iterable
from typing import Protocol

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import INSTITUTION_ROLES, NATIONAL_READERS, Role
from sigpret.apps.institutions.queries import Access

#: Who keeps the matrix of the country: every goal, every link.
KEEPERS = frozenset({Role.ANALYST, Role.ADMINISTRATOR})


def keeps_matrix(access: Access) -> bool:
    """May the person write any goal and any link?"""
    return access.has(*KEEPERS)


def readable_goals(access: Access) -> Q:
    """The goals a person finds in the matrix.

    National readers: all. An institution: its own and the chain above them. A mesa: its sector's
    and what they serve.
    """
    if access.has(*NATIONAL_READERS):
        return Q()
    own = Q(institution_id__in=list(access.institutions)) | Q(sector_id__in=access.sector_ids)
    above = Q(served_by__child__institution_id__in=list(access.institutions)) | Q(
        served_by__child__sector_id__in=access.sector_ids
    )
    top = Q(served_by__child__served_by__child__institution_id__in=list(access.institutions))
    return own | (above & ~Q(level="institutional")) | top


def check_reads_matrix(access: Access) -> None:
    """Whoever holds a role finds in the matrix the goals of its scope."""
    if not access.roles:
        raise PermissionDenied(_("La matriz la leen quienes tienen un papel en el proceso."))


def can_read_goal(access: Access, *, institution_id: int | None, sector_id: int) -> bool:
    """Presidential and sectoral goals: whoever holds a role. Institutional ones: their own
    people, those of the sector's mesa, and who reads the whole country."""
    if institution_id is None:
        return bool(access.roles)
    return access.reads_institution(institution_id) or sector_id in access.sector_ids


def check_can_read_goal(access: Access, *, institution_id: int | None, sector_id: int) -> None:
    if not can_read_goal(access, institution_id=institution_id, sector_id=sector_id):
        raise PermissionDenied(
            _(
                "La ficha de una meta institucional la leen su institución, la mesa de su sector "
                "y DIGER. Pida acceso a la UPGRET de la institución."
            )
        )


def can_write_goal(access: Access, institution_id: int | None) -> bool:
    """`institution_id` None: a presidential or a sectoral goal, which only DIGER writes."""
    if keeps_matrix(access):
        return True
    return institution_id is not None and access.works_for(institution_id)


def check_can_write_goal(access: Access, institution_id: int | None) -> None:
    if can_write_goal(access, institution_id):
        return
    if institution_id is None:
        raise PermissionDenied(
            _("Las metas presidenciales y sectoriales las escribe DIGER. Pídaselo a su analista.")
        )
    raise PermissionDenied(
        _("Esta meta la escriben la UPGRET y la máxima autoridad de su institución, y DIGER.")
    )


def can_write_somewhere(access: Access) -> bool:
    """Does the person write at least one goal?"""
    return keeps_matrix(access) or access.has(*INSTITUTION_ROLES)


def check_keeps_matrix(access: Access) -> None:
    if not keeps_matrix(access):
        raise PermissionDenied(
            _("La matriz la publica y la entrega DIGER: su analista o su administración.")
        )


def check_reads_versions(access: Access) -> None:
    """A version speaks of every institution: whoever reads the whole country opens it."""
    if not access.has(*NATIONAL_READERS):
        raise PermissionDenied(
            _("Las versiones publicadas las leen DIGER, la Presidencia y la auditoría.")
        )


class Coded(Protocol):
    """A row of a table: its code, and the institution that owns it, if one does."""

    @property
    def code(self) -> str: ...
    @property
    def institution_id(self) -> int | None: ...


def writable_codes(access: Access, rows: Iterable[Coded]) -> frozenset[str]:
    """Which of these goals the person writes."""
    return frozenset(row.code for row in rows if can_write_goal(access, row.institution_id))
