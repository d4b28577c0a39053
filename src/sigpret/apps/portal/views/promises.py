"""P2: find a promise; the filters live in the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from sigpret.apps.portal.forms import PromiseFilterForm
from sigpret.apps.portal.presentation import promise_rows, status_chips
from sigpret.apps.portal.queries import (
    PromiseFilters,
    latest_publication,
    portal_summary,
    promise_cards,
)
from sigpret.web.csv_files import csv_response
from sigpret.web.http import read_only


@read_only
def promises(request: HttpRequest) -> HttpResponse:
    publication = latest_publication(request.now)
    if publication is None:
        return render(request, "portal/home_empty.html")
    cards = promise_cards(publication, request.now)
    summary = portal_summary(publication, cards, request.now)
    form = PromiseFilterForm(request.GET, sectors=summary.sectors)
    filters = form.filters()
    context = {
        "summary": summary,
        "form": form,
        "filters": filters,
        "chips": status_chips(summary, filters),
        "cards": [card for card in cards if filters.accept(card)],
        "query": urlencode([(key, value) for key, value in request.GET.items() if value]),
    }
    return render(request, "portal/promises.html", context)


@read_only
def promises_data(request: HttpRequest) -> HttpResponse:
    publication = latest_publication(request.now)
    cards = promise_cards(publication, request.now) if publication else ()
    filters = PromiseFilterForm(request.GET, sectors=()).filters() if cards else PromiseFilters()
    period = publication.period if publication else ""
    rows = promise_rows([card for card in cards if filters.accept(card)], period)
    return csv_response("promesas.csv", rows)
