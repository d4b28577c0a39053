"""What the API takes and answers, for programs: OpenAPI 3.1."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from sigpret.apps.imports.api import api
from sigpret.web.limits import limited

PREFIX = "/api/v1/"
PER_MINUTE = 60


@require_safe
@limited("openapi", limit=PER_MINUTE)
def openapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse(api.get_openapi_schema(path_prefix=PREFIX))
