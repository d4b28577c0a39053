"""What the evaluation says in the panel of a product of a plan: what was paid and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from sigpret.apps.evaluation.money_page import row_of
from sigpret.apps.evaluation.permissions import can_see_institution
from sigpret.apps.evaluation.queries.money import money_quarter, products_with_money
from sigpret.apps.evaluation.queries.quarter import last_ended_quarter
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.beside import PanelPart
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.periods import Period
from sigpret.web.clock import now
from sigpret.web.dates import period_words


def panel_of_products(
    _plan_id: int, fiscal_year: int, institution_id: int, access: Access
) -> Mapping[int, PanelPart]:
    """By product id, what the year says up to the last quarter that closed; a few statements,
    whatever the products.

    Nothing for whoever may not see how the institution does, nor of products without budget.
    """
    if not can_see_institution(access, institution_id):
        return {}
    period = quarter_beside(fiscal_year, as_of=now().date())
    policy = policy_for(period)
    return {
        product.product_id: PanelPart(
            _("Dinero y avance al %(quarter)s") % {"quarter": period_words(period)},
            "evaluation/plan_panel.html",
            {"row": row_of(product)},
        )
        for product in products_with_money(period, policy, institution_id)
    }


def quarter_beside(fiscal_year: int, *, as_of: date) -> Period:
    """The last quarter of the plan's year that closed by `as_of`: a later one would ask for what
    nobody reports yet. The first of a year in which none closed, the fourth of a year gone by."""
    shown = money_quarter(as_of=as_of)
    last = last_ended_quarter(as_of) if shown is None else shown.period
    if last.year == fiscal_year:
        return last
    return Period.quarter(fiscal_year, 4 if last.year > fiscal_year else 1)
