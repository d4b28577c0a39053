"""T7 · Notices: by what they speak of, unread first."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sigpret.apps.notices import actions
from sigpret.apps.notices.forms import SeenForm
from sigpret.apps.notices.kinds import UnknownKindError, kind_of
from sigpret.apps.notices.queries.inbox import inbox
from sigpret.web.http import read_only, render_page, role_required


@role_required()
@read_only
def inbox_page(request: HttpRequest) -> HttpResponse:
    groups = inbox(request.user.pk)
    unread = sum(group.unread for group in groups)
    context = {
        "groups": groups,
        "unread_total": unread,
        "heading": heading(unread),
        "newest": max((line.pk for group in groups for line in group.lines), default=0),
    }
    return render_page(request, "notices/inbox.html", context)


def heading(unread: int) -> str:
    if not unread:
        return _("No tiene avisos sin leer")
    words = ngettext("Tiene %(n)d aviso sin leer", "Tiene %(n)d avisos sin leer", unread)
    return words % {"n": unread}


@require_POST
@role_required()
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it and go where it leads."""
    url = actions.open_notice(actor=request.user, notice_id=pk, at=request.now)
    if url is None:
        raise Http404
    return redirect(url)


@require_POST
@role_required()
def read_notices(request: HttpRequest) -> HttpResponse:
    form = SeenForm(request.POST)
    if form.is_valid():
        actions.mark_read(actor=request.user, at=request.now, **form.cleaned_data)
    return redirect("notices:inbox")


@require_POST
@role_required()
def mute_kind(request: HttpRequest) -> HttpResponse:
    code = request.POST.get("kind", "")
    try:
        label = kind_of(code).label
        actions.mute(actor=request.user, kind=code, at=request.now)
    except UnknownKindError:
        raise Http404 from None
    messages.success(
        request,
        _("Ya no le avisaremos aquí de «%(kind)s». Puede cambiarlo en sus preferencias.")
        % {"kind": label},
    )
    return redirect("notices:inbox")
