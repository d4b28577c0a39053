"""A row of the report as drawn: what is stored, or what was typed and could not be kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sigpret.apps.monitoring.actions import ConflictError
from sigpret.apps.monitoring.forms import ValueForm
from sigpret.apps.monitoring.queries import CauseCategory, Missing, SheetRow, Situation
from sigpret.apps.monitoring.queries.doubts import doubts_about
from sigpret.apps.monitoring.views.row_amounts import (
    FIXED,
    AmountField,
    SplitField,
    initial_of,
    split_fields,
    variable_fields,
)
from sigpret.apps.monitoring.views.row_charts import bullet_of
from sigpret.web.charts import Bullet

Text = str | Promise


class Phase(StrEnum):
    """Before the round opens, while it takes values, after its deadline."""

    FUTURE = "future"
    OPEN = "open"
    PAST = "past"


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
    Situation.PARTS_WRONG: Look(_("Corrija las partes"), "bad", "alert"),
    Situation.EVIDENCE_MISSING: Look(_("Falta la evidencia"), "warning", "alert"),
    Situation.READY: Look(_("Listo"), "good", "check"),
    Situation.AWAITING_APPROVAL: Look(_("Por aprobar"), "info", "clock"),
    Situation.SUBMITTED: Look(_("Enviado"), "info", "check"),
    Situation.VALIDATED: Look(_("Validado"), "good", "check"),
}
#: What a button of the row may add: take a suggestion, keep mine, use theirs.
CHOICES = ("fix", "keep", "use")
NOT_OPEN_YET = Look(_("Aún no abre"), "neutral", "clock")
NOT_REPORTED = Look(_("Sin reporte"), "neutral", "minus")
TO_CORRECT = Look(_("Corrija"), "bad", "alert")
IN_CONFLICT = Look(_("Hay dos valores"), "bad", "alert")


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody typed for a row and could not be kept; it stays on the page as typed."""

    form: ValueForm
    conflict: ConflictError | None = None
    refusal: str = ""
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as drawn: stored, or as typed when an attempt failed."""

    row: SheetRow
    form: ValueForm
    attempt: Attempt | None
    is_editable: bool
    phase: Phase = Phase.OPEN
    is_selected: bool = False

    @property
    def look(self) -> Look:
        """What the last column says; nothing is missing any more once the quarter is over."""
        if self.attempt is not None:
            return IN_CONFLICT if self.attempt.conflict else TO_CORRECT
        if self.phase == Phase.FUTURE:
            return NOT_OPEN_YET
        was_sent = self.row.situation in {Situation.SUBMITTED, Situation.VALIDATED}
        if self.phase == Phase.PAST and not was_sent:
            return NOT_REPORTED
        return LOOKS[self.row.situation]

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
        return bool(
            row.needs_cause
            or row.cell.cause
            or self._typed_cause
            or Missing.EVIDENCE in row.missing
        )

    @property
    def is_explained(self) -> bool:
        """Is its cause there already, so that it only has to be read?"""
        cell = self.row.cell
        return bool(cell.cause and cell.cause_category and self.attempt is None)

    @property
    def _typed_cause(self) -> bool:
        return self.attempt is not None and bool(self.form["cause"].value())

    @property
    def seen(self) -> Mapping[str, str]:
        """What the person had before typing: a row nobody touched is not saved again."""
        if self.attempt is None:
            return initial_of(self.row)
        names = initial_of(self.row)
        return {name: self.form.data.get(self.form[name].html_initial_name, "") for name in names}

    @property
    def has_note(self) -> bool:
        """Does anything stand under the row: an error, an observation, a cause, a doubt?"""
        return bool(
            self.attempt
            or self.asks_cause
            or self.is_returned
            or self.doubts
            or self.row.cell.has_no_denominator
            or self.row.details.breakdowns
        )

    @property
    def doubts(self) -> list[str]:
        """What a colleague would ask before sending it."""
        return list(doubts_about(self.row)) if self.is_editable and not self.attempt else []

    @property
    def variables(self) -> list[AmountField]:
        return variable_fields(self.row, self.form, self.seen)

    @property
    def splits(self) -> list[SplitField]:
        return list(split_fields(self.row, self.form, self.seen))

    @property
    def amount_errors(self) -> list[tuple[str, str]]:
        """What could not be read of the variables and parts: the label and the sentence."""
        return [
            (str(self.form.fields[name].label), str(problem))
            for name, problems in self.form.errors.items()
            if name not in {*FIXED, "version"}
            for problem in problems
        ]

    @property
    def names(self) -> str:
        """The fields of the row, as the request that saves it names them."""
        key, fields = self.row.key, list(initial_of(self.row))
        names = [f"{key}-{name}" for name in (*fields, "version", *CHOICES)]
        return ",".join([*names, *(f"initial-{key}-{name}" for name in fields)])

    @property
    def category_label(self) -> Text:
        return dict(CauseCategory.choices).get(self.row.cell.cause_category, "")

    @property
    def bullet(self) -> Bullet:
        return bullet_of(self.row)
