"""One cell of the report, as the device's queue sends it: small, repeatable, answered in JSON."""

import json
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sigpret.apps.audit.actions import DifferentRequestError
from sigpret.apps.institutions.queries import institution_reached
from sigpret.apps.monitoring.actions import ConflictError, save_value
from sigpret.apps.monitoring.actions.values import plain
from sigpret.apps.monitoring.forms import CellForm
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.monitoring.views.report_saving import REFUSALS
from sigpret.methodology.periods import Period
from sigpret.web.dates import clock_time
from sigpret.web.http import idempotency_key

LARGEST_BODY = 10_000


@require_POST
def cell(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    """Save one value; 409 when somebody wrote in between, 422 when something must be corrected.

    The body is `{"product" | "indicator": id, "value": text, "version": number}` and, when they
    were written, `cause_category` and `cause`. An `Idempotency-Key` makes trying again harmless.
    """
    if not request.user.is_authenticated:
        return refusal(
            _("Su sesión terminó. Ingrese otra vez; lo que escribió sigue aquí."),
            HTTPStatus.UNAUTHORIZED,
        )
    institution = institution_reached(code, request.access)
    if institution is None:
        raise Http404(_("No hay una institución con ese código."))
    check_can_write_report(request.access, institution.pk)
    form = CellForm(body_of(request))
    if not form.is_valid():
        return refusal(form.first_error, HTTPStatus.UNPROCESSABLE_ENTITY, form.suggestion)
    written = form.written | {"key": idempotency_key(request)}
    return saved(request, institution, Period.quarter(year, quarter), written)


def saved(
    request: HttpRequest, institution: Any, period: Period, written: dict[str, Any]
) -> HttpResponse:
    """Do it, and say what is stored now or why it is not."""
    try:
        done = save_value(
            actor=request.user,
            access=request.access,
            institution=institution,
            period=period,
            at=request.now,
            **written,
        )
    except ConflictError as conflict:
        return conflict_answer(conflict)
    except DifferentRequestError as problem:
        return refusal(str(problem), HTTPStatus.CONFLICT)
    except REFUSALS as problem:
        return refusal(str(problem), HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse(
        {
            "value": plain(done.value),
            "version": done.version,
            "state": done.state,
            "saved_at": clock_time(request.now),
        }
    )


def body_of(request: HttpRequest) -> dict[str, Any]:
    """What was sent; nothing when it is not a JSON object."""
    try:
        sent = json.loads(request.body) if len(request.body) <= LARGEST_BODY else None
    except (ValueError, RecursionError):
        sent = None
    return sent if isinstance(sent, dict) else {}


def conflict_answer(conflict: ConflictError) -> HttpResponse:
    """Both values, so that the person chooses."""
    return JsonResponse(
        {
            "error": str(conflict),
            "mine": plain(conflict.mine),
            "theirs": plain(conflict.theirs),
            "version": conflict.version,
            "changed_by": conflict.changed_by,
            "changed_at": clock_time(conflict.changed_at) if conflict.changed_at else "",
        },
        status=HTTPStatus.CONFLICT,
    )


def refusal(sentence: str, status: int, suggestion: str = "") -> HttpResponse:
    return JsonResponse({"error": sentence, "suggestion": suggestion}, status=status)
