"""/salud: whether the product is well, for people and for monitors (`Accept: application/json`)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sigpret.web import health


@never_cache
@require_safe
def health_page(request: HttpRequest) -> HttpResponse:
    results = health.run_checks()
    is_ok = all(result.is_ok for result in results)
    status = 200 if is_ok else 503
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        checks = {r.name: {"ok": r.is_ok, "detail": str(r.detail)} for r in results}
        return JsonResponse({"ok": is_ok, "checks": checks}, status=status)
    return render(request, "health.html", {"results": results, "is_ok": is_ok}, status=status)
