"""A plan that came from an official report still says what the report printed.

Source: report R00822953 is the plan as SIAFI has it; what differs must be changed there too.
"""

from collections.abc import Iterator
from decimal import Decimal

from sigpret.methodology.explain import Explanation
from sigpret.methodology.explain import gettext_noop as _
from sigpret.methodology.plans.facts import (
    ANNUAL,
    Finding,
    Fix,
    PlanFacts,
    ProductFacts,
    ReportedProduct,
    Severity,
    found,
)
from sigpret.methodology.policy import Policy

RULE = "report_numbers"
DIFFERENT = _(
    "La producción anual dice %(annual)s y el reporte %(report)s imprimió %(printed)s: corrija el "
    "plan o cambie el dato en SIAFI."
)
ABSENT = _(
    "El reporte %(report)s imprimió el producto %(absent)s y el plan no lo tiene: agréguelo o "
    "retírelo en SIAFI."
)
ADDED = _("No está en el reporte %(report)s del que salió el plan: agréguelo también en SIAFI.")
AS_PRINTED = _("Poner %(value)s, como el reporte")


def check(plan: PlanFacts, _policy: Policy) -> Iterator[Finding]:
    """One warning per product that differs from the report; none when the plan has no report.

    What the report left blank the plan may complete: blank is not zero.
    """
    if plan.report is None:
        return
    printed = {product.label: product for product in plan.report}
    for product in plan.products:
        reported = printed.pop(product.label, None)
        if reported is None:
            yield found(RULE, Severity.WARNING, ADDED, product, report=plan.report_id)
        elif differs(product, reported):
            yield _different(product, reported.annual_output, plan.report_id)
    for label in printed:
        yield found(
            RULE, Severity.WARNING, ABSENT, place=label, report=plan.report_id, absent=label
        )


def differs(product: ProductFacts, reported: ReportedProduct) -> bool:
    return reported.annual_output not in (None, product.annual_output)


def _different(product: ProductFacts, printed: Decimal | None, report: str) -> Finding:
    fix = Fix(ANNUAL, printed, Explanation("plan.fix", AS_PRINTED, {"value": printed}))
    return found(
        RULE,
        Severity.WARNING,
        DIFFERENT,
        product,
        (fix,),
        frozenset({ANNUAL}),
        annual=product.annual_output,
        printed=printed,
        report=report,
    )
