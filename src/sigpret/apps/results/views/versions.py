"""Published versions of the matrix: the list, what changed between two, and publishing one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.results.actions import MatrixErrorsError, NothingChangedError, publish_matrix
from sigpret.apps.results.finding_words import steps_of
from sigpret.apps.results.forms import PublishForm
from sigpret.apps.results.permissions import (
    check_keeps_matrix,
    check_reads_versions,
    keeps_matrix,
)
from sigpret.apps.results.queries.findings import findings
from sigpret.apps.results.queries.versions import matrix_versions
from sigpret.apps.results.screens import crumbs
from sigpret.apps.results.versions_page import compare_page
from sigpret.web.components import Crumb
from sigpret.web.http import read_only, render_page, role_required

READERS = ("analyst", "statistician", "administrator", "presidency", "auditor")


@role_required(*READERS)
@read_only
def show_versions(request: HttpRequest) -> HttpResponse:
    check_reads_versions(request.access)
    versions = matrix_versions()
    context = {
        "versions": versions,
        "can_publish": keeps_matrix(request.access),
        "crumbs": crumbs(Crumb(_("Versiones"))),
    }
    return render_page(request, "results/versions.html", context)


@role_required(*READERS)
@read_only
def compare(request: HttpRequest) -> HttpResponse:
    """`?de=1&a=2`; without `a`, with the matrix as it is now."""
    check_reads_versions(request.access)
    versions = matrix_versions()
    if not versions:
        return redirect("results:versions")
    page = compare_page(
        versions, request.GET.get("de", ""), request.GET.get("a", ""),
        kind=request.GET.get("cambio", ""),
    )  # fmt: skip
    if page is None:
        raise Http404(_("No hay una versión con ese número."))
    context = {
        "page": page,
        "crumbs": crumbs(Crumb(_("Versiones"), reverse("results:versions")), Crumb(_("Comparar"))),
    }
    return render_page(request, "results/compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("analyst", "administrator")
def publish(request: HttpRequest) -> HttpResponse:
    check_keeps_matrix(request.access)
    asked = request.POST if request.method == "POST" else None
    form = PublishForm(asked)
    if asked is not None and form.is_valid():
        if (proof := proof_of_identity(request)) is not None:
            return proof
        try:
            version = publish_matrix(
                actor=request.user, access=request.access, note=form.cleaned_data["note"],
                at=request.now,
            )  # fmt: skip
        except (MatrixErrorsError, NothingChangedError) as problem:
            form.add_error(None, str(problem))
        else:
            text = _("Versión %(number)d publicada.") % {"number": version.number}
            messages.success(request, text)
            return redirect("results:versions")
    found = findings(request.access)
    context = {
        "form": form,
        "errors": steps_of([one for one in found if one.is_error], back=request.path),
        "warnings": steps_of([one for one in found if not one.is_error], back=request.path),
        "last": next(iter(matrix_versions()), None),
        "crumbs": crumbs(Crumb(_("Versiones"), reverse("results:versions")), Crumb(_("Publicar"))),
    }
    return render_page(
        request, "results/publish.html", context, status=422 if asked is not None else 200
    )
