"""Proving again who one is before something that cannot be taken back lightly.

The sign-in library keeps the ways a person proved it and when; here stands which one is asked:
the second factor of whoever has one, the password of the rest. The invented people of the
demonstration have neither and are asked nothing.
"""

from allauth.account.internal.flows.reauthentication import (
    is_reauthentication_required,
    suspend_request,
)
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


def proof_of_identity(request: HttpRequest) -> HttpResponse | None:
    """Sends the person to prove it and brings their request back afterwards, just as it was.

    None when they proved it a moment ago, or have nothing to prove it with.
    """
    if not is_reauthentication_required(request, app=""):
        return None
    answer: HttpResponse = suspend_request(request, address_of_proof(request))
    return answer


def address_of_proof(request: HttpRequest) -> str:
    """Where the strongest proof this person has is asked."""
    held = Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True)
    kinds = set(held)
    if Authenticator.Type.TOTP in kinds:
        return reverse("mfa_reauthenticate")
    if Authenticator.Type.WEBAUTHN in kinds:
        return reverse("mfa_reauthenticate_webauthn")
    return reverse("account_reauthenticate")
