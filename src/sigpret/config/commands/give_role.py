"""`./sigpret give_role EMAIL ROLE`: who works in the system, and as what."""

from django.conf import settings
from django.db import ProgrammingError

from sigpret.apps.accounts.queries import password_path
from sigpret.apps.accounts.roles import ROLE_LABELS, Role
from sigpret.apps.institutions.actions import (
    NameNeededError,
    RolePlaceError,
    UnknownPlaceError,
    give_role,
)
from sigpret.apps.institutions.queries import Access
from sigpret.config.commands.arguments import NOT_PREPARED, Arguments, refuse
from sigpret.web.clock import now


def run(arguments: list[str]) -> int:
    """Give the role; prints where a person without a password chooses one."""
    options = parser().parse_args(arguments)
    try:
        given = give_role(
            actor=None,
            access=Access(),
            email=options.email,
            role=Role(options.role),
            institution_code=options.institution,
            sector_code=options.sector,
            full_name=options.name,
            at=now(),
        )
    except (NameNeededError, RolePlaceError, UnknownPlaceError) as problem:
        return refuse(problem)
    except ProgrammingError:
        return refuse(NOT_PREPARED)
    label = ROLE_LABELS[Role(options.role)]
    print(f"{given.user.email} · {label}" + ("" if given.is_new else " (ya lo tenía)"))
    if not given.user.has_usable_password():
        print("Elige su clave en esta dirección, que sirve una vez y por tres días:")
        print(f"  {site()}{password_path(given.user)}")
    return 0


def parser() -> Arguments:
    known = "\n".join(f"{role}: {label}" for role, label in ROLE_LABELS.items())
    arguments = Arguments("give_role", f"Da un papel a una persona. Papeles:\n{known}")
    arguments.add_argument("email", metavar="CORREO")
    arguments.add_argument("role", metavar="PAPEL", choices=[role.value for role in Role])
    arguments.add_argument("--institution", metavar="CÓDIGO", default="")
    arguments.add_argument("--sector", metavar="CÓDIGO", default="")
    arguments.add_argument("--name", metavar="NOMBRE", default="", help="si es una persona nueva")
    return arguments


def site() -> str:
    """Where people reach the product: the first of its names."""
    name = settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else ""
    return "http://127.0.0.1:8000" if settings.DEMO else f"https://{name}"
