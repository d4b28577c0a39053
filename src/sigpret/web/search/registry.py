"""What can be found: apps register providers, the search asks them all.

A provider lives in its own app (`planning/search.py`) and `config/wiring.py` registers it, so
that the search knows no app by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sigpret.web.search.words import SearchWords

Text = str | Promise


class Kind(StrEnum):
    """Where a hit stands among the results, in the order in which they are read."""

    GOAL = "goal"
    ACTION = "action"
    PRODUCT = "product"
    INSTITUTION = "institution"
    ROUND = "round"
    DOCUMENT = "document"
    PAGE = "page"
    HELP = "help"


HEADINGS: dict[Kind, Text] = {
    Kind.GOAL: _("Metas e indicadores"),
    Kind.ACTION: _("Acciones"),
    Kind.PRODUCT: _("Productos del POA"),
    Kind.INSTITUTION: _("Instituciones y sectores"),
    Kind.ROUND: _("Trimestres"),
    Kind.DOCUMENT: _("Acuerdos y documentos"),
    Kind.PAGE: _("Páginas"),
    Kind.HELP: _("Ayuda"),
}


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something found, with the one address it leads to.

    `detail` says where it stands ("414 · producto 3.2"). `status` is a code of
    `web.statuses` and takes the place of the icon.
    """

    kind: Kind
    title: Text
    url: str
    detail: Text = ""
    status: str | None = None
    icon: str = "document"


Provider = Callable[[Any, SearchWords], Iterable[SearchHit]]
ProviderT = TypeVar("ProviderT", bound=Provider)
ActionProvider = Callable[[Any, datetime], Iterable[SearchHit]]
ActionProviderT = TypeVar("ActionProviderT", bound=ActionProvider)

TextProvider = Callable[[Any], Iterable[str]]

_PROVIDERS: list[Provider] = []
_TEXTS: list[TextProvider] = []
_ACTIONS: list[ActionProvider] = []


def register(provider: ProviderT) -> ProviderT:
    """Adds a provider `(access, words) -> hits`, the best first, at most a screenful, already
    limited to what the person may read. Registering it twice is one registration."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)
    return provider


def register_action(provider: ActionProviderT) -> ActionProviderT:
    """Adds a provider `(access, now) -> hits` of everything a person can do now ("Reportar el III
    trimestre"): the search keeps those whose title or detail has the words."""
    if provider not in _ACTIONS:
        _ACTIONS.append(provider)
    return provider


def register_texts(provider: TextProvider) -> TextProvider:
    """Adds a provider `(access) -> texts` the person may read: whose words a search with nothing
    found is compared with."""
    if provider not in _TEXTS:
        _TEXTS.append(provider)
    return provider


def texts(access: object) -> Iterator[str]:
    """Every text there is to compare with; asked only when nothing was found."""
    return (text for provider in _TEXTS for text in provider(access))


def found(access: object, words: SearchWords, now: datetime) -> tuple[SearchHit, ...]:
    """Everything a person may reach with these words. Nothing without words but the actions."""
    objects = [hit for provider in _PROVIDERS for hit in provider(access, words)] if words else []
    return (*objects, *actions(access, words, now))


def actions(access: object, words: SearchWords, now: datetime) -> tuple[SearchHit, ...]:
    """What a person can do now; of it, what has the words, when there are any."""
    offered = (hit for provider in _ACTIONS for hit in provider(access, now))
    return tuple(hit for hit in offered if not words or words.match(f"{hit.title} {hit.detail}"))
