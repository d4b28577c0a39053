"""Which products of the plan an institutional goal relies on."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sigpret.apps.results.actions import link_products
from sigpret.apps.results.forms import ProductsForm
from sigpret.apps.results.queries.written import linked_product_ids
from sigpret.apps.results.screens import goal_crumbs, opened_to_write, way_back
from sigpret.apps.results.views.goal_form import WRITERS
from sigpret.web.http import render_page, role_required


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*WRITERS)
def edit_products(request: HttpRequest, code: str) -> HttpResponse:
    identity = opened_to_write(request, code)
    if identity.institution_id is None:
        raise Http404(_("Sólo una meta institucional se apoya en productos del POA."))
    asked = request.POST if request.method == "POST" else None
    linked = linked_product_ids(identity.id)
    form = ProductsForm(asked, institution_id=identity.institution_id, initial={"products": linked})
    if asked is not None and form.is_valid():
        offered = {pk for pk, _label in form.fields["products"].choices}
        kept = [pk for pk in linked if pk not in offered]
        count = link_products(
            actor=request.user,
            access=request.access,
            goal_id=identity.id,
            product_ids=[*kept, *form.cleaned_data["products"]],
        )
        text = ngettext("%(count)d producto vinculado.", "%(count)d productos vinculados.", count)
        messages.success(request, text % {"count": count})
        return redirect(way_back(request, reverse("results:sheet", args=[code])))
    context = {
        "form": form,
        "goal": identity,
        "crumbs": goal_crumbs(identity, _("Productos vinculados")),
    }
    return render_page(
        request, "results/products.html", context, status=422 if asked is not None else 200
    )
