"""The kinds of notice as data. Each app registers its own when it starts (`AppConfig.ready`)."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.roles import Role

Text = str | Promise


class Channel(StrEnum):
    """How a notice reaches somebody."""

    APP = "app"
    EMAIL = "email"


class Mode(StrEnum):
    """When it does: at once, in the summary of Monday, never."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    OFF = "off"


class UnknownKindError(LookupError):
    """Nobody registered a kind of notice with this code: a mistake of the program."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A fact of a notice: `{word}` in the template is `context[name]` of whoever notifies."""

    name: str
    word: str
    example: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice.

    `subject` and `text` are the templates used while the administration has written no other;
    they also travel by e-mail, so they never name a person. `about` is a template of what the
    notice speaks of, the heading it is listed under. `action` is the verb of the one button,
    `email` the mode of whoever has chosen none. `is_listed=False` keeps a kind out of the page
    of notices and of the bell. `roles` are those who may get it at all, and so choose about it;
    empty: everybody.
    """

    code: str
    label: Text
    subject: Text
    text: Text
    action: Text
    variables: tuple[Variable, ...] = ()
    about: Text = ""
    email: Mode = Mode.AT_ONCE
    icon: str = "bell"
    is_listed: bool = True
    roles: frozenset[Role] = frozenset()

    def concerns(self, roles: Collection[Role]) -> bool:
        """May somebody with these roles get it?"""
        return not self.roles or not self.roles.isdisjoint(roles)


_KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Add kinds; registering a code again replaces it."""
    for kind in kinds:
        _KINDS[kind.code] = kind


def kind_of(code: str) -> Kind:
    """The kind with this code. Raises UnknownKindError."""
    try:
        return _KINDS[code]
    except KeyError:
        raise UnknownKindError(code) from None


def find_kind(code: str) -> Kind | None:
    """The kind with this code; None when no installed part of the product gives it any more."""
    return _KINDS.get(code)


def all_kinds() -> tuple[Kind, ...]:
    """Every kind, in the order they were registered."""
    return tuple(_KINDS.values())


DIGEST = Kind(
    code="digest",
    label=_("Resumen del lunes"),
    subject=_("Su semana: {resumen}"),
    text=_("Esto es lo que tiene pendiente y lo que no ha leído."),
    action=_("Ver mis pendientes"),
    variables=(Variable("summary", "resumen", "4 pendientes y 2 avisos sin leer"),),
    icon="calendar",
    is_listed=False,
)
register(DIGEST)
