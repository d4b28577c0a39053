"""Rows copied from a spreadsheet, beside the plan they would change, before anything is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.apps.planning.actions.cells import FIELDS, CellEdit, check_quantity
from sigpret.apps.planning.actions.pasting import NewRow
from sigpret.apps.planning.actions.writing import InvalidRowError
from sigpret.apps.planning.catalogue import KnownCodes, known_codes
from sigpret.apps.planning.plan_closed import shut_fields
from sigpret.apps.planning.plan_page import cells_of
from sigpret.apps.planning.product_text import ProductText
from sigpret.apps.planning.programming import plain_code
from sigpret.apps.planning.queries.outline import PlannedProduct, PlanOutline
from sigpret.intake.spelling import fold
from sigpret.web.formats import TypedNumberError, parse_number

COLUMNS, MOST_ROWS = 9, 500
Quantities = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A row as it would fall on the plan. With a `problem` it is left out of the paste.

    `product` None: a new one, and `new` says it.
    """

    place: int
    name: str
    before: Quantities
    after: Quantities
    product: PlannedProduct | None = None
    new: NewRow | None = None
    problem: str = ""

    @property
    def is_change(self) -> bool:
        return not self.problem and (self.new is not None or self.before != self.after)

    @property
    def cells(self) -> tuple[tuple[Decimal | None, Decimal | None], ...]:
        """Each quantity, before and after."""
        return tuple(zip(self.before, self.after, strict=True))

    def edits(self) -> Iterator[CellEdit]:
        if self.product is not None and not self.problem:
            for name, before, after in zip(FIELDS, self.before, self.after, strict=True):
                if before != after:
                    yield CellEdit(self.product.row.id, name, before, after)


def pasted_lines(
    text: str, outline: PlanOutline, closed: frozenset[str] = frozenset()
) -> tuple[PastedLine, ...]:
    """The rows of a text copied from a spreadsheet; blank lines and its header are left out.

    A row with the code of a product (`2.6`) changes its quantities; one without code is new. One
    that says something else in a quarter of `closed` is left out with its reason.
    """
    products = {product.label: product for product in outline.products}
    codes = known_codes()
    shut = shut_fields(outline.plan.fiscal_year, closed)
    lines = text.replace("\r\n", "\n").split("\n")[: MOST_ROWS + 1]
    rows = ((place, line.split("\t")) for place, line in enumerate(lines, 1) if line.strip())
    return tuple(
        _open(_line(place, _padded(cells), products, codes), shut)
        for place, cells in rows
        if fold(cells[0]) not in {"codigo", "cod"}
    )


def _open(line: PastedLine, shut: Mapping[str, str]) -> PastedLine:
    """The line, with a problem when it writes in a closed quarter."""
    pairs = zip(FIELDS, line.cells, strict=True)
    why = next((shut[name] for name, (old, new) in pairs if name in shut and old != new), "")
    return replace(line, problem=line.problem or why, new=None if why else line.new)


def _padded(cells: list[str]) -> list[str]:
    return [cell.strip() for cell in (cells + [""] * COLUMNS)[:COLUMNS]]


NOTHING: Quantities = (None,) * len(FIELDS)


def _line(
    place: int, cells: list[str], products: Mapping[str, PlannedProduct], codes: KnownCodes
) -> PastedLine:
    label, name = cells[0], cells[1]
    product = products.get(label)
    before = cells_of(product) if product else NOTHING
    shown = name or (product.row.name if product else label)
    if label and product is None:
        problem = _("El plan no tiene el producto %(code)s.") % {"code": label[:20]}
        return PastedLine(place, shown, before, before, problem=problem)
    try:
        after = _quantities(cells[4:])
        new = None if product else NewRow(_text(cells, codes), after)
    except (TypedNumberError, InvalidRowError) as problem_found:
        return PastedLine(place, shown, before, before, product, problem=str(problem_found))
    return PastedLine(place, shown, before, after, product, new)


def _quantities(cells: list[str]) -> Quantities:
    values = tuple(parse_number(cell) for cell in cells)
    for value in values:
        check_quantity(value)
    return values


def _text(cells: list[str], codes: KnownCodes) -> ProductText:
    """A new product's text. Raises InvalidRowError naming what the catalogue lacks."""
    if not cells[1]:
        raise InvalidRowError(_("Escriba el nombre del producto en la segunda columna."))
    unit = _found(cells[2], codes.units)
    if unit is None:
        raise InvalidRowError(
            _("No se reconoce la unidad «%(unit)s»: escriba su código o su nombre.")
            % {"unit": cells[2][:40]}
        )
    often = _found(cells[3], codes.periodicities)
    if often is None:
        raise InvalidRowError(
            _("No se reconoce la periodicidad «%(often)s»: escriba anual, semestral o trimestral.")
            % {"often": cells[3][:40]}
        )
    return ProductText(cells[1], unit, often)


def _found(typed: str, entries: Mapping[str, object]) -> int | None:
    """The id of an entry written by its code, its name, or both (`145 - REPORTE`)."""
    code = typed.partition("-")[0].strip()
    names = {fold(str(getattr(entry, "name", ""))): entry for entry in entries.values()}
    entry = entries.get(plain_code(code)) if code.isdecimal() else names.get(fold(typed))
    pk = getattr(entry, "pk", None)
    return pk if isinstance(pk, int) else None
