"""Physical and financial: what is paid beside what is delivered, by product, place and sector."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.evaluation import money_page as page
from sigpret.apps.evaluation.money_steps import steps_from
from sigpret.apps.evaluation.money_table import csv_rows, sheets_of
from sigpret.apps.evaluation.permissions import (
    can_see_grades,
    check_can_see_institution,
    grades_reserved,
)
from sigpret.apps.evaluation.queries.institution import institution_facts
from sigpret.apps.evaluation.queries.money import (
    InstitutionMoney,
    ProductMoney,
    country_money,
    institution_money,
    money_quarter,
)
from sigpret.apps.evaluation.queries.quarter import UnknownQuarterError
from sigpret.apps.evaluation.queries.told_causes import causes_told
from sigpret.apps.evaluation.views.asked import asked_period, period_choices, quarter_in_address
from sigpret.apps.institutions.queries import institution_of
from sigpret.documents.table_file import tables_xlsx
from sigpret.methodology.periods import Period
from sigpret.methodology.physical_financial import Balance
from sigpret.web.components import Chip, Choice, Crumb
from sigpret.web.csv_files import csv_response
from sigpret.web.dates import period_words
from sigpret.web.http import read_only, render_page, role_required, whole_number

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@role_required()
@read_only
def show_own(request: HttpRequest) -> HttpResponse:
    """Who reads the country sees it whole; anybody else goes to their institution."""
    if not can_see_grades(request.access):
        return to_own_institution(request)
    try:
        shown = country_money(period=asked_period(request), as_of=request.as_of)
    except UnknownQuarterError as problem:
        raise Http404(str(problem)) from problem
    if shown is None:
        raise Http404(_("Todavía no hay trimestres reportados."))
    period = shown.quarter.period
    rows = [
        page.row_of_place(place, address_of(place.code, period)) for place in shown.institutions
    ]
    sectors = page.compared(page.row_of_sector(sector) for sector in shown.sectors)
    context = parts_of(rows, shown) | {
        "sectors": page.drawn(sectors),
        "silent_places": page.silent_places(shown),
        "choices": period_choices(shown.quarter.choices, shown.quarter.period),
        "crumbs": (
            Crumb(_("Evaluación"), reverse("evaluation:own")),
            Crumb(_("Físico y financiero")),
        ),
    }
    return render_page(request, "evaluation/money_country.html", context)


def to_own_institution(request: HttpRequest) -> HttpResponse:
    own, quarter = institution_of(request.access), money_quarter(as_of=request.as_of)
    if own is None:
        raise grades_reserved()
    if quarter is None:
        raise Http404(_("Todavía no hay trimestres reportados."))
    period = quarter.period
    return redirect("evaluation:money_institution", own.code, period.year, period.number)


@role_required()
@read_only
def show_institution(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    shown, place = load(request, code, quarter_in_address(year, quarter))
    rows = [page.row_of(row, sheet_of(code, year, row)) for row in shown.rows]
    program = asked_program(request)
    parts = parts_of(rows, shown)
    context = parts | {
        "institution": place,
        "programs": () if program else programs_drawn(shown),
        "steps": steps_from(parts["sides"], place, shown.quarter.period, request),
        "chips": program_chips(shown, program),
        "choices": quarter_choices(code, shown.quarter.choices, shown.quarter.period),
        "crumbs": (
            Crumb(
                _("Mi evaluación"), reverse("evaluation:institution", args=[code, year, quarter])
            ),
            Crumb(_("Físico y financiero")),
        ),
    }
    return render_page(request, "evaluation/money.html", context)


@role_required()
@read_only
def download(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    shown, _place = load(request, code, quarter_in_address(year, quarter))
    return csv_response(f"fisico_financiero_{code}_{year}_t{quarter}.csv", csv_rows(shown))


@role_required()
@read_only
def download_workbook(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    """The products and the programmes; nothing in it is a formula."""
    shown, place = load(request, code, quarter_in_address(year, quarter))
    name = f"fisico_financiero_{code}_{year}_t{quarter}.xlsx"
    return HttpResponse(
        tables_xlsx(sheets_of(shown, f"{place.code} {place.name}"), written_at=request.now),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def load(request: HttpRequest, code: str, period: Period) -> tuple[InstitutionMoney, Any]:
    """The institution with its products. Raises Http404 and PermissionDenied."""
    place = institution_facts(code)
    if place is None:
        raise Http404(_("No existe la institución «%(code)s».") % {"code": code[:10]})
    check_can_see_institution(request.access, place.id)
    program = asked_program(request)
    try:
        shown = institution_money(place.id, period=period, as_of=request.as_of, program=program)
    except UnknownQuarterError as problem:
        raise Http404(str(problem)) from problem
    if shown is None:
        raise Http404(_("Todavía no hay trimestres reportados."))
    return shown, place


def asked_program(request: HttpRequest) -> int | None:
    """The programme of `?programa=12`; None is all of them."""
    typed = request.GET.get("programa", "")
    return whole_number(typed)


def parts_of(rows: list[page.Row], shown: Any) -> dict[str, Any]:
    """What both pages share: the sentence, the drawing, the lines, the two sides."""
    seen = page.compared(rows)
    alerts = [row.product_id for row in seen if row.is_alert and row.product_id]
    causes = causes_told(shown.quarter.period, alerts) if alerts else {}
    even = [row for row in seen if row.comparison.balance in page.EVEN]
    return {
        "shown": shown,
        "period": shown.quarter.period,
        "policy": shown.policy,
        "sentence": page.sentence(rows),
        "quadrant": page.quadrant(seen, shown.policy) if seen else None,
        "lines": page.drawn(seen),
        "even_words": page.even_words(len(even), seen),
        "sides": [
            page.side(rows, balance, shown, causes)
            for balance in (Balance.MONEY_AHEAD, Balance.PROGRESS_AHEAD)
        ],
        "silent": page.silent_side(rows, shown),
        "apart": [row for row in rows if page.is_apart(row)],
    }


def programs_drawn(shown: InstitutionMoney) -> tuple[page.Drawn, ...]:
    """The table by programme, when there is more than one to compare."""
    seen = page.compared(page.row_of_program(one) for one in shown.programs)
    return page.drawn(seen) if len(shown.programs) > 1 else ()


def address_of(code: str, period: Period) -> str:
    return reverse("evaluation:money_institution", args=(code, period.year, period.number))


def sheet_of(code: str, year: int, row: ProductMoney) -> str:
    return reverse("planning:product_sheet", args=(code, year, row.code))


def program_chips(shown: InstitutionMoney, program: int | None) -> tuple[Chip, ...]:
    whole = sum(one.products for one in shown.programs)
    return (
        Chip(_("Todos"), "?", whole, is_on=program is None),
        *(
            Chip(one.label, f"?programa={one.id}", one.products, is_on=one.id == program)
            for one in shown.programs
        ),
    )


def quarter_choices(code: str, choices: Iterable[Period], shown: Period) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            period_words(period),
            address_of(code, period),
            is_on=period == shown,
        )
        for period in choices
    )
