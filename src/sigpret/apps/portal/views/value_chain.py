"""P7: the chain of a promise, from the money to the impact, as it was published."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sigpret.apps.portal.queries.value_chain import PromiseChain, promise_chain
from sigpret.apps.portal.value_chain_page import chain_rows, value_chain_of
from sigpret.web.components import Crumb
from sigpret.web.csv_files import csv_response
from sigpret.web.http import read_only
from sigpret.web.navigation import address
from sigpret.web.value_chain import broken_links, chain_sentence


def published(request: HttpRequest, slug: str) -> PromiseChain:
    found = promise_chain(slug, request.now)
    if found is None:
        raise Http404
    return found


@read_only
def value_chain(request: HttpRequest, slug: str) -> HttpResponse:
    found = published(request, slug)
    chain, card = value_chain_of(found), found.promise.card
    context = {
        "promise": found.promise,
        "card": card,
        "chain": chain,
        "has_products": found.has_products,
        "sentence": chain_sentence(chain),
        "broken": broken_links(chain),
        "crumbs": [
            Crumb("Promesas", address("portal:promises")),
            Crumb(card.text, f"{address('portal:promises')}/{card.slug}"),
        ],
    }
    return render(request, "portal/value_chain.html", context)


@read_only
def value_chain_data(request: HttpRequest, slug: str) -> HttpResponse:
    found = published(request, slug)
    return csv_response(f"cadena-{slug}.csv", chain_rows(found))
