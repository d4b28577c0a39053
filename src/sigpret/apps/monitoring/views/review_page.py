"""What the review of a report shows: the list by risk, the datum, and how it may be returned."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sigpret.apps.monitoring.forms import ReturnForm
from sigpret.apps.monitoring.queries import CauseCategory, ReviewRow, ReviewSheet, SheetPoint
from sigpret.apps.monitoring.views.row_charts import quarters_of
from sigpret.web.charts import QuarterBars
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
        _("Falta saber qué lo prueba"),
        _("Diga qué documento prueba %(value)s, o corrija el dato."),
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
class ReviewPage:
    """A report under review, with one datum open."""

    review: ReviewSheet
    chosen: ReviewRow | None

    @property
    def groups(self) -> list[RiskGroup]:
        """What is left to decide, riskiest first; then what this person may not decide."""
        free = [row for row in self.review.rows if row.is_decidable]
        blocked = [row for row in self.review.waiting if row.blocked]
        groups = (
            RiskGroup(_("Revise primero"), [row for row in free if len(row.signals) > 1]),
            RiskGroup(_("Una señal"), [row for row in free if len(row.signals) == 1]),
            RiskGroup(_("Sin señales"), self.clean),
            RiskGroup(_("Usted no puede decidir"), blocked),
        )
        return [group for group in groups if group.rows]

    @property
    def clean(self) -> list[ReviewRow]:
        return [row for row in self.review.rows if row.is_decidable and row.is_clean]

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
        return sum(len(row.signals) > 1 for row in self.review.waiting)

    @property
    def quarters(self) -> QuarterBars | None:
        return quarters_of(self.chosen.row, self.review.sheet.period) if self.chosen else None

    @property
    def previous(self) -> SheetPoint | None:
        """The quarter before, of the same year."""
        if self.chosen is None:
            return None
        before = self.review.sheet.period.previous()
        return next((point for point in self.chosen.row.series if point.period == before), None)

    @property
    def category_label(self) -> Text:
        category = self.chosen.row.cell.cause_category if self.chosen else ""
        return dict(CauseCategory.choices).get(category, "")


def review_page(review: ReviewSheet, key: str) -> ReviewPage:
    """The page with the datum asked for; else the first that this person may decide."""
    named = next((row for row in review.rows if row.row.key == key), None)
    free = next((row for row in review.rows if row.is_decidable), None)
    return ReviewPage(review, named or free or next(iter(review.rows), None))


def next_url(review: ReviewSheet, report_id: int, value_id: int) -> str:
    """Where to go after deciding a value: the next one in the list, or the list itself."""
    address = reverse("monitoring:review", args=[report_id])
    left = [row for row in review.rows if row.is_decidable and row.row.cell.id != value_id]
    return f"{address}?dato={left[0].row.key}" if left else address


def return_form(page: ReviewPage, motive: str) -> ReturnForm:
    """The form with the sentence a reason proposes; the reviewer adjusts it."""
    reason = next((reason for reason in REASONS if reason.key == motive), None)
    if reason is None or page.chosen is None:
        return ReturnForm()
    words = {
        "value": format_number(page.chosen.row.cell.value),
        "planned": format_number(page.chosen.row.planned),
        "period": period_name(page.review.sheet.period),
    }
    sentence = str(reason.sentence) % words if reason.sentence else ""
    return ReturnForm(initial={"observation": sentence})
