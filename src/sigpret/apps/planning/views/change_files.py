"""The papers of a change of a plan: attached, taken out, handed to whoever reads the plan."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sigpret.apps.evidence.views.files import stored_file
from sigpret.apps.planning.actions.change_files import remove_change_file
from sigpret.apps.planning.actions.reprogramming import ChangeError
from sigpret.apps.planning.change_papers import bring_papers, keep_typed, who
from sigpret.apps.planning.queries.change_files import change_file
from sigpret.apps.planning.step_permissions import check_can_submit_plan
from sigpret.apps.planning.views.change import answer, readable_change
from sigpret.web.http import role_required, whole_number
from sigpret.web.limits import brings_too_many, too_many_files


@role_required()
@require_POST
def change_files(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """Attaches files, or takes one out (`quitar`); the reason typed so far is kept."""
    if brings_too_many(request):
        return too_many_files(request)
    found = readable_change(request, plan_id, number)
    check_can_submit_plan(request.access, found.plan.institution_id)
    taken = request.POST.get("quitar", "")
    try:
        keep_typed(request, found.pk)
        if taken:
            file_id = whole_number(taken) or 0
            remove_change_file(change_id=found.pk, file_id=file_id, **who(request))
        else:
            attach(request, found.pk)
    except ChangeError as problem:
        return answer(request, found, problem=str(problem))
    return redirect("planning:change", plan_id, number)


def attach(request: HttpRequest, change_id: int) -> None:
    attached, problems = bring_papers(request, change_id)
    for problem in problems:
        messages.error(request, problem)
    if attached:
        text = ngettext("%(n)d documento adjunto.", "%(n)d documentos adjuntos.", attached)
        messages.success(request, text % {"n": attached})
    elif not problems:
        messages.warning(request, _("Elija primero el archivo que quiere adjuntar."))


@role_required()
@require_safe
def change_file_download(request: HttpRequest, plan_id: int, number: int, pk: int) -> HttpResponse:
    """The file to keep, for whoever reads the plan."""
    found = readable_change(request, plan_id, number)
    file = change_file(found.pk, pk)
    if file is None:
        raise Http404(_("Ese documento ya no está en la solicitud."))
    return stored_file(file.sha256, file.name)
