"""Sign in; in the demonstration, with one click as anybody."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from sigpret.apps.accounts.queries import demo_people
from sigpret.apps.accounts.sign_in_log import Outcome, note
from sigpret.web.session import begin

DEMO_BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignInView(LoginView):
    """The sign-in form, with the demonstration's people beside it when there are any."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = demo_people() if settings.DEMO else []
        return super().get_context_data(**kwargs) | {"demo_people": people}


@require_POST
def enter_as(request: HttpRequest, user_id: int) -> HttpResponse:
    """Become an invented person. Only the demonstration has this door."""
    if not settings.DEMO:
        raise Http404
    person = get_object_or_404(demo_people(), pk=user_id)
    login(request, person, backend=DEMO_BACKEND)
    begin(request)
    note(
        request,
        Outcome.ENTERED_AS,
        user_id=person.pk,
        address=get_adapter().get_client_ip(request),
    )
    return redirect(settings.LOGIN_REDIRECT_URL)
