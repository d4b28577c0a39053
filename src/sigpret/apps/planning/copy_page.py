"""The earlier plan as offered: which products come along, and how much of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import QueryDict

from sigpret.apps.planning.queries.copying import CopyOffer, OfferedProduct
from sigpret.web.components import ErrorLine
from sigpret.web.formats import TypedNumberError, format_number, parse_number

BRING, LINKS = "producto", "vinculos"
#: Quantities keep four decimals.
DECIMALS = 4


@dataclass(frozen=True, slots=True)
class OfferedRow:
    """A product with its box and its quantity, as drawn; `error` is what was typed wrong."""

    offered: OfferedProduct
    typed: str
    is_brought: bool
    error: str = ""

    @property
    def name(self) -> str:
        return f"cantidad-{self.offered.product.id}"


@dataclass(frozen=True, slots=True)
class TypedCopy:
    """What a person chose: the quantity of each product to bring, and what could not be read."""

    quantities: Mapping[int, Decimal | None] = field(default_factory=dict)
    rows: tuple[OfferedRow, ...] = ()
    keeps_links: bool = True

    @property
    def errors(self) -> tuple[OfferedRow, ...]:
        return tuple(row for row in self.rows if row.error)

    @property
    def lines(self) -> tuple[ErrorLine, ...]:
        """The same for the summary on top, each with the way to its field."""
        return tuple(
            ErrorLine(f"{row.offered.product.key.label}: {row.error}", href=f"#{row.name}")
            for row in self.errors
        )


def proposed_rows(offer: CopyOffer) -> tuple[OfferedRow, ...]:
    """Every product, brought along with its proposal."""
    return tuple(OfferedRow(one, written(one.proposed), is_brought=True) for one in offer.products)


def typed_copy(posted: QueryDict, offer: CopyOffer) -> TypedCopy:
    """The boxes and quantities of the form; what is not one quantity says why."""
    chosen = set(posted.getlist(BRING))
    rows: list[OfferedRow] = []
    quantities: dict[int, Decimal | None] = {}
    for one in offer.products:
        is_brought = str(one.product.id) in chosen
        row = OfferedRow(one, written(one.proposed), is_brought)
        typed = posted.get(row.name, row.typed)
        quantity, error = read(typed)
        rows.append(OfferedRow(one, typed, is_brought, error if is_brought else ""))
        if is_brought and not error:
            quantities[one.product.id] = quantity
    return TypedCopy(quantities, tuple(rows), keeps_links=LINKS in posted)


def read(typed: str) -> tuple[Decimal | None, str]:
    """The quantity somebody typed, or the sentence to show; blank: it is not programmed."""
    try:
        quantity = parse_number(typed)
    except TypedNumberError as problem:
        return None, str(problem)
    return quantity, ""


def written(quantity: Decimal | None) -> str:
    """A quantity as its field holds it; blank when nothing is programmed."""
    if quantity is None:
        return ""
    text = format_number(quantity, DECIMALS)
    return text.rstrip("0").rstrip(".")


def groups_of(
    rows: Iterable[OfferedRow], offer: CopyOffer
) -> tuple[tuple[str, list[OfferedRow]], ...]:
    """The rows under the name of their operational objective, in the order of the plan."""
    by_id = {row.offered.product.id: row for row in rows}
    return tuple(
        (
            f"{objective.number}.{group.number} {group.text}",
            [by_id[product.id] for product in group.products],
        )
        for objective, group in offer.source.groups()
        if group.products
    )
