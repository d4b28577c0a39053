"""The versions of a plan, and any two of them compared."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sigpret.apps.planning.plan_address import plan_crumbs, readable_plan
from sigpret.apps.planning.queries.version_causes import explained_differences, writers_between
from sigpret.apps.planning.queries.versions import VersionFacts, plan_versions
from sigpret.web.http import render_page, role_required

NOW = "ahora"


@role_required()
@require_safe
def plan_versions_page(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """`?de=1&a=2` compares two versions; `a=ahora` compares with the plan as it is."""
    plan = readable_plan(request, year, code)
    versions = plan_versions(plan)
    before, after = asked(request, versions)
    context = {
        "plan": plan,
        "versions": versions,
        "before": before,
        "after": after,
        "crumbs": plan_crumbs(request.access, plan, _("Versiones")),
    }
    if before is not None:
        context["rows"] = explained_differences(plan, before.number, after and after.number)
        context["writers"] = writers_between(plan, before.at, after.at if after else None)
    return render_page(request, "planning/versions.html", context)


def asked(
    request: HttpRequest, versions: tuple[VersionFacts, ...]
) -> tuple[VersionFacts | None, VersionFacts | None]:
    """The two to compare, the older first: the last one with the plan as it is, unless asked."""
    by_number = {str(version.number): version for version in versions}
    before = by_number.get(request.GET.get("de", ""), versions[0] if versions else None)
    after = by_number.get(request.GET.get("a", NOW))
    if before and after and after.number < before.number:
        before, after = after, before
    return before, after
