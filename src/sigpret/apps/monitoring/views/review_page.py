"""What the review of a report shows: the list by risk, the datum, and how it may be returned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sigpret.apps.monitoring.forms import ReturnForm
from sigpret.apps.monitoring.queries import (
    CauseCategory,
    DatumEvent,
    EvidenceViewer,
    ReviewRow,
    ReviewSheet,
    SheetRow,
    Testimony,
    Thread,
)
from sigpret.apps.monitoring.views.review_chart import control_chart_of, finding_of, limits_note
from sigpret.methodology.scrutiny import Check, Observation
from sigpret.web.charts import ControlChart
from sigpret.web.dates import period_name
from sigpret.web.formats import format_number

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Reason:
    """A usual reason to return a value, with the sentence it proposes."""

    key: str
    label: Text
    sentence: Text


REASONS = (
    Reason(
        "aclarar",
        _("Hay valores por aclarar"),
        _("Reportan %(value)s y estaban programados %(planned)s. Aclare cómo se obtuvo el dato."),
    ),
    Reason(
        "evidencia",
        _("La evidencia no sustenta el dato"),
        _("La evidencia no permite comprobar %(value)s. Adjunte la que lo prueba o corríjalo."),
    ),
    Reason(
        "periodo",
        _("El periodo no corresponde"),
        _("Confirme que %(value)s corresponde sólo al %(period)s y no a otros meses."),
    ),
    Reason("otro", _("Otro motivo"), ""),
)


@dataclass(frozen=True, slots=True)
class RiskGroup:
    label: Text
    rows: Sequence[ReviewRow]


@dataclass(frozen=True, slots=True)
class Conflict:
    """The datum is not the one that was on the screen. `seen` is what the person saw, `now` what
    is stored; `row` None: the institution took it back and is correcting it."""

    seen: Decimal | None
    now: SheetRow
    row: ReviewRow | None

    @property
    def is_withdrawn(self) -> bool:
        return self.row is None

    @property
    def is_decided(self) -> bool:
        return self.now.cell.state in {"validated", "returned"}


@dataclass(frozen=True, slots=True)
class DatumSide:
    """What stands beside the open datum: evidence, conversation, what happened, what was seen."""

    viewer: EvidenceViewer | None = None
    thread: Thread | None = None
    history: Sequence[DatumEvent] = ()
    deciders: Sequence[str] = ()
    visit_url: str = ""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A report under review, with one datum open."""

    review: ReviewSheet
    chosen: ReviewRow | None
    side: DatumSide = DatumSide()

    @property
    def groups(self) -> list[RiskGroup]:
        """What is left to decide, riskiest first; then what this person may not decide."""
        free = [row for row in self.review.rows if row.is_decidable]
        blocked = [row for row in self.review.waiting if row.blocked]
        groups = (
            RiskGroup(_("Revise primero"), [row for row in free if row.is_grave]),
            RiskGroup(_("Una señal"), [row for row in free if row.signals and not row.is_grave]),
            RiskGroup(_("Sin denominador"), [row for row in free if row.examined is None]),
            RiskGroup(_("Sin señales"), self.review.clean),
            RiskGroup(_("Usted no puede decidir"), blocked),
        )
        return [group for group in groups if group.rows]

    @property
    def decided(self) -> list[ReviewRow]:
        return [row for row in self.review.rows if row.row.cell.state != "submitted"]

    @property
    def validated(self) -> int:
        return sum(row.row.cell.state == "validated" for row in self.review.rows)

    @property
    def returned(self) -> int:
        return sum(row.row.cell.state == "returned" for row in self.review.rows)

    @property
    def risky(self) -> int:
        """How many of those left ask for a thorough look."""
        return sum(row.is_grave for row in self.review.waiting)

    @property
    def place(self) -> int:
        """Which of those left this one is, counting from 1; 0 when it is decided."""
        listed = [row.value_id for group in self.groups for row in group.rows]
        chosen = self.chosen.value_id if self.chosen else 0
        return listed.index(chosen) + 1 if chosen in listed else 0

    @property
    def history(self) -> Sequence[Observation]:
        known = self.chosen.examined if self.chosen else None
        return known.datum.history if known else ()

    @property
    def chart(self) -> ControlChart | None:
        """Its history and this quarter; nothing to draw when this is all there is."""
        if self.chosen is None or self.chosen.examined is None or not self.history:
            return None
        return control_chart_of(self.chosen.examined, self.review.policy, self.chosen.row.unit)

    @property
    def finding(self) -> str:
        known = self.chosen.examined if self.chosen else None
        return finding_of(known, self.review.policy) if known else ""

    @property
    def limits_note(self) -> str:
        known = self.chosen.examined if self.chosen else None
        return limits_note(known, self.review.policy) if known else ""

    @property
    def previous(self) -> Observation | None:
        return self.observed(1)

    @property
    def year_ago(self) -> Observation | None:
        return self.observed(4)

    def observed(self, quarters: int) -> Observation | None:
        """What was, so many quarters before this one; a blank when it was neither due nor said."""
        period = self.review.sheet.period
        for _step in range(quarters):
            period = period.previous()
        known = next((one for one in self.history if one.period == period), None)
        return known or Observation(period, None, None)

    @property
    def checks(self) -> Sequence[Check]:
        known = self.chosen.examined if self.chosen else None
        return known.checks(self.review.policy) if known else ()

    @property
    def testimonies(self) -> Sequence[Testimony]:
        return self.chosen.examined.testimonies if self.chosen and self.chosen.examined else ()

    @property
    def category_label(self) -> Text:
        category = self.chosen.row.cell.cause_category if self.chosen else ""
        return dict(CauseCategory.choices).get(category, "")


def review_page(review: ReviewSheet, key: str) -> ReviewPage:
    """The page with the datum asked for; else the first that this person may decide."""
    named = next((row for row in review.rows if row.row.key == key), None)
    free = next((row for row in review.rows if row.is_decidable), None)
    chosen = named or free or next(iter(review.rows), None)
    return ReviewPage(opened_now(review, chosen), chosen)


def opened_now(review: ReviewSheet, chosen: ReviewRow | None) -> ReviewSheet:
    """The open datum is in front of the person: it needs no opening any more."""
    rows = (replace(row, is_opened=True) if row is chosen else row for row in review.rows)
    return replace(review, rows=tuple(rows))


def next_row(review: ReviewSheet, value_id: int) -> ReviewRow | None:
    """The datum to go on with after deciding one: the next of the list, else the first left."""
    listed = [row for row in review.rows if row.is_decidable or row.value_id == value_id]
    place = next((n for n, row in enumerate(listed) if row.value_id == value_id), -1)
    left = [*listed[place + 1 :], *listed[: max(place, 0)]]
    return next((row for row in left if row.value_id != value_id), None)


def return_form(page: ReviewPage, motive: str) -> ReturnForm:
    """The form with the sentence a reason proposes; the reviewer adjusts it."""
    reason = next((reason for reason in REASONS if reason.key == motive), None)
    if reason is None or page.chosen is None:
        return ReturnForm()
    words = {
        "value": page.chosen.row.cell.quantity,
        "planned": format_number(page.chosen.row.planned),
        "period": period_name(page.review.sheet.period),
    }
    sentence = str(reason.sentence) % words if reason.sentence else ""
    asked = asked_by_signals(page.chosen) if reason.key == "aclarar" else ""
    return ReturnForm(initial={"observation": asked or sentence})


def asked_by_signals(row: ReviewRow) -> str:
    """A question made of the gravest signal, for the reviewer to adjust."""
    if not row.signals:
        return ""
    said = row.signals[0].explanation.sentence(_now)
    return _now("%(signal)s Aclare cómo se obtuvo el dato o corríjalo.") % {"signal": said}
