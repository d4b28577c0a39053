"""The menu as data: who sees which noun. At most 7 groups and 12 entries for any one role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from sigpret.web.bell import bell_of
from sigpret.web.session import WARNING, seconds_at_most, seconds_left

Text = str | Promise

INSTITUTION = frozenset({"registrar", "approver"})
DIGER = frozenset({"analyst", "statistician", "administrator"})
MESA = frozenset({"mesa_coordinator", "mesa_member", "political_coordinator"})
COMMAND = frozenset({"presidency"})
OVERSIGHT = frozenset({"auditor"})
ANALYST = frozenset({"analyst"})
ADMINISTRATOR = frozenset({"administrator"})
EVERYBODY = INSTITUTION | DIGER | MESA | COMMAND | OVERSIGHT
DECIDING = COMMAND | OVERSIGHT | frozenset({"political_coordinator"})
BOARD = COMMAND | OVERSIGHT | DIGER | frozenset({"political_coordinator"})


OWN_WORK = _("Mi trabajo")


@dataclass(frozen=True, slots=True)
class Entry:
    """One noun of the menu, shown to its roles."""

    label: Text
    url_name: str
    icon: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and its entries, in the same order for everybody."""

    label: Text
    entries: tuple[Entry, ...]


MENU: tuple[Group, ...] = (
    Group(
        _("Mando"),
        (
            Entry(_("Tablero"), "evaluation:board", "grid", BOARD),
            Entry(_("Decisiones"), "mesas:decisions", "signature", DECIDING),
        ),
    ),
    Group(
        OWN_WORK,
        (
            Entry(_("Mis pendientes"), "pending", "home", EVERYBODY - COMMAND),
            Entry(_("Reporte trimestral"), "monitoring:current_report", "pencil", INSTITUTION),
            Entry(
                _("Evidencias"),
                "monitoring:evidence_library",
                "clip",
                INSTITUTION | ANALYST | OVERSIGHT,
            ),
            Entry(_("Validar reportes"), "monitoring:review_queue", "check", ANALYST),
            Entry(_("Observaciones"), "monitoring:threads", "comment", INSTITUTION | ANALYST),
            Entry(
                _("Visitas de campo"),
                "evaluation:visits",
                "map",
                INSTITUTION | ANALYST | ADMINISTRATOR | OVERSIGHT,
            ),
            Entry(_("Seguimiento"), "monitoring:deliveries", "clock", ANALYST | ADMINISTRATOR),
            Entry(_("Calendario"), "monitoring:calendar", "calendar", INSTITUTION),
            Entry(_("Cierre del trimestre"), "evaluation:current_closing", "lock", ADMINISTRATOR),
        ),
    ),
    Group(
        _("Planificación"),
        (
            Entry(_("POA"), "planning:plans", "document", EVERYBODY - COMMAND - MESA),
            Entry(_("Matriz de resultados"), "evaluation:chain", "chain", EVERYBODY),
            Entry(_("Importar"), "imports:start", "upload", INSTITUTION | ADMINISTRATOR),
        ),
    ),
    Group(
        _("Resultados"),
        (Entry(_("Evaluación"), "evaluation:own", "bars", EVERYBODY - MESA),),
    ),
    Group(
        _("Coordinación"),
        (Entry(_("Mesas sectoriales"), "mesas:mesas", "people", EVERYBODY),),
    ),
    Group(
        _("Administración"),
        (Entry(_("Avisos y correo"), "notices:administration", "mail", ADMINISTRATOR),),
    ),
    Group(_("Ayuda"), (Entry(_("Cómo se calcula"), "portal:methodology", "comment", EVERYBODY),)),
)

PORTAL_MENU: tuple[tuple[Text, str], ...] = (
    (_("Promesas"), "portal:promises"),
    (_("Reprogramaciones"), "portal:reprogramming"),
    (_("Mesas"), "portal:minutes_index"),
    (_("Cómo funciona"), "portal:methodology"),
)


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """`count` is what is overdue there, in the words of `counted`; nothing is not shown."""

    label: Text
    url: str
    icon: str = ""
    is_on: bool = False
    count: int = 0
    counted: Text = ""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    label: Text
    entries: tuple[ShownEntry, ...] = field(default_factory=tuple)


def address(url_name: str, *args: object) -> str:
    """The address of a view, or nothing when that part of the product is not installed."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return ""


def menu_for(request: HttpRequest, groups: Iterable[Group] = MENU) -> tuple[ShownGroup, ...]:
    """What this person sees; nothing without a role. Groups left empty disappear."""
    roles = frozenset(getattr(request, "roles", None) or ())
    offered = [
        (group.label, [(e, address(e.url_name)) for e in group.entries if e.roles & roles])
        for group in groups
    ]
    here = _deepest(request.path, [url for _label, entries in offered for _entry, url in entries])
    shown = (
        ShownGroup(
            label,
            tuple(
                ShownEntry(entry.label, url, entry.icon, is_on=url == here)
                for entry, url in entries
                if url
            ),
        )
        for label, entries in offered
    )
    return _with_place(tuple(group for group in shown if group.entries), request)


def show_place(request: HttpRequest, place: ShownGroup) -> None:
    """Put the nouns of the place this page belongs to in the menu, after one's own work."""
    request.place = place  # type: ignore[attr-defined]


def _with_place(groups: tuple[ShownGroup, ...], request: HttpRequest) -> tuple[ShownGroup, ...]:
    place: ShownGroup | None = getattr(request, "place", None)
    if place is None or not groups:
        return groups
    here = next((at for at, group in enumerate(groups) if group.label == OWN_WORK), 0) + 1
    # One entry is where the person is: that of the place, not the list it came from.
    others = tuple(_without_mark(group) for group in groups)
    return (*others[:here], place, *others[here:])


def _without_mark(group: ShownGroup) -> ShownGroup:
    return ShownGroup(group.label, tuple(replace(entry, is_on=False) for entry in group.entries))


def portal_menu(request: HttpRequest) -> tuple[ShownEntry, ...]:
    """The citizens' menu."""
    found = ((label, address(name)) for label, name in PORTAL_MENU)
    return tuple(
        ShownEntry(label, url, is_on=_is_inside(request.path, url)) for label, url in found if url
    )


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context processor of both layouts; nothing is computed until a template asks."""
    return {
        "demo": getattr(settings, "DEMO", False),
        "menu": SimpleLazyObject(lambda: menu_for(request)),
        "portal_menu": SimpleLazyObject(lambda: portal_menu(request)),
        "portal_home": address("portal:home") or "/",
        "work_home": address("pending") or "/",
        "bell_url": address("notices:inbox"),
        "bell": SimpleLazyObject(lambda: bell_of(request)),
        "session_left": SimpleLazyObject(lambda: seconds_left(request)),
        "session_most": SimpleLazyObject(lambda: seconds_at_most(request)),
        "session_warning": WARNING,
        "affiliation": SimpleLazyObject(lambda: affiliation(request)),
    }


def affiliation(request: HttpRequest) -> str:
    """What stands under the person's name: their post."""
    return str(getattr(request.user, "position", ""))


def _deepest(path: str, urls: Iterable[str]) -> str:
    """One entry is where the person is: the nearest of those whose address holds this one."""
    return max((url for url in urls if url and _is_inside(path, url)), key=len, default="")


def _is_inside(path: str, url: str) -> bool:
    return path == url or (len(url) > 1 and path.startswith(url.rstrip("/") + "/"))
