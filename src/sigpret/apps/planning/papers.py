"""A plan as its papers need it: words and printed codes instead of rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from sigpret.apps.planning.models import ProductKind
from sigpret.apps.planning.programming import QUARTER_NUMBERS
from sigpret.apps.planning.queries.whole import (
    WholeGroup,
    WholeObjective,
    WholePlan,
    WholeProduct,
)
from sigpret.documents.plan_paper import (
    CurveRow,
    PaperGroup,
    PaperObjective,
    PaperProduct,
    PaperResult,
    PlanPaper,
)
from sigpret.intake.rows import PlanDocument, PrintedReport
from sigpret.intake.writers.report_text import printed_moment
from sigpret.methodology.periods import Period
from sigpret.methodology.schedule import CurvePoint, ProducedSeries, physical_curve
from sigpret.web.dates import local, period_words
from sigpret.web.formats import format_number, format_percent

CURVE_DECIMALS = 2


def paper_of(plan: WholePlan, *, at: datetime, is_demo: bool) -> PlanPaper:
    """The plan as printed at `at`."""
    return PlanPaper(
        institution=f"{plan.institution.code} - {plan.institution.name}",
        fiscal_year=plan.fiscal_year,
        printed_at=printed_moment(stamp(at)),
        standing=standing(plan),
        mission=plan.mission,
        vision=plan.vision,
        objectives=tuple(map(_objective, plan.objectives)),
        curve=tuple(map(_curve_row, planned_curve(plan))),
        is_demo=is_demo,
    )


def standing(plan: WholePlan) -> str:
    """`Versión 3 · bloqueado`: which version people hold in their hands."""
    if not plan.last_kept:
        return str(plan.state_label).capitalize()
    said = _("Versión %(number)d") % {"number": plan.last_kept}
    return f"{said} · {plan.state_label}"


def stamp(at: datetime) -> str:
    """Local time to the second in ISO 8601: the moment a report says it was printed."""
    return f"{local(at):%Y-%m-%dT%H:%M:%S}"


def printed_now(document: PlanDocument, at: datetime) -> PlanDocument:
    """The plan as a report printed at `at`."""
    return replace(document, report=PrintedReport(document.report.id, stamp(at)))


def planned_curve(plan: WholePlan) -> tuple[CurvePoint, ...]:
    """The aggregate curve of what the plan programmes."""
    series = (ProducedSeries(planned_of(product, plan), {}, kind_of(product))
              for product in plan.products())  # fmt: skip
    return physical_curve(series, plan.fiscal_year)


def planned_of(product: WholeProduct, plan: WholePlan) -> dict[Period, Decimal]:
    """What is programmed by quarter."""
    quarters = zip(QUARTER_NUMBERS, product.quarters, strict=True)
    return {
        Period.parse(f"{plan.fiscal_year}-Q{number}"): planned
        for number, planned in quarters
        if planned is not None
    }


def kind_of(product: WholeProduct) -> bool | None:
    """Is it intermediate? None when the plan does not say."""
    return product.kind == ProductKind.INTERMEDIATE if product.kind else None


def _curve_row(point: CurvePoint) -> CurveRow:
    return CurveRow(
        period_words(point.period),
        format_number(point.planned),
        format_number(point.planned_to_date),
        format_percent(point.planned_percent, CURVE_DECIMALS),
    )


def _objective(row: WholeObjective) -> PaperObjective:
    return PaperObjective(
        row.number,
        row.text,
        row.program_ref,
        tuple(
            PaperResult(result.number, result.text, result.assumption, str(result.population or ""))
            for result in row.results
        ),
        tuple(map(_group, row.groups)),
    )


def _group(row: WholeGroup) -> PaperGroup:
    return PaperGroup(row.number, row.text, tuple(map(_product, row.products)))


def _product(row: WholeProduct) -> PaperProduct:
    return PaperProduct(
        number=row.key.number,
        name=row.name,
        unit=str(row.unit),
        periodicity=str(row.periodicity),
        annual_output=row.annual_output,
        quarters=row.quarters,
        kind=row.kind_label,
        responsible=row.responsible_unit,
        verification=row.means_of_verification,
        activities=row.activities,
    )
