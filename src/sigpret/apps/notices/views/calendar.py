"""The private calendar: no session, a token nobody can guess, only that person's deadlines."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sigpret.apps.notices.queries.calendar import calendar_of, person_of_feed
from sigpret.documents.calendar import feed
from sigpret.web.limits import client_address, is_too_often

#: Calendar programs ask a few times a day; this is for whoever guesses or goes round in circles.
PER_MINUTE = 30


@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    if is_too_often(f"calendar:{client_address(request)}", limit=PER_MINUTE):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    person = person_of_feed(token)
    if person is None:
        raise Http404
    body = feed("SIGPRET", calendar_of(person, request.now))
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="sigpret.ics"'
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
