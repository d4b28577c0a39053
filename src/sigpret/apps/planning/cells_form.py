"""The cells of the plan as they come from the page: what each row said, and what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from sigpret.apps.planning.actions.cells import FIELDS, CellEdit, check_quantity
from sigpret.apps.planning.actions.writing import InvalidRowError
from sigpret.web.formats import TypedNumberError, parse_number

SEEN = re.compile(r"p(\d{1,15})-seen")
LONGEST = 60


@dataclass(slots=True)
class TypedRows:
    """What can be written, and what cannot: sentences by product and field, with what was typed."""

    edits: list[CellEdit] = field(default_factory=list)
    problems: dict[int, dict[str, str]] = field(default_factory=dict)
    typed: dict[int, dict[str, str]] = field(default_factory=dict)
    products: set[int] = field(default_factory=set)


def typed_rows(posted: Mapping[str, str], shut: Mapping[str, str] | None = None) -> TypedRows:
    """The rows of a request. A cell nobody touched is no edit, so two people do not meet in it.

    Of a row sent with `-use` nothing is written; one with `-keep` writes over the other person;
    `-fix` carries one datum, as a finding offers it (`3:2`). `shut` says why a field is not
    written any more: its quarter closed while somebody had the page open.
    """
    rows = TypedRows()
    for name, said in posted.items():
        match = SEEN.fullmatch(name)
        seen = _seen(said) if match else None
        if match is None or seen is None:
            continue
        product_id = int(match[1])
        rows.products.add(product_id)
        if f"p{product_id}-use" not in posted:
            _read(rows, product_id, seen, posted, shut or {})
    return rows


Seen = tuple[Decimal | None, ...]


def _seen(said: str) -> Seen | None:
    """The row as its reader saw it; None for what the page never wrote."""
    parts = said[: LONGEST * len(FIELDS)].split("|")
    try:
        seen = tuple(Decimal(part) if part else None for part in parts)
    except InvalidOperation:
        return None
    is_ours = all(one is None or one.is_finite() for one in seen)
    return seen if is_ours and len(seen) == len(FIELDS) else None


def _read(
    rows: TypedRows,
    product_id: int,
    seen: Seen,
    posted: Mapping[str, str],
    shut: Mapping[str, str],
) -> None:
    is_kept = f"p{product_id}-keep" in posted
    for name, text, before in _typed(product_id, seen, posted):
        try:
            value = parse_number(text[:LONGEST])
            check_quantity(value)
            if value != before and name in shut:
                raise InvalidRowError(shut[name])
        except (TypedNumberError, InvalidRowError) as problem:
            rows.problems.setdefault(product_id, {})[name] = str(problem)
            rows.typed.setdefault(product_id, {})[name] = text[:LONGEST]
            continue
        if value != before:
            rows.edits.append(CellEdit(product_id, name, before, value, is_kept))


def _typed(
    product_id: int, seen: Seen, posted: Mapping[str, str]
) -> Iterator[tuple[str, str, Decimal | None]]:
    """Each cell of a row that came, with what its reader saw."""
    fixed, _colon, repair = posted.get(f"p{product_id}-fix", "").partition(":")
    for place, (name, before) in enumerate(zip(FIELDS, seen, strict=True)):
        text = posted.get(f"p{product_id}-{place}")
        if fixed == name:
            text = repair
        if text is not None:
            yield name, text, before
