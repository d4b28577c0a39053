"""What the evaluation says in the panel of a product of a plan: what was paid and what was done."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from sigpret.apps.evaluation.money_page import row_of
from sigpret.apps.evaluation.permissions import can_see_institution
from sigpret.apps.evaluation.queries.money import products_with_money
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.beside import PanelPart
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.periods import Period


def panel_of_products(
    _plan_id: int, fiscal_year: int, institution_id: int, access: Access
) -> Mapping[int, PanelPart]:
    """By product id, what the whole year says so far; two statements.

    Nothing for whoever may not see how the institution does, nor of products without budget.
    """
    if not can_see_institution(access, institution_id):
        return {}
    period = Period.quarter(fiscal_year, 4)
    policy = policy_for(period)
    return {
        product.product_id: PanelPart(
            _("Dinero y avance del año"),
            "evaluation/plan_panel.html",
            {"row": row_of(product)},
        )
        for product in products_with_money(period, policy, institution_id)
    }
