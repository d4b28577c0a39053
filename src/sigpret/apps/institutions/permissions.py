"""Who may change the State's structure and give people their roles."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import Access


def check_can_administer(actor: User | None, access: Access) -> None:
    """Raise PermissionDenied unless the administration of DIGER acts, or the command line.

    `actor` None is the system itself: whoever has the console of the server has the database.
    """
    if actor is not None and not access.has(Role.ADMINISTRATOR):
        raise PermissionDenied(
            _("Los catálogos y los papeles los da la administración de DIGER. Pídaselo a ella.")
        )
