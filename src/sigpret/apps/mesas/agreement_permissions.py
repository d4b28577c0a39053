"""Who tells how an agreement goes, who changes what was agreed, and who decides what got stuck."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import NATIONAL_READERS, Role
from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.queries.standing import Standing

POLITICAL, PRESIDENCY = "political", "presidency"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for an agreement: an institution, and the person's account if they have one."""

    institution_id: int
    person_id: int | None


def can_follow(standing: Standing, owner: Owner) -> bool:
    """Who answers for it, and who writes in the mesa."""
    is_own = owner.person_id is not None and owner.person_id == standing.access.user_id
    return is_own or standing.writes or standing.answers_for(owner.institution_id)


def check_can_follow(standing: Standing, owner: Owner) -> None:
    if not can_follow(standing, owner):
        raise PermissionDenied(
            _(
                "El avance lo informan la institución responsable del acuerdo y la coordinación "
                "técnica de la mesa."
            )
        )


def can_govern(standing: Standing) -> bool:
    """Gives another date, leaves without effect, escalates."""
    return standing.coordinates or standing.coordinates_politically or standing.accompanies


def check_can_govern(standing: Standing) -> None:
    if not can_govern(standing):
        raise PermissionDenied(
            _(
                "Lo acordado lo reprograma, lo eleva o lo deja sin efecto la coordinación de la "
                "mesa, o DIGER. Escríbale con un avance."
            )
        )


def can_decide_for(standing: Standing, to: str) -> bool:
    """The Presidency decides at both levels; the political coordination, at its own."""
    if standing.access.has(Role.PRESIDENCY):
        return True
    return to == POLITICAL and standing.coordinates_politically


def check_can_decide_for(standing: Standing, to: str) -> None:
    if not can_decide_for(standing, to):
        raise PermissionDenied(
            _("Lo decide la Presidencia de la República.")
            if to == PRESIDENCY
            else _("Lo decide la coordinación política de la mesa o la Presidencia.")
        )


def can_fulfil_decision(standing: Standing, owner_id: int | None) -> bool:
    """Who was entrusted with it, who coordinates the mesa, and the Presidency."""
    is_owner = owner_id is not None and (
        standing.answers_for(owner_id) or standing.access.works_for(owner_id)
    )
    return is_owner or can_govern(standing) or standing.access.has(Role.PRESIDENCY)


def check_can_fulfil_decision(standing: Standing, owner_id: int | None) -> None:
    if not can_fulfil_decision(standing, owner_id):
        raise PermissionDenied(
            _("Lo informan la institución encargada, la coordinación de la mesa y la Presidencia.")
        )


def check_can_note_decision(access: Access) -> None:
    if not access.has(Role.PRESIDENCY):
        raise PermissionDenied(_("Las decisiones presidenciales las anota la Presidencia."))


def check_can_list_decisions(access: Access) -> None:
    if not access.roles:
        raise PermissionDenied(
            _("Las decisiones las leen la Presidencia, DIGER, las mesas y las instituciones.")
        )


def can_read_matter(access: Access, standing: Standing, owner_id: int | None) -> bool:
    """The mesa it comes from, and the institution entrusted with it."""
    return standing.reads or (owner_id is not None and owner_id in access.institutions)


def check_can_read_matter(access: Access, standing: Standing, owner_id: int | None) -> None:
    if not can_read_matter(access, standing, owner_id):
        raise PermissionDenied(
            _("Lo leen la mesa de la que viene, la institución encargada, DIGER y la Presidencia.")
        )


def can_read_figures(access: Access, *, institution_id: int | None, sector_id: int) -> bool:
    """Institutional goals: its people, its sector's mesa, who reads the whole country; the rest,
    anybody with a role."""
    if institution_id is None:
        return bool(access.roles)
    return access.reads_institution(institution_id) or sector_id in access.sector_ids


def reads_the_country(access: Access) -> bool:
    return access.has(*NATIONAL_READERS)
