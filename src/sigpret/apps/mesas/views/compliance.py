"""`/mesas/cumplimiento` · Which guideline each mesa meets, since when it does not, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sigpret.apps.mesas.guideline_words import HEADINGS, STATES
from sigpret.apps.mesas.permissions import check_can_compare_mesas
from sigpret.apps.mesas.queries.compliance import (
    ComplianceBoard,
    Finding,
    MesaCompliance,
    compliance_board,
)
from sigpret.methodology.mesas.compliance import GUIDELINES, Compliance, Rule
from sigpret.web.components import Chip, Crumb
from sigpret.web.http import read_only, render_page, role_required
from sigpret.web.navigation import address

TEMPLATE = "mesas/compliance.html"
#: Without meeting for longer than this a mesa is shown apart.
LONG_DAYS = 30
MOST_CARDS = 3
GROUPS = (
    (Compliance.BROKEN, gettext_lazy("Con algún incumplimiento")),
    (Compliance.DUE_SOON, gettext_lazy("Por vencer en pocos días")),
    (Compliance.MET, gettext_lazy("Al día")),
)
#: Where the fact of each rule is looked at, inside the mesa.
PLACES = {
    Rule.CONSTITUTED: "mesas:members",
    Rule.WORK_PLAN: "mesas:work_plan",
    Rule.NOTICE: "mesas:meetings",
    Rule.AGENDA: "mesas:meetings",
    Rule.MINUTES: "mesas:meetings",
    Rule.DELEGATES: "mesas:members",
    Rule.THEMES: "mesas:meetings",
    Rule.AGREEMENTS: "mesas:agreements",
    Rule.APPROVALS: "mesas:products",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A finding with its word and the address of its fact."""

    finding: Finding
    word: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    compliance: MesaCompliance
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What matters this week: a rule, how many mesas break it, and the first ones."""

    title: str
    sentences: tuple[str, ...]
    url: str


@role_required()
@read_only
def show_compliance(request: HttpRequest) -> HttpResponse:
    check_can_compare_mesas(request.access)
    board = compliance_board(on=request.as_of)
    state, rule = request.GET.get("estado", ""), request.GET.get("regla", "")
    rows = [row_of(one) for one in board.rows if fits(one, board, state, rule)]
    context = {
        "board": board,
        "sentence": sentence_of(board),
        "cards": cards_of(board),
        "chips": chips_of(board, state, rule),
        "groups": groups_of(rows),
        "states": [(state, STATES[state]) for state in Compliance],
        "guidelines": [(HEADINGS[rule], GUIDELINES[rule]) for rule in Rule],
        "crumbs": (Crumb(_("Mesas sectoriales"), reverse("mesas:mesas")), Crumb(_("Cumplimiento"))),
    }
    return render_page(request, TEMPLATE, context)


def sentence_of(board: ComplianceBoard) -> str:
    """`13 de 22 mesas cumplen los lineamientos; Vivienda sigue sin constituirse`."""
    told = ngettext(
        "%(n)s de %(total)s mesas cumple los lineamientos",
        "%(n)s de %(total)s mesas cumplen los lineamientos",
        board.met,
    ) % {"n": board.met, "total": len(board.rows)}
    missing = [str(row.mesa.sector) for row in board.rows if row.mesa.constituted_on is None]
    if not missing:
        return told
    more = ngettext(
        "%(first)s sigue sin constituirse",
        "%(first)s y %(n)s más siguen sin constituirse",
        len(missing),
    ) % {"first": missing[0], "n": len(missing) - 1}
    return f"{told}; {more}"


def fits(row: MesaCompliance, board: ComplianceBoard, state: str, rule: str) -> bool:
    """Does a mesa belong in what the address asks for? An unknown filter asks for nothing."""
    if rule in list(Rule) and not any(
        finding.is_broken and finding.check.rule == rule for finding in row.findings
    ):
        return False
    if state == "sin-reunion":
        return (row.days_without_meeting(board.on) or 0) > LONG_DAYS
    return state not in list(Compliance) or row.overall == state


def chips_of(board: ComplianceBoard, state: str, rule: str) -> list[Chip]:
    """The filters with how many mesas each one leaves."""
    here = reverse("mesas:compliance")
    offered = (
        ("", _("Todas")),
        (Compliance.BROKEN.value, _("Con incumplimiento")),
        (Compliance.DUE_SOON.value, _("Por vencer")),
        (Compliance.MET.value, _("Al día")),
        ("sin-reunion", _("Sin reunión, %(n)s días") % {"n": LONG_DAYS}),
    )
    chips = []
    for code, label in offered:
        count = sum(fits(row, board, code, "") for row in board.rows)
        url = f"{here}?{urlencode({'estado': code})}" if code else here
        chips.append(Chip(label, url, count, is_on=not rule and code == state))
    if rule in list(Rule):
        url = f"{here}?{urlencode({'regla': rule})}"
        count = sum(fits(row, board, "", rule) for row in board.rows)
        chips.append(Chip(HEADINGS[Rule(rule)], url, count, is_on=True))
    return chips


def cards_of(board: ComplianceBoard) -> tuple[Card, ...]:
    """The broken rules, the one of most mesas first after those not constituted."""
    broken = {rule: [row for row in board.rows if breaks(row, rule)] for rule in Rule}
    order = sorted(
        (rule for rule in Rule if broken[rule]),
        key=lambda rule: (rule is not Rule.CONSTITUTED, -len(broken[rule])),
    )
    return tuple(card_of(rule, broken[rule]) for rule in order[:MOST_CARDS])


def breaks(row: MesaCompliance, rule: Rule) -> bool:
    return any(finding.is_broken and finding.check.rule is rule for finding in row.findings)


def card_of(rule: Rule, rows: Iterable[MesaCompliance]) -> Card:
    listed = list(rows)
    title = ngettext(
        "%(rule)s: incumple %(n)s mesa", "%(rule)s: incumplen %(n)s mesas", len(listed)
    )
    told = [
        f"{row.mesa.sector}: {finding.sentence}"
        for row in listed
        for finding in row.findings
        if finding.check.rule is rule
    ]
    return Card(
        title=title % {"rule": HEADINGS[rule], "n": len(listed)},
        sentences=tuple(told[:MOST_CARDS]),
        url=f"{reverse('mesas:compliance')}?{urlencode({'regla': rule.value})}",
    )


def row_of(row: MesaCompliance) -> Row:
    slug = row.mesa.sector.slug
    cells = (
        Cell(finding, str(STATES[finding.check.state]), address(PLACES[finding.check.rule], slug))
        for finding in row.findings
    )
    return Row(row, reverse("mesas:summary", args=[slug]), tuple(cells))


def groups_of(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """The most pressing mesas first; a group without mesas is not shown."""
    found = (
        (str(label), [row for row in rows if row.compliance.overall is state])
        for state, label in GROUPS
    )
    return [(label, listed) for label, listed in found if listed]
