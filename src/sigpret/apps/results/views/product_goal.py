"""Linking one product of the plan to a goal, from the plan itself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.results.actions.links import add_product_to_goal
from sigpret.apps.results.permissions import check_can_write_goal
from sigpret.apps.results.queries.product_goals import offered_goals, placed_product
from sigpret.apps.results.views.goal_form import WRITERS
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*WRITERS)
def link_product(request: HttpRequest, product_id: int) -> HttpResponse:
    product = placed_product(product_id)
    if product is None:
        raise Http404(_("Ese producto no está en ningún plan."))
    check_can_write_goal(request.access, product.institution_id)
    plan_url = reverse("planning:plan", args=[product.fiscal_year, product.institution_code])
    back = f"{plan_url}?producto={product.id}#p{product.id}"
    goals = offered_goals(product)
    chosen = next((goal for goal in goals if str(goal.id) == request.POST.get("goal")), None)
    if chosen is not None:
        add_product_to_goal(
            actor=request.user,
            access=request.access,
            goal_id=chosen.id,
            product_id=product.id,
        )
        messages.success(request, _("El producto aporta a %(code)s.") % {"code": chosen.code})
        return redirect(back)
    context = {
        "product": product,
        "goals": goals,
        "back": back,
        "is_blank": request.method == "POST",
        "crumbs": (Crumb(f"POA {product.fiscal_year}", plan_url), Crumb(_("Vincular"))),
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "results/product_goal.html", context, status=status)
