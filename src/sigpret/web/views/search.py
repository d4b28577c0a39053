"""/buscar · T6: any object and any action. A plain page; inside the Ctrl K dialog, its results."""

from django.http import HttpRequest, HttpResponse

from sigpret.web.clock import now
from sigpret.web.http import read_only, render_page, role_required
from sigpret.web.navigation import menu_for
from sigpret.web.search import SearchWords
from sigpret.web.search.page import grouped, menu_hits, summary
from sigpret.web.search.registry import found, texts
from sigpret.web.search.spelling import respelled


@role_required()
@read_only
def search_page(request: HttpRequest) -> HttpResponse:
    words = SearchWords.of(request.GET.get("q", ""))
    moment = getattr(request, "now", None) or now()
    access = getattr(request, "access", None)
    menu = menu_for(request)
    hits = [*found(access, words, moment), *menu_hits(menu, words)]
    instead = None if hits or not words else respelled(words, texts(access))
    if instead is not None:
        hits = [*found(access, instead, moment), *menu_hits(menu, instead)]
    context = {
        "words": words,
        "groups": grouped(hits, instead or words),
        "summary": summary(len(hits), words, instead if hits else None),
    }
    return render_page(request, "search.html", context, fragment="results")
