"""What changed after a quarter closed: at the closing, today and why; or between two editions."""

from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sigpret.apps.evaluation.permissions import check_can_see_changes
from sigpret.apps.evaluation.queries.after_closing import changes_after, compare_editions
from sigpret.apps.evaluation.views.asked import quarter_in_address
from sigpret.apps.monitoring.queries.editions import Edition, editions_of
from sigpret.web.http import render_page, role_required


@role_required()
@require_safe
def show_changes(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """`?de=1&a=2` compares two editions; without them, the last one with today."""
    check_can_see_changes(request.access)
    period = quarter_in_address(year, quarter)
    editions = editions_of(period)
    if not editions:
        return render_page(
            request, "evaluation/closing_changes.html", {"period": period, "editions": ()}
        )
    first = asked_edition(request, "de", editions)
    second = asked_edition(request, "a", editions)
    found = (
        compare_editions(first, second)
        if first and second
        else changes_after(first or editions[-1])
    )
    context = {
        "period": period,
        "editions": editions,
        "found": found,
        "second": second if first else None,
        "pairs": list(pairwise(editions)),
    }
    return render_page(request, "evaluation/closing_changes.html", context)


def asked_edition(request: HttpRequest, name: str, editions: tuple[Edition, ...]) -> Edition | None:
    """The edition written in the address. Raises Http404 when there is no such one."""
    typed = request.GET.get(name, "")
    if not typed:
        return None
    found = next((one for one in editions if str(one.number) == typed), None)
    if found is None:
        raise Http404(_("No hay una edición con ese número."))
    return found
