"""Rules to attend to: what is wrong with the matrix, goal by goal, with what settles it."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sigpret.apps.results.finding_words import RULE_WORDS, steps_of
from sigpret.apps.results.permissions import check_reads_matrix
from sigpret.apps.results.queries.findings import MatrixFinding, findings
from sigpret.apps.results.screens import crumbs
from sigpret.web.components import Chip, Crumb
from sigpret.web.http import read_only, render_page, role_required

LOOSE = frozenset({"without_parent", "without_presidential", "without_children"})


@role_required()
@read_only
def show_loose(request: HttpRequest) -> HttpResponse:
    """The goals outside the chain alone."""
    found = [one for one in findings(request.access) if one.rule in LOOSE]
    return show(request, found, title=_("Fuera de la cadena"))


@role_required()
@read_only
def show_findings(request: HttpRequest) -> HttpResponse:
    """Everything that is wrong, one rule at a time if asked."""
    return show(request, list(findings(request.access)), title=_("Reglas por atender"))


def show(request: HttpRequest, found: list[MatrixFinding], *, title: str) -> HttpResponse:
    check_reads_matrix(request.access)
    chosen = request.GET.get("regla", "")
    counts = Counter(one.rule for one in found)
    chips = [Chip(_("Todas"), "?", len(found), is_on=not chosen)] + [
        Chip(RULE_WORDS[rule], f"?regla={rule}", counts[rule], is_on=rule == chosen)
        for rule in RULE_WORDS
        if counts[rule]
    ]
    shown = [one for one in found if not chosen or one.rule == chosen]
    context = {
        "title": title,
        "chips": chips,
        "total": len(found),
        "steps": steps_of(shown, back=request.get_full_path()),
        "crumbs": crumbs(Crumb(title)),
    }
    return render_page(request, "results/findings.html", context)
