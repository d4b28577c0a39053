"""P3: one promise, for anybody to audit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sigpret.apps.portal.presentation import promise_sentence, series_rows, trajectory
from sigpret.apps.portal.queries import Promise, promise_page, public_changes
from sigpret.web.components import Crumb
from sigpret.web.csv_files import csv_response
from sigpret.web.http import read_only
from sigpret.web.navigation import address


def published(request: HttpRequest, slug: str) -> Promise:
    found = promise_page(slug, request.now)
    if found is None:
        raise Http404
    return found


@read_only
def promise(request: HttpRequest, slug: str) -> HttpResponse:
    found = published(request, slug)
    sector = f"{address('portal:promises')}?sector={found.card.sector_slug}"
    context = {
        "promise": found,
        "card": found.card,
        "modified": public_changes(slug, request.now),
        "sentence": promise_sentence(found),
        "trajectory": trajectory(found),
        "crumbs": [Crumb("Promesas", address("portal:promises")), Crumb(found.card.sector, sector)],
        "share_url": request.build_absolute_uri(request.path),
    }
    return render(request, "portal/promise.html", context)


@read_only
def promise_data(request: HttpRequest, slug: str) -> HttpResponse:
    found = published(request, slug)
    return csv_response(f"{slug}.csv", series_rows(found))
