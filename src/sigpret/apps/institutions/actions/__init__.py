"""Writes about the State's structure and who holds which role in it."""

from sigpret.apps.institutions.actions.catalogues import load_catalogues
from sigpret.apps.institutions.actions.roles import (
    GivenRole,
    NameNeededError,
    RolePlaceError,
    UnknownPlaceError,
    give_role,
)
from sigpret.apps.institutions.actions.sector_roles import (
    hold_sector_role,
    last_of,
    leave_sector_role,
)

__all__ = [
    "GivenRole",
    "NameNeededError",
    "RolePlaceError",
    "UnknownPlaceError",
    "give_role",
    "hold_sector_role",
    "last_of",
    "leave_sector_role",
    "load_catalogues",
]
