"""T5 as drawn: what the workbook would change, what to resolve first, what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sigpret.apps.imports.lot_kinds import LotKind
from sigpret.apps.imports.queries.lots import LotFacts
from sigpret.apps.imports.workbooks.preview import Preview, PreviewRow, RowState
from sigpret.web.components import Counter, Tone


@dataclass(frozen=True, slots=True)
class Look:
    """How the state of a row is said: its word, the tone of its colour and its icon."""

    word: str | Promise
    tone: str
    icon: str


LOOKS = {
    RowState.ERROR: Look(gettext_lazy("Corrija"), "bad", "close"),
    RowState.CONFLICT: Look(gettext_lazy("Hay dos valores"), "bad", "alert"),
    RowState.CHANGE: Look(gettext_lazy("Se aplicará"), "good", "check"),
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as drawn."""

    row: PreviewRow

    @property
    def look(self) -> Look:
        return LOOKS[self.row.state]

    @property
    def is_wrong(self) -> bool:
        return self.row.state is not RowState.CHANGE

    @property
    def is_conflict(self) -> bool:
        return self.row.state is RowState.CONFLICT


@dataclass(frozen=True, slots=True)
class LotGroup:
    """Rows that ask for the same: to be resolved, or only to be read."""

    title: str
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class LotPage:
    """The whole page."""

    facts: LotFacts
    kind: LotKind
    preview: Preview
    is_open: bool

    @property
    def groups(self) -> tuple[LotGroup, ...]:
        pending, changes = self.preview.pending, self.preview.changes
        groups = (
            LotGroup(_("Por resolver"), tuple(map(ShownRow, pending))),
            LotGroup(_("Listas para aplicar"), tuple(map(ShownRow, changes))),
        )
        return tuple(group for group in groups if group.rows)

    @property
    def sentence(self) -> str:
        """The H1: the answer in words."""
        ready, pending = len(self.preview.changes), len(self.preview.pending)
        if not ready and not pending:
            return _("Sin cambios: la hoja dice lo mismo que el sistema")
        said = ngettext("%(n)d fila cambia", "%(n)d filas cambian", ready) % {"n": ready}
        if not pending:
            return said
        wait = ngettext("%(n)d por resolver", "%(n)d por resolver", pending) % {"n": pending}
        return f"{said}, {wait}" if ready else wait.capitalize()

    @property
    def counters(self) -> tuple[Counter, ...]:
        preview = self.preview
        conflicts = len(preview.in_state(RowState.CONFLICT))
        errors = len(preview.in_state(RowState.ERROR))
        return (
            Counter(
                len(preview.changes),
                ngettext("fila que cambia", "filas que cambian", len(preview.changes)),
                Tone.GOOD,
            ),
            Counter(errors, _("con error"), Tone.BAD if errors else Tone.NEUTRAL),
            Counter(conflicts, _("con dos valores"), Tone.BAD if conflicts else Tone.NEUTRAL),
            Counter(preview.same, _("sin cambios")),
            self.saved,
        )

    @property
    def saved(self) -> Counter:
        """What applying has already written; before that, that nothing was."""
        done = self.facts.applied_rows
        if done:
            return Counter(done, ngettext("ya guardada", "ya guardadas", done))
        return Counter(0, _("guardadas todavía: nada cambia hasta que usted aplique"))

    @property
    def fixable(self) -> bool:
        """Is there a cell to correct here?"""
        return any(cell.problem for row in self.preview.pending for cell in row.cells)
