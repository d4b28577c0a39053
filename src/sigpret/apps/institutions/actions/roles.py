"""Giving a person a role, and the person an account."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import INSTITUTION_ROLES, SECTOR_ROLES, Role
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.models import Institution, Membership, Sector
from sigpret.apps.institutions.permissions import check_can_administer
from sigpret.apps.institutions.queries import Access, institution_by_code

ROLE_GIVEN = "institutions.role_given"


class RolePlaceError(Exception):
    """The role needs an institution or a sector that was not said, or takes none."""


class UnknownPlaceError(Exception):
    """No institution or sector has that code."""


class NameNeededError(Exception):
    """Nobody has this address yet, and the name or a valid address is missing."""


@dataclass(frozen=True, slots=True)
class GivenRole:
    """Who holds the role now; `is_new` when they did not hold it before."""

    user: User
    is_new: bool
    is_new_person: bool


@transaction.atomic
def give_role(
    *,
    actor: User | None,
    access: Access,
    email: str,
    role: Role,
    institution_code: str = "",
    sector_code: str = "",
    full_name: str = "",
    at: datetime,
) -> GivenRole:
    """Give somebody a role from today on, creating the person without a password if needed.

    Giving a role again does nothing, unless it had ended: then it has no end. Raises
    PermissionDenied, RolePlaceError, UnknownPlaceError, NameNeededError.
    """
    check_can_administer(actor, access)
    check_place(role, institution_code, sector_code)
    institution, sector = place_of(institution_code, sector_code)
    user, is_new_person = person_with(email, full_name)
    held, is_new = Membership.objects.select_for_update().get_or_create(
        user=user,
        role=role,
        institution=institution,
        sector=sector,
        defaults={"valid_from": at.date()},
    )
    if held.valid_until is not None:
        held.valid_until, is_new = None, True
        held.save(update_fields=["valid_until"])
    if is_new:
        record(
            actor=actor,
            action=ROLE_GIVEN,
            subject_type="user",
            subject_id=user.pk,
            payload={
                "email": user.email,
                "role": role,
                "institution": institution_code or None,
                "sector": sector_code or None,
                "is_new_person": is_new_person,
            },
        )
    return GivenRole(user, is_new, is_new_person)


def check_place(role: Role, institution_code: str, sector_code: str) -> None:
    """Raise RolePlaceError unless the place is the one this role is held in."""
    needs = {"institution": role in INSTITUTION_ROLES, "sector": role in SECTOR_ROLES}
    if needs["institution"] and not institution_code:
        raise RolePlaceError(_("Ese papel es de una institución: diga cuál con su código."))
    if needs["sector"] and not sector_code:
        raise RolePlaceError(_("Ese papel es de una mesa sectorial: diga el código del sector."))
    if institution_code and not needs["institution"]:
        raise RolePlaceError(_("Ese papel no es de una institución: no diga ninguna."))
    if sector_code and not needs["sector"]:
        raise RolePlaceError(_("Ese papel no es de un sector: no diga ninguno."))


def place_of(institution_code: str, sector_code: str) -> tuple[Institution | None, Sector | None]:
    """The institution and the sector with these codes. Raises UnknownPlaceError."""
    institution = institution_by_code(institution_code)
    sector = Sector.objects.filter(code=sector_code).first()
    if institution_code and institution is None:
        raise UnknownPlaceError(
            _("No hay ninguna institución con el código «%(code)s».") % {"code": institution_code}
        )
    if sector_code and sector is None:
        raise UnknownPlaceError(
            _("No hay ningún sector con el código «%(code)s».") % {"code": sector_code}
        )
    return institution, sector


def person_with(email: str, full_name: str) -> tuple[User, bool]:
    """The person with this address, whatever its case; created when there is none."""
    if found := User.objects.filter(email__iexact=email.strip()).first():
        return found, False
    try:
        validate_email(email.strip())
    except ValidationError:
        raise NameNeededError(
            _("«%(email)s» no es un correo electrónico.") % {"email": email}
        ) from None
    if not full_name.strip():
        raise NameNeededError(
            _("Nadie tiene todavía el correo %(email)s: diga también su nombre completo.")
            % {"email": email}
        )
    return User.objects.create_user(email.strip(), None, full_name=full_name.strip()), True
