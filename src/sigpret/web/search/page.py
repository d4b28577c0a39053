"""The results of a search as a person reads them: by kind, with what was looked for marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.web.navigation import ShownGroup
from sigpret.web.search.registry import HEADINGS, Kind, SearchHit, Text
from sigpret.web.search.words import SearchWords


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit with its title in pieces: (text, was it looked for?)."""

    hit: SearchHit
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class HitGroup:
    """A heading and its hits."""

    heading: Text
    hits: tuple[ShownHit, ...]


def grouped(hits: Iterable[SearchHit], words: SearchWords) -> tuple[HitGroup, ...]:
    """The hits under their headings, in the order of the headings; empty ones disappear."""
    by_kind: dict[Kind, list[ShownHit]] = {}
    for hit in hits:
        by_kind.setdefault(hit.kind, []).append(ShownHit(hit, words.split(str(hit.title))))
    return tuple(
        HitGroup(heading, tuple(by_kind[kind]))
        for kind, heading in HEADINGS.items()
        if kind in by_kind
    )


def menu_hits(menu: Iterable[ShownGroup], words: SearchWords) -> list[SearchHit]:
    """The pages of the person's menu that have the words; all of them without words.

    Help is the last group of every menu.
    """
    groups = tuple(menu)
    entries = [
        SearchHit(
            Kind.HELP if group is groups[-1] else Kind.PAGE,
            entry.label,
            entry.url,
            group.label,
            icon=entry.icon,
        )
        for group in groups
        for entry in group.entries
    ]
    return [hit for hit in entries if not words or words.match(f"{hit.title} {hit.detail}")]


def summary(count: int, words: SearchWords, instead: SearchWords | None = None) -> str:
    """What the search says aloud: `8 resultados para «banda».` `instead` is what was looked for
    because there was nothing with what was typed."""
    if not words:
        return ""
    if instead is not None:
        return _("No hay resultados para «%(words)s». Se buscó «%(instead)s».") % {
            "words": words.text,
            "instead": instead.text,
        }
    if not count:
        return _("No hay resultados para «%(words)s».") % {"words": words.text}
    counted = ngettext("%(n)d resultado", "%(n)d resultados", count) % {"n": count}
    return _("%(counted)s para «%(words)s».") % {"counted": counted, "words": words.text}
