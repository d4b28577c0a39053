"""The published versions of the matrix, and what changed between two of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.roles import NATIONAL_READERS, Role
from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.models import Alignment, MatrixVersion, MatrixVersionRow
from sigpret.apps.results.queries.columns import MATRIX_COLUMNS, MatrixRow
from sigpret.apps.results.queries.filters import MatrixFilters
from sigpret.apps.results.queries.matrix import matrix_rows
from sigpret.methodology.values import plain

Content = Mapping[str, Any]
#: Publishing and comparing speak of the whole country, whoever asks.
WHOLE_COUNTRY = Access(roles=frozenset({Role.ADMINISTRATOR}) & NATIONAL_READERS)
RULES = dict(Alignment.RollupRule.choices)
YES_NO = {True: _("sí"), False: _("no")}
ADDED, REMOVED, CHANGED = "added", "removed", "changed"
#: Repeated from other rows: they change there.
REPEATED = frozenset(
    column.name for column in MATRIX_COLUMNS if column.kind == "goals" and "code" not in column.name
)


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A published version; `goals` counts its rows."""

    number: int
    published_at: datetime
    published_by: str
    note: str
    digest: str


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A cell that says something else. Texts as printed; empty when there was nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class GoalDifference:
    """A goal that is new ("added"), gone ("removed"), or says something else ("changed")."""

    kind: str
    code: str
    level: str
    text: str
    cells: tuple[CellDifference, ...] = ()


def matrix_versions() -> tuple[VersionFacts, ...]:
    """Every published version, the newest first."""
    found = MatrixVersion.objects.select_related("published_by").order_by("-number")
    return tuple(
        VersionFacts(
            row.number, row.published_at, str(row.published_by or "SIGPRET"), row.note, row.digest
        )
        for row in found
    )


def current_content() -> dict[str, Content]:
    """What would be published now, by goal."""
    return {row.code: content_of(row) for row in matrix_rows(MatrixFilters(), WHOLE_COUNTRY)}


def content_of(row: MatrixRow) -> dict[str, Any]:
    """A row as a version keeps it: every column as printed text, and its links with weights."""
    cells = {column.name: printed(column.cell(row)) for column in MATRIX_COLUMNS}
    links = [
        {"parent": name.code, "weight": plain(name.weight or Decimal(0)), "rule": name.rule}
        for name in row.serves
    ]
    return {"level": row.level, "cells": cells, "links": links}


def printed(value: Any) -> Any:
    """A cell as JSON text keeps it: numbers exact and plain, periods as they are."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return {period: plain(number) for period, number in value.items()}
    return value


def version_content(number: int) -> dict[str, Content]:
    """What a version said, by goal."""
    rows = MatrixVersionRow.objects.filter(version__number=number).order_by("goal_code")
    return dict(rows.values_list("goal_code", "content"))


def version_differences(before: int, after: int | None) -> tuple[GoalDifference, ...]:
    """What changed from one version to another, goal by goal and cell by cell, by code.

    `after` None is the matrix as it is now. A version nobody published has no rows.
    """
    old = version_content(before)
    new = current_content() if after is None else version_content(after)
    found = (difference(code, old.get(code), new.get(code)) for code in sorted({*old, *new}))
    return tuple(one for one in found if one is not None)


def difference(code: str, old: Content | None, new: Content | None) -> GoalDifference | None:
    shown = new or old or {}
    level, text = str(shown["level"]), str(shown["cells"].get("text", ""))
    if old is None or new is None:
        return GoalDifference(ADDED if old is None else REMOVED, code, level, text)
    cells = tuple(changed_cells(old, new))
    return GoalDifference(CHANGED, code, level, text, cells) if cells else None


def changed_cells(old: Content, new: Content) -> list[CellDifference]:
    labels = {column.name: str(column.label) for column in MATRIX_COLUMNS}
    before, after = flat(old), flat(new)
    return [
        CellDifference(labelled(name, labels), before.get(name, ""), after.get(name, ""))
        for name in dict.fromkeys((*before, *after))
        if before.get(name, "") != after.get(name, "")
    ]


def labelled(name: str, labels: Mapping[str, str]) -> str:
    """`multi_year/2027` reads `Metas plurianuales 2027`; a link says where it leads."""
    column, _slash, part = name.partition("/")
    if column == "link":
        return part
    return f"{labels.get(column, column)} {part}".strip()


def flat(content: Content) -> dict[str, str]:
    """One text per cell: periods apart, and each link on its own."""
    found: dict[str, str] = {}
    for name, value in content["cells"].items():
        if name in REPEATED:
            continue
        if isinstance(value, Mapping):
            found |= {f"{name}/{period}": str(number) for period, number in value.items()}
        elif value is not None and value != "":
            found[name] = str(YES_NO[value]) if isinstance(value, bool) else str(value)
    for link in content["links"]:
        found[f"link/→ {link['parent']}"] = f"{link['weight']} % · {RULES.get(link['rule'], '')}"
    return found
