"""People and institutions for tests."""

from datetime import date
from itertools import count

from django.utils.text import slugify

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.models import (
    AxisBlock,
    Institution,
    Membership,
    Sector,
    SectorBlock,
    StrategicAxis,
)

serial = count(1)


def make_institution(code: str = "", name: str = "", **fields) -> Institution:
    number = next(serial)
    name = name or f"Instituto {number}"
    fields.setdefault("slug", slugify(f"{name}-{number}"))
    return Institution.objects.create(
        code=code or f"9{number:04}", name=name, source="inventada", **fields
    )


def make_user(*roles: Role, institution: Institution | None = None, **fields) -> User:
    """A person with these roles; institution roles need the institution."""
    number = next(serial)
    fields.setdefault("full_name", f"Persona {number}")
    user = User.objects.create_user(f"persona{number}@example.hn", "una-clave-larga", **fields)
    for role in roles:
        Membership.objects.create(
            user=user, role=role, institution=institution, valid_from=date(2020, 1, 1)
        )
    return user


def make_sector(name: str = "") -> Sector:
    number = next(serial)
    name = name or f"Sector {number}"
    axis, _ = StrategicAxis.objects.get_or_create(code="1", defaults={"name": "Eje"})
    block, _ = AxisBlock.objects.get_or_create(code="1", axis=axis, defaults={"name": "Bloque"})
    sector = Sector.objects.create(code=f"S{number}", name=name, slug=slugify(f"{name}-{number}"))
    SectorBlock.objects.create(sector=sector, block=block)
    return sector
