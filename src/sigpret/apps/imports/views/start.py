"""Choose the file; see what came in before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from sigpret.apps.imports.actions import upload_report
from sigpret.apps.imports.forms import TOO_LARGE, UploadForm
from sigpret.apps.imports.permissions import check_can_import
from sigpret.apps.imports.queries import imports_open_to
from sigpret.apps.imports.views.unread import why_unread
from sigpret.web.components import Crumb
from sigpret.web.http import role_required

UNREADABLE_STATUS = 422


# The size is judged before anything reads the body, which the token check would do first;
# `start_within_limits` makes that check.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def start(request: HttpRequest) -> HttpResponse:
    check_can_import(request.access)
    if (unread := why_unread(request, TOO_LARGE)) is not None:
        return page(request, UploadForm(), **unread._asdict())
    return start_within_limits(request)


@csrf_protect
def start_within_limits(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return page(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, form, status=UNREADABLE_STATUS)
    return upload(request, form)


def upload(request: HttpRequest, form: UploadForm) -> HttpResponseRedirect:
    file = form.cleaned_data["report"]
    uploaded = upload_report(
        actor=request.user,
        access=request.access,
        data=file.read(),
        filename=file.name,
        at=request.now,
    )
    if uploaded.is_known:
        messages.info(request, _("Ese archivo ya está en revisión: siga donde quedó."))
    return redirect("imports:review", uploaded.import_id)


def page(
    request: HttpRequest, form: UploadForm, *, problem: object = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "problem": problem or form.errors.get("report", [""])[0],
        "imports": imports_open_to(request.access),
        "crumbs": (Crumb(_("Planificación")), Crumb(_("Importar"))),
    }
    return render(request, "imports/start.html", context, status=status)
