"""What a request asks for: the quarter in its address or its query string."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.methodology.periods import Period, PeriodError
from sigpret.web.components import Choice
from sigpret.web.dates import period_words


def asked_period(request: HttpRequest) -> Period | None:
    """The quarter of `?periodo=2026-Q3`, or None when nothing was asked. Raises Http404."""
    code = request.GET.get("periodo", "")
    if not code:
        return None
    try:
        period = Period.parse(code)
        return Period.quarter(period.year, period.number) if code[4:6] == "-Q" else missing(code)
    except PeriodError:
        return missing(code)


def missing(code: str) -> Period:
    raise Http404(_("No hay datos del periodo «%(code)s».") % {"code": code[:10]})


def quarter_in_address(year: int, quarter: int) -> Period:
    """The quarter of `/…/2026/t3`. Raises Http404."""
    try:
        return Period.quarter(year, quarter)
    except PeriodError as problem:
        raise Http404(str(problem)) from problem


def period_choices(choices: tuple[Period, ...], shown: Period) -> tuple[Choice, ...]:
    """The menu of quarters; each one is an address that can be shared."""
    return tuple(
        Choice(period_words(period), f"?periodo={period.code}", is_on=period == shown)
        for period in choices
    )


def quarter_choices(code: str, choices: tuple[Period, ...], shown: Period) -> tuple[Choice, ...]:
    """The same menu where the quarter stands in the address."""
    return tuple(
        Choice(
            period_words(period),
            reverse("evaluation:institution", args=(code, period.year, period.number)),
            is_on=period == shown,
        )
        for period in choices
    )
