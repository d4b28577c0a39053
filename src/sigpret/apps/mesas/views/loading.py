"""What every screen of a mesa starts from: the mesa, what the person is in it, where they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.apps.mesas.permissions import check_can_read
from sigpret.apps.mesas.queries import Mesa, Standing, standing_in, with_overdue
from sigpret.web.components import Crumb
from sigpret.web.navigation import ShownEntry, ShownGroup, address, show_place

#: The nouns of a mesa, in the same order everywhere; those not installed disappear.
PLACES = (
    (gettext_lazy("Resumen"), "mesas:summary", "grid"),
    (gettext_lazy("Reuniones"), "mesas:meetings", "calendar"),
    (gettext_lazy("Acuerdos"), "mesas:agreements", "flag"),
    (gettext_lazy("Plan de trabajo"), "mesas:work_plan", "document"),
    (gettext_lazy("Miembros"), "mesas:members", "people"),
    (gettext_lazy("Metas del sector"), "mesas:goals", "target"),
    (gettext_lazy("Productos"), "mesas:products", "file"),
    (gettext_lazy("Documentos"), "mesas:documents", "clip"),
)


#: What belongs to a noun and does not stand below it.
ELSEWHERE = {"mesas:members": ("grupos",), "mesas:meetings": ("convocar", "r/")}


@dataclass(frozen=True, slots=True)
class MesaPage:
    """One person before one mesa on a day; `sector` is already joined to `mesa`."""

    mesa: Mesa
    standing: Standing
    slug: str
    name: str
    on: date

    def crumbs(self, *steps: Crumb) -> tuple[Crumb, ...]:
        """`Mesas sectoriales / MESGEPRET Salud / …`; without steps the mesa is the last one."""
        here = address("mesas:summary", self.slug) if steps else ""
        title = _("MESGEPRET %(name)s") % {"name": self.name}
        return (
            Crumb(_("Mesas sectoriales"), address("mesas:mesas")),
            Crumb(title, here),
            *steps,
        )

    def context(self, *steps: str | Crumb, **more: object) -> Mapping[str, Any]:
        """What `mesas/base.html` needs, and the rest of the page; a plain step has no address."""
        trail = tuple(step if isinstance(step, Crumb) else Crumb(step) for step in steps)
        return {
            "mesa_page": self,
            "mesa": self.mesa,
            "standing": self.standing,
            "slug": self.slug,
            "crumbs": self.crumbs(*trail),
            **more,
        }


def mesa_page(request: HttpRequest, slug: str) -> MesaPage:
    """The mesa of an address for a person who may read it; four statements.

    Its nouns take their place in the menu. Raises Http404, PermissionDenied.
    """
    on: date = request.as_of  # type: ignore[attr-defined]
    found = with_overdue(slug, on=on)
    if found is None:
        raise Http404(_("No existe la mesa «%(slug)s».") % {"slug": slug[:50]})
    mesa, overdue = found
    standing = standing_in(mesa, request.access, on=on)  # type: ignore[attr-defined]
    check_can_read(standing)
    page = MesaPage(mesa, standing, slug, mesa.sector.name, on)
    show_place(request, place_of(request, page, overdue))
    return page


def place_of(request: HttpRequest, page: MesaPage, overdue: int) -> ShownGroup:
    """The menu of one mesa, with how many agreements are late."""
    return ShownGroup(
        _("MESGEPRET %(name)s") % {"name": page.name},
        tuple(
            ShownEntry(
                label,
                url,
                icon,
                is_on=is_inside(request.path, url, name),
                count=overdue if name == "mesas:agreements" else 0,
                counted=_("vencidos"),
            )
            for label, name, icon in PLACES
            if (url := address(name, page.slug))
        ),
    )


def is_inside(path: str, url: str, name: str) -> bool:
    """The summary is only itself: every other address of the mesa begins like it. Its groups are
    made of its members; what is called and held are its meetings."""
    mesa, _slash, _noun = url.rpartition("/")
    if path.startswith(tuple(f"{mesa}/{other}" for other in ELSEWHERE.get(name, ()))):
        return True
    return path == url or (name != "mesas:summary" and path.startswith(f"{url}/"))
