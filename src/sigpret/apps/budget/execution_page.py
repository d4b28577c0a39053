"""What the screens of a file of execution show, made ready for their templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sigpret.apps.budget.execution_words import CODE_WORDS
from sigpret.apps.budget.queries.executions import ImportFacts
from sigpret.intake.execution.columns import FIELDS
from sigpret.web.components import Counter, Text, Tone

#: Codes written out; the rest are counted.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class LineToPoint:
    """A field of the form and what its column says in the first rows of the file."""

    field: Any
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewGroup:
    """Codes of one catalogue that it does not have: (code, name, how many keys)."""

    label: Text
    kind: str
    count: int
    codes: tuple[tuple[str, str, int], ...]
    more: int


def lines_to_point(form: forms.Form, columns: dict[str, Any]) -> tuple[LineToPoint, ...]:
    """Every field with the cells of the column it stands for now."""
    sample, mapping = columns["layout"]["sample"], columns["mapping"]
    return tuple(LineToPoint(form[name], _cells(sample, mapping.get(name))) for name in FIELDS)


def _cells(sample: list[list[str]], place: int | None) -> tuple[str, ...]:
    if place is None:
        return ()
    return tuple(row[place] for row in sample if len(row) > place and row[place])


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
