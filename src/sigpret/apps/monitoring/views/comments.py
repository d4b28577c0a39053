"""The thread of a datum: somebody adds to it, from whatever page shows it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sigpret.apps.monitoring.actions import EmptyCommentError, add_comment
from sigpret.apps.monitoring.permissions import check_can_comment
from sigpret.apps.monitoring.queries import Thread, thread_of
from sigpret.web.http import is_fragment, role_required, whole_number

TEMPLATE = "monitoring/thread.html"
PAGE = "monitoring/thread_page.html"


@role_required()
@require_POST
def add(request: HttpRequest, value_id: int) -> HttpResponse:
    """Add a comment; htmx gets the thread again, the others go back to where they were."""
    thread = thread_for(request, value_id)
    text, problem = request.POST.get("comment", ""), ""
    try:
        add_comment(
            actor=request.user,
            access=request.access,
            value_id=value_id,
            text=text,
            at=request.now,
            mention_ids=ids_in(request.POST.getlist("mention")),
        )
    except EmptyCommentError as refusal:
        problem = str(refusal)
    if problem or is_fragment(request):
        shown = thread if problem else thread_for(request, value_id)
        return show(request, shown, text=text if problem else "", problem=problem)
    messages.success(request, _("Comentario enviado."))
    return redirect(next_of(request))


def thread_for(request: HttpRequest, value_id: int) -> Thread:
    """The thread for somebody who may speak in it. Raises PermissionDenied and Http404.

    What is another institution's is refused before anybody learns whether it exists.
    """
    thread = thread_of(value_id, access=request.access, on=request.as_of)
    if thread is None or not thread.can_write:
        check_can_comment(request.access, 0)
        raise Http404(_("Ese dato no existe."))
    return thread


def ids_in(texts: list[str]) -> list[int]:
    return [number for text in texts if (number := whole_number(text)) is not None]


def next_of(request: HttpRequest) -> str:
    """The page the comment was written on, if it is one of ours."""
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return asked if is_ours else reverse("monitoring:threads")


def show(request: HttpRequest, thread: Thread, *, text: str, problem: str) -> HttpResponse:
    """The thread alone, or a page around it for whoever has no script."""
    context = {
        "thread": thread,
        "comment_text": text,
        "comment_problem": problem,
        "comment_next": request.POST.get("next", ""),
    }
    template = TEMPLATE if is_fragment(request) else PAGE
    return render(request, template, context, status=422 if problem else 200)
