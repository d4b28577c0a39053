"""The product's addresses and a view that does nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from sigpret.config import urls


def empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("vacio", empty), *urls.urlpatterns]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
