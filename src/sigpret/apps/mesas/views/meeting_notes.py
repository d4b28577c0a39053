"""What is said, saved as it is typed; and topics nobody had planned."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sigpret.apps.audit.actions import DifferentRequestError
from sigpret.apps.mesas.actions.notes import (
    FIELDS,
    NotesConflictError,
    add_item,
    save_notes,
)
from sigpret.apps.mesas.actions.session import MinutesError
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.views.meeting import Loaded, answer_live, load_meeting
from sigpret.web.http import idempotency_key, is_fragment, render_page, role_required

NOTES = "mesas/meeting/notes.html"


@role_required()
@require_POST
def notes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One text: `field` is a topic's number of row, `opening` or `closing`."""
    loaded = load_meeting(request, slug, number)
    check_can_write(loaded.mesa.standing)
    field = request.POST.get("field", "")
    check_field(loaded, field)
    text, base = request.POST.get("text", ""), request.POST.get("base", "")
    anchor = f"texto-{field}"
    try:
        saved = save_notes(
            actor=request.user, **loaded.who, field=field, text=text, base=base, at=request.now
        )
    except NotesConflictError as conflict:
        if is_fragment(request):
            return render_notes(request, loaded, field, conflict.mine, conflict, status=409)
        found = {"field": field, "conflict": conflict}
        return answer_live(request, loaded, anchor, status=409, notes_conflict=found)
    except MinutesError as refusal:
        if is_fragment(request):
            refused = str(refusal)
            return render_notes(request, loaded, field, text, None, refused=refused, status=409)
        found = {"field": field, "sentence": str(refusal), "mine": text}
        return answer_live(request, loaded, anchor, status=409, notes_refused=found)
    if is_fragment(request):
        return render_notes(request, loaded, field, saved.text, None)
    return answer_live(request, loaded, anchor)


def check_field(loaded: Loaded, field: str) -> None:
    known = {str(topic.id) for topic in loaded.page.topics} | set(FIELDS)
    if field not in known:
        raise Http404(_("Ese tema ya no está en la agenda."))


def render_notes(
    request: HttpRequest,
    loaded: Loaded,
    field: str,
    text: str,
    conflict: NotesConflictError | None,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """Only the text: whoever goes on typing keeps their place."""
    context = {
        "field": field,
        "text": text,
        "base": conflict.theirs if conflict else text,
        "conflict": conflict,
        "place": [loaded.mesa.slug, loaded.page.meeting.number],
        "refused": refused,
        "saved_at": None if conflict or refused else request.now,
    }
    return render_page(request, NOTES, context, status=status)


@role_required()
@require_POST
def item(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A topic nobody had planned."""
    loaded = load_meeting(request, slug, number)
    check_can_write(loaded.mesa.standing)
    title = request.POST.get("title", "")
    try:
        added = add_item(
            actor=request.user,
            **loaded.who,
            title=title,
            at=request.now,
            key=idempotency_key(request),
        )
    except DifferentRequestError as refusal:
        raise BadRequest(str(refusal)) from None
    except MinutesError as refusal:
        error = {"sentence": str(refusal), "title": title}
        return answer_live(request, loaded, "nuevo-tema", status=422, item_error=error)
    return answer_live(request, loaded, "nuevo-tema", added=added.pk)
