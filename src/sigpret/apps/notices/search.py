"""What the search offers of notices: the page, the choices, and the words for who writes them."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import Role
from sigpret.apps.notices.permissions import Access
from sigpret.web.search import Kind, SearchHit


def notice_actions(access: Access, now: datetime) -> Iterator[SearchHit]:
    """No statement: everybody has the same, and the administration one more."""
    yield SearchHit(
        Kind.ACTION,
        _("Leer mis avisos"),
        reverse("notices:inbox"),
        _("notificaciones, correos, lo que no ha leído"),
        icon="bell",
    )
    yield SearchHit(
        Kind.ACTION,
        _("Elegir mis avisos y mi calendario"),
        reverse("notices:preferences"),
        _("preferencias, correo, Outlook, Google, silenciar"),
        icon="gear",
    )
    if access.has(Role.ADMINISTRATOR):
        yield SearchHit(
            Kind.ACTION,
            _("Cambiar el texto de un aviso"),
            reverse("notices:administration"),
            _("plantillas, correos que no salieron, reintentar"),
            icon="mail",
        )
