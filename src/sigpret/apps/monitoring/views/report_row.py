"""A row of the report as drawn: what is stored, or what was typed and could not be kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sigpret.apps.monitoring.actions import ConflictError
from sigpret.apps.monitoring.forms import ValueForm
from sigpret.apps.monitoring.queries import CauseCategory, SheetRow, Situation
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
    Situation.READY: Look(_("Listo"), "good", "check"),
    Situation.AWAITING_APPROVAL: Look(_("Por aprobar"), "info", "clock"),
    Situation.SUBMITTED: Look(_("Enviado"), "info", "check"),
    Situation.VALIDATED: Look(_("Validado"), "good", "check"),
}
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
