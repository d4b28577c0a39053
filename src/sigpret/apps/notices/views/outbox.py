"""The demonstration's mail, for whoever visits it. These pages exist in the demonstration only."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from sigpret.apps.accounts.queries import demo_people
from sigpret.apps.notices.outbox import OutboxMail, find_mail, outbox
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required

#: A mail carries its own styles and nothing else: no script, no picture, no form, no origin.
ALONE = {
    "default-src": ["'none'"],
    "script-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


@require_safe
@role_required()
def outbox_page(request: HttpRequest) -> HttpResponse:
    check_demonstration()
    return render_page(request, "notices/outbox.html", {"mails": outbox(addresses())})


@require_safe
@role_required()
def mail_page(request: HttpRequest, name: str) -> HttpResponse:
    mail = shown(name)
    crumbs = [
        Crumb(_("Correos de la demostración"), request.path.rsplit("/", 1)[0]),
        Crumb(mail.subject),
    ]
    return render_page(request, "notices/mail.html", {"mail": mail, "crumbs": crumbs})


@require_safe
@role_required()
@xframe_options_sameorigin
@csp_replace(ALONE)
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML as a mail program would show it, in a box of its own."""
    return HttpResponse(shown(name).html)


def shown(name: str) -> OutboxMail:
    check_demonstration()
    mail = find_mail(name, addresses())
    if mail is None:
        raise Http404
    return mail


def addresses() -> list[str]:
    """Only mail to invented people is shown: a real person's may carry a link to their account."""
    return [person.email for person in demo_people()]


def check_demonstration() -> None:
    if not settings.DEMO:
        raise Http404
