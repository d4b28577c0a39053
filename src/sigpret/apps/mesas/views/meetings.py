"""`/mesas/<slug>/reuniones` · The meetings of a mesa: those to come, and those that were."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sigpret.apps.mesas.queries.meetings import meeting_list
from sigpret.apps.mesas.views.loading import mesa_page
from sigpret.web.http import read_only, render_page, role_required

TEMPLATE = "mesas/meetings.html"


@role_required()
@read_only
def show_meetings(request: HttpRequest, slug: str) -> HttpResponse:
    place = mesa_page(request, slug)
    lines = meeting_list(place.mesa)
    if not place.standing.writes:
        lines = tuple(line for line in lines if not line.is_prepared)
    coming = [line for line in lines if line.is_prepared or line.is_awaited]
    past = [line for line in lines if line not in coming]
    context = place.context(_("Reuniones"), coming=coming[::-1], past=past)
    return render_page(request, TEMPLATE, context)
