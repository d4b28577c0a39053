"""The distribution step as drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.imports.actions import QuartersConflict
from sigpret.apps.imports.drafts import plain, quarters_token
from sigpret.apps.imports.forms import TypedQuarters
from sigpret.apps.imports.queries import DistributionRow, DistributionSheet
from sigpret.apps.imports.queries.distribution import DistributionGroup
from sigpret.apps.planning.plan_closed import closed_sentence
from sigpret.apps.planning.programming import QUARTER_NUMBERS, ProductKey
from sigpret.web.components import Counter, Tone
from sigpret.web.dates import ROMAN
from sigpret.web.formats import format_number


@dataclass(frozen=True)
class ShownQuarter:
    """One of the four fields of a row."""

    number: int
    roman: str
    value: str
    is_closed: bool


@dataclass(frozen=True)
class ShownRow:
    """A product as drawn: as stored, or as typed when it could not be kept."""

    row: DistributionRow
    typed: tuple[str, ...] = ()
    error: str = ""
    conflict: QuartersConflict | None = None

    @property
    def dom_id(self) -> str:
        return self.row.key.code.replace(".", "-")

    @property
    def quarters(self) -> tuple[ShownQuarter, ...]:
        kept = tuple(map(in_a_field, self.row.quarters))
        values = self.typed if self.typed and (self.error or self.conflict) else kept
        return tuple(
            ShownQuarter(number, ROMAN[number], value, number in self.row.closed)
            for number, value in zip(QUARTER_NUMBERS, values, strict=True)
        )

    @property
    def shown(self) -> str:
        """The token of the quarters on the page: a row sent back alike is not a change."""
        return quarters_token(self.row.quarters)

    @property
    def sum_error(self) -> str:
        """`Los trimestres suman 5 y la producción anual es 6. Falta ubicar 1.`"""
        row = self.row
        if row.adds_up:
            return ""
        if not row.is_sum:
            text = _("No acumula: los trimestres dan %(total)s y el año es %(annual)s.")
            said = {"total": in_a_field(row.total), "annual": in_a_field(row.annual_output)}
            return text % said
        difference = row.annual_output - row.total
        end = _("Falta ubicar %(n)s.") if difference > 0 else _("Sobran %(n)s.")
        return (
            _("Los trimestres suman %(total)s y la producción anual es %(annual)s.")
            % {
                "total": in_a_field(row.total),
                "annual": in_a_field(row.annual_output),
            }
            + f" {end % {'n': in_a_field(abs(difference))}}"
        )

    @property
    def theirs(self) -> str:
        if self.conflict is None:
            return ""
        return " · ".join(map(format_number, self.conflict.theirs))

    @property
    def is_wrong(self) -> bool:
        return bool(self.error or self.conflict or self.sum_error)

    @property
    def has_note(self) -> bool:
        return bool(self.is_wrong or self.row.note)


@dataclass(frozen=True)
class ShownGroup:
    group: DistributionGroup
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True)
class DistributionPage:
    """The whole page; `touched` are the rows a save was about."""

    sheet: DistributionSheet
    groups: tuple[ShownGroup, ...]
    touched: tuple[ShownRow, ...]
    asks_to_finish: bool

    @property
    def rows(self) -> tuple[ShownRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def has_closed(self) -> bool:
        return any(row.row.closed for row in self.rows)

    @property
    def unreported(self) -> str:
        """`Los trimestres I y II de 2026 ya cerraron`, where a new product may still be planned:
        what it produced in them only a change request reports."""
        year = self.sheet.facts.fiscal_year
        if year is None or not any(row.row.is_new for row in self.rows):
            return ""
        return closed_sentence(year, self.sheet.closed)

    @property
    def wrong(self) -> tuple[ShownRow, ...]:
        return tuple(row for row in self.rows if row.is_wrong)

    @property
    def status(self) -> int:
        """409 when somebody else wrote in between, 422 when something has to be corrected."""
        if any(row.conflict for row in self.touched):
            return 409
        unread = any(row.error for row in self.touched)
        return 422 if unread or (self.asks_to_finish and self.wrong) else 200

    @property
    def counters(self) -> tuple[Counter, ...]:
        wrong, rows = len(self.sheet.wrong_rows), len(self.sheet.rows)
        waiting, unscheduled = self.sheet.waiting_count, self.sheet.unscheduled_count
        return (
            Counter(
                rows,
                ngettext("producto con producción anual", "productos con producción anual", rows),
            ),
            Counter(waiting, ngettext("propuesta por aceptar", "propuestas por aceptar", waiting)),
            Counter(
                wrong,
                ngettext(
                    "fila que no suma la producción anual",
                    "filas que no suman la producción anual",
                    wrong,
                ),
                Tone.BAD if wrong else Tone.GOOD,
            ),
            Counter(
                unscheduled,
                ngettext(
                    "producto que no se programó: no vence",
                    "productos que no se programaron: no vencen",
                    unscheduled,
                ),
            ),
        )


def distribution_page(
    sheet: DistributionSheet,
    typed: TypedQuarters | None = None,
    conflicts: Iterable[QuartersConflict] = (),
    *,
    asks_to_finish: bool = False,
) -> DistributionPage:
    """The page, with what could not be kept still as it was typed."""
    said = typed or TypedQuarters()
    disputed = {conflict.key: conflict for conflict in conflicts}
    shown: dict[ProductKey, ShownRow] = {
        row.key: ShownRow(
            row, said.typed.get(row.key, ()), said.errors.get(row.key, ""), disputed.get(row.key)
        )
        for row in sheet.rows
    }
    groups = tuple(
        ShownGroup(group, tuple(shown[row.key] for row in group.rows)) for group in sheet.groups
    )
    touched = tuple(shown[key] for key in said.typed if key in shown)
    return DistributionPage(sheet, groups, touched, asks_to_finish)


def in_a_field(value: Decimal | None) -> str:
    """A number as a field shows it, with all its decimals: `1,200`; empty when not due."""
    if value is None:
        return ""
    return format_number(value, len(plain(value).partition(".")[2]))
