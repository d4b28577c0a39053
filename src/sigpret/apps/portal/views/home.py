"""P1: how promises go, in one screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sigpret.apps.portal.presentation import band_lines, status_strip, summary_sentence
from sigpret.apps.portal.queries import (
    band_counts,
    latest_publication,
    portal_summary,
    promise_cards,
    withdrawn_publication,
)
from sigpret.web.http import read_only


@read_only
def home(request: HttpRequest) -> HttpResponse:
    publication = latest_publication(request.now)
    if publication is None:
        return render(
            request, "portal/home_empty.html", {"withdrawn": withdrawn_publication(request.now)}
        )
    summary = portal_summary(publication, promise_cards(publication, request.now), request.now)
    context = {
        "summary": summary,
        "sentence": summary_sentence(summary),
        "strip": status_strip(summary),
        "withdrawn": withdrawn_publication(request.now),
        "bands": band_lines(band_counts(publication)),
    }
    return render(request, "portal/home.html", context)
