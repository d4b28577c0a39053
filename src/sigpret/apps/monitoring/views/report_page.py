"""What the report page shows: the sheet, what was just typed, and the way to what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions import ConflictError
from sigpret.apps.monitoring.forms import ValueForm
from sigpret.apps.monitoring.permissions import can_write_report
from sigpret.apps.monitoring.queries import (
    CauseCategory,
    ReportSheet,
    SheetGroup,
    SheetRow,
    Situation,
)
from sigpret.apps.monitoring.views.row_charts import bullet_of, quarters_of
from sigpret.web.charts import Bullet, QuarterBars

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Look:
    """How a situation is said: its word, the tone of its colour and its icon."""

    word: Text
    tone: str
    icon: str


LOOKS = {
    Situation.VALUE_MISSING: Look(_("Falta el dato"), "warning", "alert"),
    Situation.RETURNED: Look(_("Devuelto"), "bad", "return"),
    Situation.CAUSE_MISSING: Look(_("Falta la causa"), "warning", "alert"),
    Situation.READY: Look(_("Listo"), "good", "check"),
    Situation.SUBMITTED: Look(_("Enviado"), "info", "check"),
    Situation.VALIDATED: Look(_("Validado"), "good", "check"),
}
TO_CORRECT = Look(_("Corrija"), "bad", "alert")
IN_CONFLICT = Look(_("Hay dos valores"), "bad", "alert")


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody typed for a row and could not be kept; it stays on the page as typed."""

    form: ValueForm
    conflict: ConflictError | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as drawn: stored, or as typed when an attempt failed."""

    row: SheetRow
    form: ValueForm
    attempt: Attempt | None
    is_editable: bool
    is_selected: bool = False

    @property
    def look(self) -> Look:
        if self.attempt is None:
            return LOOKS[self.row.situation]
        return IN_CONFLICT if self.attempt.conflict else TO_CORRECT

    @property
    def is_pending(self) -> bool:
        return self.is_editable and bool(self.row.missing or self.attempt)

    @property
    def is_returned(self) -> bool:
        return self.row.cell.state == "returned"

    @property
    def asks_cause(self) -> bool:
        """Outside the range that needs no explanation, or already explained, or to be answered."""
        row = self.row
        return bool(row.needs_cause or row.cell.cause or self.is_returned or self._typed_cause)

    @property
    def _typed_cause(self) -> bool:
        return self.attempt is not None and bool(self.form["cause"].value())

    @property
    def seen(self) -> Mapping[str, str]:
        """What the person had before typing: a row nobody touched is not saved again."""
        if self.attempt is None:
            return initial_of(self.row)
        fields = ("value", "cause_category", "cause")
        return {name: self.form.data.get(self.form[name].html_initial_name, "") for name in fields}

    @property
    def has_note(self) -> bool:
        """Does anything stand under the row: an error, an observation, a cause?"""
        return bool(self.attempt or self.asks_cause)

    @property
    def names(self) -> str:
        """The fields of the row, as the request that saves it names them."""
        key = self.row.key
        fields = ("value", "cause_category", "cause")
        names = [f"{key}-{name}" for name in (*fields, "version")]
        return ",".join([*names, *(f"initial-{key}-{name}" for name in fields)])

    @property
    def category_label(self) -> Text:
        return dict(CauseCategory.choices).get(self.row.cell.cause_category, "")

    @property
    def bullet(self) -> Bullet:
        return bullet_of(self.row)


@dataclass(frozen=True, slots=True)
class ShownGroup:
    group: SheetGroup
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The whole page; `touched` are the rows a save was about."""

    sheet: ReportSheet
    groups: tuple[ShownGroup, ...]
    selected: ShownRow | None
    may_write: bool
    is_open: bool
    shown: str
    touched: tuple[ShownRow, ...] = field(default=())
    saved_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        return not self.sheet.total and not self.sheet.not_due

    @property
    def is_editable(self) -> bool:
        return self.is_open and self.may_write

    @property
    def has_errors(self) -> bool:
        return any(row.attempt for group in self.groups for row in group.rows)

    @property
    def quarters(self) -> QuarterBars | None:
        return quarters_of(self.selected.row, self.sheet.period) if self.selected else None


SHOWN_WITH = {
    "por-resolver": frozenset(
        {Situation.VALUE_MISSING, Situation.RETURNED, Situation.CAUSE_MISSING}
    ),
    "falta-dato": frozenset({Situation.VALUE_MISSING}),
    "devueltos": frozenset({Situation.RETURNED}),
    "por-explicar": frozenset({Situation.CAUSE_MISSING}),
}


def report_page(
    sheet: ReportSheet,
    *,
    access: Access,
    at: datetime,
    shown: str = "",
    selected: str = "",
    attempts: Mapping[str, Attempt] | None = None,
) -> ReportPage:
    """The page of a sheet for a person at a moment; `shown` is a key of `SHOWN_WITH` or empty."""
    may_write = can_write_report(access, sheet.institution_id)
    is_open = sheet.round is not None and sheet.round.accepts_at(at)
    chosen = chosen_row(sheet, selected)
    build = RowBuilder(may_write and is_open, attempts or {}, chosen.key if chosen else "")
    groups = tuple(
        ShownGroup(group, tuple(build(row) for row in group.rows if is_shown(row, shown)))
        for group in sheet.groups
    )
    return ReportPage(
        sheet=sheet,
        groups=tuple(group for group in groups if group.rows),
        selected=build(chosen) if chosen else None,
        may_write=may_write,
        is_open=is_open,
        shown=shown if shown in SHOWN_WITH else "",
    )


@dataclass(frozen=True, slots=True)
class RowBuilder:
    is_editable: bool
    attempts: Mapping[str, Attempt]
    selected: str

    def __call__(self, row: SheetRow) -> ShownRow:
        attempt = self.attempts.get(row.key)
        return ShownRow(
            row=row,
            form=attempt.form if attempt else form_of(row),
            attempt=attempt,
            is_editable=self.is_editable and row.is_editable,
            is_selected=row.key == self.selected,
        )


def is_shown(row: SheetRow, shown: str) -> bool:
    return shown not in SHOWN_WITH or row.situation in SHOWN_WITH[shown]


def chosen_row(sheet: ReportSheet, key: str) -> SheetRow | None:
    """The row asked for; else the first to resolve; else the first."""
    named = next((row for row in sheet.rows if row.key == key), None)
    return named or next(iter(sheet.unresolved), None) or next(iter(sheet.rows), None)


def form_of(row: SheetRow, data: Mapping[str, str] | None = None) -> ValueForm:
    """The row's form, as stored or bound to what was posted."""
    initial = {**initial_of(row), "version": row.cell.version}
    return ValueForm(data, prefix=row.key, initial=initial, categories=CauseCategory.choices)


def initial_of(row: SheetRow) -> dict[str, str]:
    return {
        "value": exact_text(row.cell.value),
        "cause_category": row.cell.cause_category,
        "cause": row.cell.cause,
    }


def exact_text(value: Decimal | None) -> str:
    """A stored number as it would be typed: every decimal kept, thousands with commas."""
    if value is None:
        return ""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
