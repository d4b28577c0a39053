"""What a workbook of a plan would change: each of its rows against the product as it is now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sigpret.apps.imports.workbooks.content import LotContent
from sigpret.apps.imports.workbooks.plain import plain_number
from sigpret.apps.imports.workbooks.plan_out import (
    NOTHING,
    NUMBERS,
    OF_NEW_ROWS,
    PlanLists,
    canonical,
    digest,
    key_of,
    place_of,
    plan_columns,
    stored,
)
from sigpret.apps.imports.workbooks.preview import (
    Dispute,
    Merged,
    Preview,
    PreviewCell,
    PreviewRow,
    RowState,
    chosen,
    compared,
)
from sigpret.apps.imports.workbooks.problems import Cause, CellProblemError, Problem
from sigpret.apps.imports.workbooks.typed import number_of, option_of, refused, shown, text_of
from sigpret.apps.planning.queries.whole import WholePlan, WholeProduct
from sigpret.intake.workbooks.cells import CellKind, ReadCell
from sigpret.intake.workbooks.table import TableRow
from sigpret.web.formats import format_number

NEW = "nueva-"
LONG = frozenset({"name", "verification"})
REQUIRED = ("place", "name", "unit", "periodicity")
LONGEST_UNIT = 200


class Empty:
    """Somebody wrote that nothing is programmed, which a blank cell does not say."""

    def __str__(self) -> str:
        return ""


EMPTY = Empty()


@dataclass(frozen=True, slots=True)
class ProductChange:
    """What to write of a product: `values` by key of the columns that differ; `product` is None
    for one that is new, and then `values` has everything."""

    product: WholeProduct | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlanLot:
    """A lot beside the plan as it stands now. `closed` says why nobody may write it, or is empty;
    `shut` says it of the columns of quarters that closed; `writers` reads who wrote a product last.
    """

    plan: WholePlan
    lists: PlanLists
    content: LotContent
    corrections: Mapping[str, Mapping[str, str]]
    decisions: Mapping[str, Mapping[str, Any]]
    writers: Callable[[int], tuple[str, Any]]
    closed: str = ""
    shut: Mapping[str, str] = field(default_factory=dict)

    def preview(self) -> Preview:
        """Every row that differs or is new, with what keeps it from being applied."""
        repeated = self.content.table.repeated
        products = {key_of(product): product for product in self.plan.products()}
        found = []
        for line in self.content.table.rows:
            if line.identifier in repeated:
                found.append(_repeated(line, repeated[line.identifier]))
            elif line.identifier in products:
                found.append(ProductReader(line, self, products[line.identifier]).read())
            elif line.identifier:
                found.append(_stranger(line))
            elif line.cells:
                found.append(NewProductReader(line, self).read())
        present = {line.identifier for line in self.content.table.rows}
        differing = tuple(row for row in found if row.state is not RowState.SAME)
        return Preview(
            differing,
            same=len(found) - len(differing),
            absent=sum(key not in present for key in products),
        )


def _repeated(line: TableRow, numbers: tuple[int, ...]) -> PreviewRow:
    sentence = _("El identificador está en las filas %(rows)s. Deje una sola.")
    problem = Problem(Cause.REPEATED, sentence % {"rows": ", ".join(map(str, numbers))})
    return _wrong(line, problem)


def _stranger(line: TableRow) -> PreviewRow:
    sentence = _("El identificador «%(id)s» no es de un producto de este plan.")
    return _wrong(line, Problem(Cause.UNKNOWN, sentence % {"id": line.identifier[:40]}))


def _wrong(line: TableRow, problem: Problem) -> PreviewRow:
    name = line.identifier[:40]
    return PreviewRow(line.identifier, line.number, name, "", RowState.ERROR, problem=problem)


class LineReader:
    """What the reader of a product there is and of a new one share."""

    def __init__(self, line: TableRow, lot: PlanLot) -> None:
        self.line, self.lot = line, lot
        self.identifier = line.identifier or f"{NEW}{line.number}"
        self.corrected = lot.corrections.get(self.identifier, {})
        self.headers = {column.key: column.header for column in plan_columns()}

    def cell(self, key: str) -> ReadCell | None:
        if key in self.corrected:
            return ReadCell(CellKind.TEXT, self.corrected[key])
        return self.line.cells.get(key)

    def value(self, key: str) -> Any:
        """What the cell says, None when blank. Raises CellProblemError."""
        cell = self.cell(key)
        if cell is None:
            return None
        if key in NUMBERS:
            return quantity_of(cell)
        if options := self.lot.lists.options(key):
            return option_of(cell, options) or None
        text = canonical(text_of(cell))
        if key == "responsible" and len(text) > LONGEST_UNIT:
            raise refused(Cause.TOO_LONG, _("Escriba a lo sumo 200 letras."))
        return text or None

    def shown_cell(self, key: str, before: Any, after: Any, problem: Problem | None) -> PreviewCell:
        raw = self.cell(key)
        return PreviewCell(
            key=key,
            header=self.headers[key],
            address=f"{self.lot.content.table.letters.get(key, '')}{self.line.number}",
            before=self.words(key, before),
            after=self.words(key, after),
            typed=shown(raw) if raw else "",
            problem=problem,
            options=self.lot.lists.options(key) if problem else (),
            is_long=key in LONG,
        )

    def words(self, key: str, value: Any) -> str:
        """A value as people read it."""
        if value is None:
            return ""
        if value is EMPTY:
            return _("no se programa")
        if isinstance(value, Decimal):
            _whole, _point, decimals = plain_number(value).partition(".")
            return format_number(value, len(decimals))
        return dict(self.lot.lists.options(key)).get(str(value), str(value))

    def shut(self, keys: Iterable[str]) -> dict[str, Problem]:
        """Of these columns, those of a quarter that closed."""
        sentences = self.lot.shut
        return {key: Problem(Cause.LOCKED, sentences[key]) for key in keys if key in sentences}

    def decided(self, version: int) -> str:
        return chosen(self.lot.decisions, self.identifier, version)

    def refusal(self) -> Problem:
        sentence = str(self.lot.decisions[self.identifier].get("sentence", ""))
        return Problem(Cause.REFUSED, sentence)


class ProductReader(LineReader):
    """A row of the file against the product it names."""

    def __init__(self, line: TableRow, lot: PlanLot, product: WholeProduct) -> None:
        super().__init__(line, lot)
        self.product = product
        self.base = lot.content.base.get(line.identifier, {})

    def read(self) -> PreviewRow:
        """What would become of the product."""
        keys = (key for key in self.lot.content.table.letters if key not in OF_NEW_ROWS)
        changed, problems = compared(keys, self.merged, self.is_stored)
        if not changed and not problems:
            return self.made(RowState.SAME, changed, problems)
        return self.judged(changed, problems | self.shut(changed))

    def judged(self, changed: Mapping[str, Merged], problems: Mapping[str, Problem]) -> PreviewRow:
        if self.lot.closed:
            problem = Problem(Cause.LOCKED, self.lot.closed)
            return self.made(RowState.ERROR, changed, {}, problem)
        if problems:
            return self.made(RowState.ERROR, changed, problems)
        choice = self.decided(self.product.version)
        if choice == "refused":
            return self.made(RowState.ERROR, changed, {}, self.refusal())
        if any(one.is_disputed for one in changed.values()) and choice != "mine":
            state = RowState.SAME if choice == "theirs" else RowState.CONFLICT
            return self.made(state, changed, {})
        return self.made(RowState.CHANGE, changed, {})

    def is_stored(self, key: str, value: Any) -> bool:
        return canonical(value) == canonical(stored(self.product, key))

    def merged(self, key: str) -> Merged:
        """Three ways: what the file says, what it said when downloaded, what is stored now."""
        current, typed = stored(self.product, key), self.value(key)
        said = canonical(typed)
        if typed is None or said == canonical(current) or digest(typed) == self.base.get(key):
            return Merged(current)
        return Merged(typed, is_disputed=digest(current) != self.base.get(key))

    def made(
        self,
        state: RowState,
        changed: Mapping[str, Merged],
        problems: Mapping[str, Problem],
        row_problem: Problem | None = None,
    ) -> PreviewRow:
        keys = [key for key in self.headers if key in changed or key in problems]
        return PreviewRow(
            identifier=self.identifier,
            number=self.line.number,
            code=self.product.key.label,
            name=self.product.name,
            state=state,
            cells=tuple(
                self.shown_cell(
                    key,
                    stored(self.product, key),
                    changed[key].value if key in changed else None,
                    problems.get(key),
                )
                for key in keys
            ),
            problem=row_problem,
            dispute=self.dispute() if state is RowState.CONFLICT else None,
            change=ProductChange(self.product, {key: one.value for key, one in changed.items()})
            if state is RowState.CHANGE
            else None,
        )

    def dispute(self) -> Dispute:
        by, at = self.lot.writers(self.product.id)
        return Dispute(by, at, self.product.version)


class NewProductReader(LineReader):
    """A row without identifier: a product somebody adds."""

    def read(self) -> PreviewRow:
        """The new product, or what it still lacks."""
        values: dict[str, Any] = {}
        problems: dict[str, Problem] = {}
        for key in self.headers:
            try:
                value = self.value(key)
            except CellProblemError as error:
                problems[key] = error.problem
                continue
            if value is not None and key != "code":
                values[key] = value
        problems |= {key: one for key, one in lacking(values, self.headers) if key not in problems}
        problems |= self.shut(key for key, value in values.items() if value is not EMPTY)
        if self.lot.closed:
            return self.made(values, {}, Problem(Cause.LOCKED, self.lot.closed))
        namesake = self.namesake(values)
        if namesake is not None:
            problem = Problem(Cause.REPEATED, already_there(namesake.key.label))
            return self.made(values, problems, problem)
        if self.decided(0) == "refused":
            return self.made(values, {}, self.refusal())
        return self.made(values, problems)

    def namesake(self, values: Mapping[str, Any]) -> WholeProduct | None:
        """The product that already has that name in that place: somebody added it meanwhile."""
        name = " ".join(str(values.get("name", "")).split())
        return next(
            (
                product
                for objective, group in self.lot.plan.groups()
                if place_of(objective, group) == values.get("place")
                for product in group.products
                if product.name == name
            ),
            None,
        )

    def made(
        self,
        values: Mapping[str, Any],
        problems: Mapping[str, Problem],
        row_problem: Problem | None = None,
    ) -> PreviewRow:
        is_wrong = bool(problems or row_problem)
        return PreviewRow(
            identifier=self.identifier,
            number=self.line.number,
            code=str(values.get("place", "")),
            name=_("Producto nuevo: %(name)s") % {"name": values.get("name", "")},
            state=RowState.ERROR if is_wrong else RowState.CHANGE,
            cells=tuple(
                self.shown_cell(key, None, values.get(key), problems.get(key))
                for key in self.headers
                if key in values or key in problems
            ),
            problem=row_problem,
            change=None if is_wrong else ProductChange(None, values),
        )


def already_there(label: str) -> str:
    """Why a new row is not added: its quantities would fall upon what others wrote since."""
    return _(
        "Ya existe el producto %(label)s con ese nombre en ese objetivo operativo. Descargue el "
        "libro de nuevo y escriba en la fila que lo trae con su identificador."
    ) % {"label": label}


def lacking(values: Mapping[str, Any], headers: Mapping[str, str]) -> Iterator[tuple[str, Problem]]:
    """What a new product cannot be without."""
    for key in REQUIRED:
        if not values.get(key):
            sentence = _("Falta «%(column)s» del producto nuevo.") % {"column": headers[key]}
            yield key, Problem(Cause.REFUSED, sentence)


def quantity_of(cell: ReadCell) -> Decimal | Empty | None:
    """A quantity that is not negative, or that nothing is programmed. Raises CellProblemError."""
    if cell.kind is CellKind.TEXT and cell.text.strip().upper() == NOTHING:
        return EMPTY
    number = number_of(cell)
    if number is not None and number < 0:
        raise refused(Cause.RANGE, _("La cantidad no puede ser negativa."))
    return number
