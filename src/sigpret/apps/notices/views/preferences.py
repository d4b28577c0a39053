"""`/perfil/avisos`: what to be told and how; the private calendar."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sigpret.apps.notices import actions
from sigpret.apps.notices.forms import PreferencesForm
from sigpret.apps.notices.mail import absolute
from sigpret.apps.notices.queries.preferences import living_feed, preferences_of
from sigpret.web.http import render_page, role_required


@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def preferences(request: HttpRequest) -> HttpResponse:
    rows = preferences_of(request.user.pk, request.roles)
    if request.method != "POST":
        return show(request, PreferencesForm(rows))
    form = PreferencesForm(rows, request.POST)
    if not form.is_valid():
        return show(request, form, status=422)
    actions.save_preferences(actor=request.user, choices=form.choices())
    messages.success(request, _("Sus preferencias quedaron guardadas."))
    return redirect("notices:preferences")


@require_POST
@role_required()
def new_calendar(request: HttpRequest) -> HttpResponse:
    """The address is in the answer itself: it cannot be read again later."""
    token = actions.make_feed(actor=request.user, at=request.now)
    address = absolute(reverse("notices:calendar", args=[token]))
    form = PreferencesForm(preferences_of(request.user.pk, request.roles))
    return show(request, form, address=address)


@require_POST
@role_required()
def end_calendar(request: HttpRequest) -> HttpResponse:
    if actions.revoke_feed(actor=request.user, at=request.now):
        messages.success(request, _("La dirección de su calendario ya no funciona."))
    return redirect("notices:preferences")


def show(
    request: HttpRequest, form: PreferencesForm, *, address: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "feed": living_feed(request.user.pk),
        "calendar_address": address,
        "webcal_address": address.replace("https://", "webcal://").replace("http://", "webcal://"),
    }
    return render_page(request, "notices/preferences.html", context, status=status)
