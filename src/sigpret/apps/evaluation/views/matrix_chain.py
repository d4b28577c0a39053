"""L6 · The chain of results: the tree of sectors, the chain of one with its figures, its rules."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.evaluation.matrix_drawing import drawn
from sigpret.apps.evaluation.queries.matrix_chain import MatrixChain, matrix_chain
from sigpret.apps.evaluation.queries.quarter import UnknownQuarterError
from sigpret.apps.evaluation.views.asked import asked_period
from sigpret.apps.results.finding_words import steps_of
from sigpret.apps.results.forms import LinkForm
from sigpret.apps.results.link_page import LinkPage, link_page
from sigpret.apps.results.permissions import can_write_somewhere, check_reads_matrix
from sigpret.apps.results.queries import matrix_versions
from sigpret.apps.results.queries.sheet import goal_identity
from sigpret.web.http import read_only, render_page, role_required

SHOWN_RULES = 6


@role_required()
@read_only
def show_chain(request: HttpRequest) -> HttpResponse:
    check_reads_matrix(request.access)
    asked = asked_period(request)
    try:
        chain = matrix_chain(
            request.access,
            as_of=request.as_of,
            asked=request.GET.get("sector", ""),
            goal=request.GET.get("meta", ""),
            period=asked,
        )
    except UnknownQuarterError as problem:
        raise Http404(str(problem)) from problem
    if chain is None:
        return render_page(request, "evaluation/matrix_empty.html", {})
    return render_page(request, "evaluation/matrix_chain.html", context_of(request, chain))


def context_of(request: HttpRequest, chain: MatrixChain) -> dict[str, Any]:
    back = request.get_full_path()
    focused = [card for card in chain.sectoral if card.code == chain.focus]
    versions = matrix_versions()
    page = chosen_link(request, chain)
    chosen = (page.child.code, page.parent.code) if page else ("", "")
    return {
        "chain": chain,
        "drawing": drawn(chain, chosen),
        "sentence": sentence(chain),
        "focused": focused[0] if focused else None,
        "steps": steps_of(chain.findings[:SHOWN_RULES], back=back),
        "more": max(len(chain.findings) - SHOWN_RULES, 0),
        "back": back,
        "version": versions[0] if versions else None,
        "can_write": can_write_somewhere(request.access),
        "only_problems": request.GET.get("ver", "") == "problemas",
        "page": page,
        "form": LinkForm(initial=page.initial, auto_id="link_%s") if page else None,
        "version_of_link": page.facts.version if page else 0,
    }


def chosen_link(request: HttpRequest, chain: MatrixChain) -> LinkPage | None:
    """The link asked for, or the heaviest of those that arrive at what is open."""
    child, _mark, parent = request.GET.get("vinculo", "").partition(">")
    if not child:
        arriving = [tie for tie in chain.ties if tie.parent == chain.focus]
        best = max(arriving, key=lambda tie: tie.weight, default=None)
        child, parent = (best.child, best.parent) if best else ("", "")
    ends = goal_identity(child), goal_identity(parent)
    if None in ends:
        return None
    page = link_page(*ends, request.access)
    return page if page is not None and page.facts.is_open else None


def sentence(chain: MatrixChain) -> str:
    """The heading: what the chain of the sector says today."""
    sector = {"sector": chain.sector.name}
    if chain.inconsistent:
        card = chain.inconsistent[0]
        own, given = card.standing.own.value, card.standing.contributed.value
        if own is not None and given is not None and own < given:
            text = _("En %(sector)s lo de abajo avanza, pero «%(goal)s» no se mueve")
        else:
            text = _("En %(sector)s «%(goal)s» avanza aunque lo de abajo no")
        return text % {**sector, "goal": card.text.partition(" (")[0]}
    if chain.findings:
        text = ngettext(
            "En %(sector)s la cadena tiene %(count)d cosa por resolver",
            "En %(sector)s la cadena tiene %(count)d cosas por resolver",
            len(chain.findings),
        )
        return text % {**sector, "count": len(chain.findings)}
    return _("En %(sector)s toda la cadena cumple las reglas") % sector
