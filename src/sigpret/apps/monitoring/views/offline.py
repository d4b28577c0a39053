"""The worker that shows the report again when there is no connection. It is nobody's page."""

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

FILE = "monitoring/offline-worker.js"


@require_safe
@cache_control(no_cache=True)
def worker(_request: HttpRequest) -> HttpResponse:
    """Served under `/i/`, because a worker answers only for what lies below its own address."""
    path = finders.find(FILE)
    if not isinstance(path, str):
        raise Http404
    with open(path, encoding="utf-8") as file:
        return HttpResponse(file.read(), content_type="text/javascript; charset=utf-8")
