"""A list of a mesa where something is begun: GET shows both, POST begins it or says why not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page


class Render(Protocol):
    """The page of the list; `form` None: nothing has been typed yet."""

    def __call__(
        self, request: HttpRequest, page: MesaPage, form: Any, *, status: int = 200
    ) -> HttpResponse: ...


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a list begins. `begin` acts and leads onwards; what it refuses with is `refusal`."""

    form_of: Callable[[MesaPage, Any], Form]
    begin: Callable[[HttpRequest, MesaPage, Any], HttpResponse]
    refusal: type[Exception]
    render: Render


def list_and_begin(request: HttpRequest, slug: str, one: Beginning) -> HttpResponse:
    """What was typed and refused comes back with its sentence. Raises Http404, PermissionDenied."""
    page = mesa_page(request, slug)
    if request.method != "POST":
        return one.render(request, page, None)
    check_can_write(page.standing)
    form = one.form_of(page, request.POST)
    if form.is_valid():
        try:
            return one.begin(request, page, form)
        except one.refusal as refusal:
            form.add_error(None, str(refusal))
    return one.render(request, page, form, status=422)
