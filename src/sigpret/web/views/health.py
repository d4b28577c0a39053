"""/salud: whether the product is well, for people and for monitors (`Accept: application/json`).

Everybody learns which check fails; what it saw is for whoever runs the system.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sigpret.web import health
from sigpret.web.health import CheckResult

#: Roles that are told what each check saw.
READERS = frozenset({"administrator", "auditor"})


@never_cache
@require_safe
def health_page(request: HttpRequest) -> HttpResponse:
    results = health.run_checks()
    is_ok = all(result.is_ok for result in results)
    status = 200 if is_ok else 503
    if not sees_details(request, results):
        results = tuple(replace(result, detail="") for result in results)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"ok": is_ok, "checks": told(results)}, status=status)
    return render(request, "health.html", {"results": results, "is_ok": is_ok}, status=status)


def sees_details(request: HttpRequest, results: Iterable[CheckResult]) -> bool:
    """Is it the administration or the audit? Without a database nobody can tell."""
    if any(result.name == health.DATABASE and not result.is_ok for result in results):
        return False
    return not READERS.isdisjoint(getattr(request, "roles", ()))


def told(results: Iterable[CheckResult]) -> dict[str, dict[str, object]]:
    """`{"disk": {"ok": true}}`, with the detail where there is one."""
    return {
        result.name: {"ok": result.is_ok}
        | ({"detail": str(result.detail)} if result.detail else {})
        for result in results
    }
