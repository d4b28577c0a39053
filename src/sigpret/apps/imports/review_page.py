"""The review step as drawn: the sheet, what was just typed, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sigpret.apps.imports.actions import CellConflict
from sigpret.apps.imports.drafts import plain
from sigpret.apps.imports.forms import TypedCells
from sigpret.apps.imports.queries import ReviewSheet
from sigpret.apps.imports.queries.causes import Cause
from sigpret.apps.imports.queries.review import ReviewGroup, ReviewRow, RowState
from sigpret.apps.planning.programming import ProductKey
from sigpret.web.components import Chip, Counter, Tone
from sigpret.web.formats import format_number

ALL, ATTENTION, CORRECT, CHANGED = "todas", "atencion", "correctas", "cambios"


@dataclass(frozen=True)
class Look:
    """How the state of a row is said: its word, the tone of its colour and its icon."""

    word: str | Promise
    tone: str
    icon: str


LOOKS = {
    RowState.ERROR: Look(gettext_lazy("Error"), "bad", "close"),
    RowState.WARNING: Look(gettext_lazy("Aviso"), "warning", "alert"),
    RowState.CORRECT: Look(gettext_lazy("Correcto"), "good", "check"),
    RowState.NOT_SCHEDULED: Look(gettext_lazy("No se programó"), "neutral", "minus"),
}
TO_CORRECT = Look(gettext_lazy("Corrija"), "bad", "close")
IN_CONFLICT = Look(gettext_lazy("Hay dos valores"), "bad", "alert")


@dataclass(frozen=True)
class ShownRow:
    """A row as drawn: as stored, or as typed when it could not be kept."""

    row: ReviewRow
    typed: str | None = None
    error: str = ""
    conflict: CellConflict | None = None

    @property
    def dom_id(self) -> str:
        return self.row.key.code.replace(".", "-")

    @property
    def value(self) -> str:
        if self.typed is not None and (self.error or self.conflict):
            return self.typed
        output = self.row.cell.annual_output
        if output is None:
            return ""
        return format_number(output, len(plain(output).partition(".")[2]))

    @property
    def look(self) -> Look:
        if self.conflict:
            return IN_CONFLICT
        return TO_CORRECT if self.error else LOOKS[self.row.state]

    @property
    def is_wrong(self) -> bool:
        return bool(self.error or self.conflict) or self.row.state is RowState.ERROR

    @property
    def is_missing(self) -> bool:
        return self.row.state is RowState.ERROR

    @property
    def is_not_scheduled(self) -> bool:
        return self.row.state is RowState.NOT_SCHEDULED

    @property
    def has_note(self) -> bool:
        row = self.row
        return bool(
            self.is_wrong
            or row.warnings
            or row.proposal
            or self.is_not_scheduled
            or row.is_overwritten
            or (row.correction and row.correction.is_from_plan)
        )


@dataclass(frozen=True)
class ShownGroup:
    group: ReviewGroup
    rows: tuple[ShownRow, ...]

    @property
    def total(self) -> int:
        return len(self.group.rows)


@dataclass(frozen=True)
class ReviewPage:
    """The whole page; `touched` are the rows a save was about."""

    sheet: ReviewSheet
    view: str
    groups: tuple[ShownGroup, ...]
    touched: tuple[ShownRow, ...] = field(default=())
    asks_to_finish: bool = False

    @property
    def wrong(self) -> tuple[ShownRow, ...]:
        return tuple(row for row in self.touched if row.error or row.conflict)

    @property
    def has_conflict(self) -> bool:
        return any(row.conflict for row in self.touched)

    @property
    def status(self) -> int:
        """409 when somebody else wrote in between, 422 when something has to be corrected."""
        if self.has_conflict:
            return 409
        return 422 if self.wrong or (self.asks_to_finish and self.sheet.missing) else 200

    @property
    def is_unchanged(self) -> bool:
        """A plan in force that this report would leave as it is."""
        return self.sheet.is_update and not self.sheet.changes and not self.sheet.missing

    @property
    def is_empty(self) -> bool:
        """Nothing changes and nothing else was asked for: the sentence is the page."""
        return self.is_unchanged and self.view == CHANGED

    @property
    def counters(self) -> tuple[Counter, ...]:
        sheet = self.sheet
        groups = len(sheet.groups)
        missing, warnings = len(sheet.missing), sheet.warning_count
        where = ngettext("en %(n)d objetivo operativo", "en %(n)d objetivos operativos", groups) % {
            "n": groups
        }
        rows = ngettext("producto leído", "productos leídos", len(sheet.rows))
        return (
            Counter(len(sheet.rows), f"{rows} {where}"),
            Counter(sheet.with_output_count, _("con producción anual"), Tone.GOOD),
            Counter(
                missing,
                ngettext(
                    "error: producción anual en blanco",
                    "errores: producción anual en blanco",
                    missing,
                )
                if missing
                else _("errores"),
                Tone.BAD if missing else Tone.NEUTRAL,
            ),
            Counter(
                warnings,
                ngettext("aviso para revisar", "avisos para revisar", warnings),
                Tone.WARNING if warnings else Tone.NEUTRAL,
            ),
            Counter(
                0, _("cambios todavía en el sistema. Nada se guarda en el plan hasta confirmar")
            ),
        )

    @property
    def chips(self) -> tuple[Chip, ...]:
        total, attention = len(self.sheet.rows), self.sheet.attention_count
        labels = [
            (ALL, _("Todas"), total),
            (ATTENTION, _("Con error o aviso"), attention),
            (CORRECT, _("Correctas"), total - attention),
        ]
        if self.sheet.is_update:
            labels.append((CHANGED, _("Distintas del plan"), len(self.sheet.changes.touched)))
        return tuple(
            Chip(label, f"?ver={view}", count, is_on=view == self.view)
            for view, label, count in labels
        )

    @property
    def causes(self) -> tuple[Cause, ...]:
        return self.sheet.causes

    @property
    def first_missing(self) -> ShownRow | None:
        rows = [row for group in self.groups for row in group.rows if row.is_missing]
        return rows[0] if rows else None


def review_page(
    sheet: ReviewSheet,
    view: str = "",
    typed: TypedCells | None = None,
    conflicts: Iterable[CellConflict] = (),
    *,
    asks_to_finish: bool = False,
) -> ReviewPage:
    """The page in one of its views, with what could not be kept still as it was typed."""
    chosen = view if view in {ALL, ATTENTION, CORRECT, CHANGED} else default_view(sheet)
    said = typed or TypedCells()
    disputed = {conflict.key: conflict for conflict in conflicts}
    shown = {
        row.key: ShownRow(
            row, said.typed.get(row.key), said.errors.get(row.key, ""), disputed.get(row.key)
        )
        for row in sheet.rows
    }
    touched = tuple(shown[key] for key in said.typed)
    groups = tuple(_group(group, shown, sheet, chosen) for group in sheet.groups)
    return ReviewPage(
        sheet, chosen, tuple(group for group in groups if group.rows), touched, asks_to_finish
    )


def default_view(sheet: ReviewSheet) -> str:
    """What needs a person first; for a report that comes again, what it changes."""
    if sheet.missing:
        return ATTENTION
    return CHANGED if sheet.is_update else ALL


def _group(
    group: ReviewGroup, shown: dict[ProductKey, ShownRow], sheet: ReviewSheet, view: str
) -> ShownGroup:
    rows = (shown[row.key] for row in group.rows)
    return ShownGroup(group, tuple(row for row in rows if _is_in(row, sheet, view)))


def _is_in(shown: ShownRow, sheet: ReviewSheet, view: str) -> bool:
    """What could not be kept is always in sight."""
    row = shown.row
    wanted = {
        ALL: True,
        ATTENTION: row.needs_attention,
        CORRECT: not row.needs_attention,
        CHANGED: row.key in sheet.changes.touched,
    }
    return wanted[view] or bool(shown.error or shown.conflict)
