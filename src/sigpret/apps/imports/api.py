"""The API: programs read plans and send them in, through the same checks as a person's file."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI, Status
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer

from sigpret.apps.imports.actions.upload import upload_report
from sigpret.apps.imports.api_forms import (
    PlanInForce,
    PlanSent,
    PlansOfYear,
    Problem,
    ReceivedPlan,
    document_of,
    plan_in_force,
    plan_line,
    received_plan,
)
from sigpret.apps.imports.permissions import check_can_import
from sigpret.apps.imports.queries import import_facts
from sigpret.apps.institutions.queries import institution_by_code
from sigpret.apps.institutions.tokens import Bearer, bearer_of, note_use
from sigpret.apps.planning.permissions import check_can_read_plan
from sigpret.apps.planning.queries.readable import readable_plans
from sigpret.apps.planning.queries.stored import stored_plan
from sigpret.apps.planning.queries.whole import whole_plan
from sigpret.intake.json_form import JsonFormError
from sigpret.intake.writers.report_text import UnprintableError, report_text
from sigpret.web.limits import client_address, is_too_often

PER_MINUTE, SENT_PER_MINUTE, GUESSES_PER_MINUTE = 120, 12, 30


class TooOftenError(Exception):
    """More requests in a minute than are answered."""


class RefusedPlanError(Exception):
    """The plan was read and may not come in; `sentences` say why."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class TokenKey(HttpBearer):
    """`Authorization: Bearer …`. It makes no session; a session opens nothing here."""

    openapi_description = "Clave que cada persona crea en «Acceso de programas»."

    def authenticate(self, request: HttpRequest, token: str) -> Bearer | None:
        if is_too_often(f"api:{client_address(request)}", limit=PER_MINUTE):
            raise TooOftenError
        bearer = bearer_of(token, request.now)  # type: ignore[attr-defined]
        if bearer is not None:
            note_use(bearer.token_id, request.now)  # type: ignore[attr-defined]
        elif is_too_often(f"api-guess:{client_address(request)}", limit=GUESSES_PER_MINUTE):
            raise TooOftenError
        return bearer


api = NinjaAPI(
    title="SIGPRET",
    version="1",
    description=(
        "Lectura y envío de planes operativos. Cantidades como texto decimal; en blanco es nulo y "
        "nunca cero. Un plan enviado queda en revisión hasta que una persona lo confirma."
    ),
    auth=TokenKey(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
Details = Callable[..., tuple[str, ...]]
REFUSALS: dict[int, Any] = {401: Problem, 403: Problem, 404: Problem, 429: Problem}


@api.get("/planes/{int:year}", response={200: PlansOfYear, 401: Problem, 429: Problem})
def plans(request: HttpRequest, year: int) -> dict[str, Any]:
    """Los planes de un ejercicio que la persona puede leer."""
    listed = readable_plans(bearer(request).access, year)
    return {"fiscal_year": year, "plans": [plan_line(one) for one in listed]}


@api.get("/planes/{int:year}/{str:code}", response={200: PlanInForce, **REFUSALS})
def plan(request: HttpRequest, year: int, code: str) -> dict[str, Any]:
    """Un plan como está ahora, con los campos del reporte R00822953 y sus trimestres."""
    institution = institution_by_code(code)
    if institution is None:
        raise Http404
    check_can_read_plan(bearer(request).access, institution.pk)
    whole, stored = whole_plan(institution, year), stored_plan(institution, year)
    if whole is None or stored.document is None:
        raise Http404
    return plan_in_force(whole, stored)


@api.post(
    "/planes/recibidos",
    response={200: ReceivedPlan, 201: ReceivedPlan, 413: Problem, 422: Problem, **REFUSALS},
)
def send_plan(request: HttpRequest, sent: PlanSent) -> Status[dict[str, Any]]:
    """Envía un plan: pasa por las mismas comprobaciones que un archivo y queda en revisión.

    Enviar lo mismo otra vez devuelve la misma importación (200) y no crea otra.
    """
    who = bearer(request)
    if not who.may_write:
        raise PermissionDenied(_("Esta clave sólo lee. Cree una que pueda enviar planes."))
    check_can_import(who.access)
    if is_too_often(f"api-sent:{who.token_id}", limit=SENT_PER_MINUTE):
        raise TooOftenError
    document = document_of(sent)
    data = report_text(document)
    name = f"api-{document.institution.code}-{document.fiscal_year}.txt"
    now = request.now  # type: ignore[attr-defined]
    done = upload_report(actor=who.person, access=who.access, data=data, filename=name, at=now)
    facts = import_facts(who.access, done.import_id)
    if facts.is_refused:
        raise RefusedPlanError(tuple(finding.message for finding in facts.findings))
    url = request.build_absolute_uri(reverse("imports:review", args=[done.import_id]))
    return Status(200 if done.is_known else 201, received_plan(facts, url))


def bearer(request: HttpRequest) -> Bearer:
    """Who the program acts for."""
    who: Bearer = request.auth  # type: ignore[attr-defined]
    return who


def answered(status: int, title: str | Promise) -> Callable[[Details], Any]:
    """An error as the declared answer: a title, and what to mend."""

    def decorate(details: Details) -> Any:
        @wraps(details)
        def answer(request: HttpRequest, error: Exception) -> HttpResponse:
            body = {"title": str(title), "details": list(details(error))}
            return api.create_response(request, body, status=status)

        return answer

    return decorate


@answered(429, gettext_lazy("Demasiadas peticiones en un minuto: espere un minuto."))
def too_often(error: Exception) -> tuple[str, ...]:
    return ()


@answered(403, gettext_lazy("Usted no puede hacer esto."))
def forbidden(error: Exception) -> tuple[str, ...]:
    return (str(error),) if str(error) else ()


@answered(404, gettext_lazy("No existe."))
def missing(error: Exception) -> tuple[str, ...]:
    return ()


@answered(401, gettext_lazy("La clave falta, venció o fue anulada."))
def unknown(error: AuthenticationError) -> tuple[str, ...]:
    return ()


@answered(413, gettext_lazy("El plan es demasiado grande."))
def too_large(error: Exception) -> tuple[str, ...]:
    return ()


@answered(422, gettext_lazy("El plan no tiene la forma publicada."))
def malformed(error: ValidationError) -> tuple[str, ...]:
    return tuple(".".join(map(str, one["loc"][2:])) for one in error.errors)


@answered(422, gettext_lazy("El plan no tiene la forma publicada."))
def bent(error: JsonFormError) -> tuple[str, ...]:
    return (str(error).split(":", 1)[0],)


@answered(422, gettext_lazy("El plan tiene textos que el reporte no puede decir."))
def unprintable(error: UnprintableError) -> tuple[str, ...]:
    return error.sentences


@answered(422, gettext_lazy("El plan no se puede recibir."))
def refused(error: RefusedPlanError) -> tuple[str, ...]:
    return error.sentences


for failure, handler in (
    (TooOftenError, too_often),
    (PermissionDenied, forbidden),
    (Http404, missing),
    (AuthenticationError, unknown),
    (RequestDataTooBig, too_large),
    (ValidationError, malformed),
    (JsonFormError, bent),
    (UnprintableError, unprintable),
    (RefusedPlanError, refused),
):
    api.add_exception_handler(failure, handler)
