"""What the screens of a file of execution show, made ready for their templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sigpret.apps.budget.execution_words import CODE_WORDS
from sigpret.apps.budget.queries.executions import ImportFacts
from sigpret.intake.execution.columns import FIELDS, KEY, REQUIRED_AMOUNTS, SEGMENTS
from sigpret.web.components import Counter, Text, Tone

#: Codes written out; the rest are counted.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class LineToPoint:
    """A field of the form and what its column says in the first rows of the file."""

    field: Any
    samples: tuple[str, ...]
    is_required: bool


@dataclass(frozen=True, slots=True)
class LinesToPoint:
    """What a file must say and may say, and the twelve segments of a key that comes apart;
    `shows_segments` when some column stands for one."""

    main: tuple[LineToPoint, ...]
    segments: tuple[LineToPoint, ...]
    shows_segments: bool


@dataclass(frozen=True, slots=True)
class NewGroup:
    """Codes of one catalogue that it does not have: (code, name, how many keys)."""

    label: Text
    kind: str
    count: int
    codes: tuple[tuple[str, str, int], ...]
    more: int


def lines_to_point(form: forms.Form, columns: dict[str, Any]) -> LinesToPoint:
    """Every field with the cells of the column it stands for now: what is required first."""
    sample = columns["layout"]["sample"]

    def lines(names: Iterable[str]) -> tuple[LineToPoint, ...]:
        return tuple(
            LineToPoint(form[name], _cells(sample, form[name].value()), name in REQUIRED_AMOUNTS)
            for name in names
        )

    others = (name for name in FIELDS if name not in (KEY, *SEGMENTS, *REQUIRED_AMOUNTS))
    segments = lines(SEGMENTS)
    shows = any(line.field.value() not in (None, "") for line in segments)
    return LinesToPoint(lines((KEY, *REQUIRED_AMOUNTS, *others)), segments, shows)


def _cells(sample: list[list[str]], said: object) -> tuple[str, ...]:
    """What the column that was chosen says; nothing of one that is not there."""
    text = str(said)
    if not text.isdecimal():
        return ()
    return tuple(row[int(text)] for row in sample if len(row) > int(text) and row[int(text)])


def counters_of(facts: ImportFacts) -> tuple[Counter, ...]:
    """How the rows of the file are told apart."""
    return (
        Counter(facts.rows_read, _("filas leídas")),
        Counter(facts.rows_new, _("nuevas"), Tone.GOOD),
        Counter(facts.rows_changed, _("cambian"), Tone.WARNING),
        Counter(facts.rows_same, _("iguales a lo guardado")),
        Counter(facts.rows_refused, _("rechazadas"), Tone.BAD),
    )


def groups_of_new(new: dict[str, Any]) -> tuple[NewGroup, ...]:
    """The codes nobody knows, by catalogue."""
    return tuple(
        NewGroup(
            label=CODE_WORDS[kind],
            kind=kind,
            count=found["count"],
            codes=tuple((code, name, keys) for code, name, keys in found["codes"][:SHOWN]),
            more=max(found["count"] - SHOWN, 0),
        )
        for kind, found in new.items()
    )
