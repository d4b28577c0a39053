"""Who writes the words of notices and looks after the mail: the administration of DIGER."""

from typing import Protocol

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import Role


class Access(Protocol):
    """What is known of whoever asks; the real one lives in an app above this one."""

    def has(self, *roles: Role) -> bool:
        """Does the person hold any of these roles?"""
        ...


def check_can_administer_notices(access: Access) -> None:
    """Raise PermissionDenied unless the administration of DIGER asks."""
    if not access.has(Role.ADMINISTRATOR):
        raise PermissionDenied(
            _("Los avisos y sus textos los cuida la administración de DIGER. Pídaselo a ella.")
        )
