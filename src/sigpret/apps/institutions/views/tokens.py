"""The account page where a person lets programs act for them, and ends it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.institutions.actions.tokens import (
    MadeToken,
    TokenRefusedError,
    make_token,
    revoke_token,
)
from sigpret.apps.institutions.forms import TokenForm
from sigpret.apps.institutions.tokens import tokens_of
from sigpret.web.http import role_required

TEMPLATE = "institutions/tokens.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def tokens(request: HttpRequest) -> HttpResponse:
    """GET lists them; POST makes one and shows what it opens with, this once."""
    if request.method != "POST":
        return page(request, TokenForm())
    if (proof := proof_of_identity(request)) is not None:
        return proof
    form = TokenForm(request.POST)
    if not form.is_valid():
        return page(request, form, status=422)
    try:
        made = make_token(actor=request.user, at=request.now, **form.facts)
    except TokenRefusedError as refusal:
        form.add_error("name", str(refusal))
        return page(request, form, status=409)
    return page(request, TokenForm(), made=made)


@require_POST
@role_required()
def end_token(request: HttpRequest, pk: int) -> HttpResponse:
    if revoke_token(actor=request.user, token_id=pk, at=request.now):
        messages.success(request, _("La clave quedó anulada: ningún programa entra con ella."))
    return redirect("institutions:tokens")


def page(
    request: HttpRequest, form: TokenForm, *, made: MadeToken | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "made": made,
        "tokens": tokens_of(request.user, request.now),
        "api_url": request.build_absolute_uri(reverse("api:openapi")),
    }
    return render(request, TEMPLATE, context, status=status)
