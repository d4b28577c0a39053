"""`/mesas/<slug>/r/<n>` · One meeting, from its convocation to its distributed minutes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sigpret.apps.mesas.meeting_steps import rules_of, steps_of
from sigpret.apps.mesas.meeting_words import hours_words
from sigpret.apps.mesas.minutes_sentences import OBSTACLES
from sigpret.apps.mesas.queries.agreement_choices import NO_CHOICES, choices_of
from sigpret.apps.mesas.queries.meeting import MeetingPage, meeting_page
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.web.components import Crumb
from sigpret.web.http import is_fragment, render_page, role_required
from sigpret.web.navigation import address

TEMPLATE = "mesas/meeting.html"
LIVE = "mesas/meeting/live.html"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A meeting in its mesa, for somebody who may read it."""

    mesa: MesaPage
    page: MeetingPage

    @property
    def who(self) -> dict[str, Any]:
        """What every action on it starts with, besides the actor."""
        return {"standing": self.mesa.standing, "meeting_id": self.page.meeting.pk}

    def url(self, anchor: str = "") -> str:
        place = [self.mesa.slug, self.page.meeting.number]
        return reverse("mesas:meeting", args=place) + (f"#{anchor}" if anchor else "")


@role_required()
@require_safe
def show_meeting(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    loaded = load_meeting(request, slug, number)
    return render_page(request, TEMPLATE, context_of(loaded))


def load_meeting(request: HttpRequest, slug: str, number: int) -> Loaded:
    """Raises Http404 and PermissionDenied."""
    mesa = mesa_page(request, slug)
    page = meeting_page(mesa.mesa.pk, number, standing=mesa.standing, now=request.now)
    if page is None:
        raise Http404(_("Esta mesa no tiene una reunión con ese número."))
    return Loaded(mesa, page)


def context_of(loaded: Loaded, **more: object) -> Mapping[str, Any]:
    page = loaded.page
    choices = choices_of(loaded.mesa.mesa) if page.can_write else NO_CHOICES
    return loaded.mesa.context(
        Crumb(_("Reuniones"), address("mesas:meetings", loaded.mesa.slug)),
        Crumb(_("n.º %(n)s") % {"n": page.meeting.number}),
        page=page,
        meeting=page.meeting,
        place=[loaded.mesa.slug, page.meeting.number],
        steps=steps_of(page),
        rules=rules_of(page),
        hours=hours_words(
            page.meeting.started_at or page.meeting.starts_at,
            page.meeting.finished_at or page.meeting.ends_at,
        ),
        held_up=[OBSTACLES[obstacle] for obstacle in page.held_up_by],
        choices=choices,
        **more,
    )


def answer_live(
    request: HttpRequest, loaded: Loaded, anchor: str, *, status: int = 200, **more: object
) -> HttpResponse:
    """After a change: the pieces of the page that may differ, or the page again.

    `anchor` is the piece that was used (`punto-12`); a refusal keeps what was typed in it.
    """
    if is_fragment(request):
        fresh = load_meeting(request, loaded.mesa.slug, loaded.page.meeting.number or 0)
        return render_page(request, LIVE, context_of(fresh, used=anchor, **more), status=status)
    if status == 200:
        return redirect(loaded.url(anchor))
    return render_page(request, TEMPLATE, context_of(loaded, used=anchor, **more), status=status)
