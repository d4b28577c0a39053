"""Every address of the product. Paths are Spanish, names English."""

from django.urls import URLPattern, URLResolver, include, path

import sigpret.config.wiring  # noqa: F401 - what the apps offer stands beside their addresses

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("sigpret.apps.monitoring.urls")),  # the busiest of all
    path("", include("sigpret.web.urls")),
    path("", include("sigpret.apps.accounts.urls")),
    path("", include("sigpret.apps.notices.urls")),
    path("", include("sigpret.apps.institutions.urls")),
    path("", include("sigpret.apps.evidence.urls")),
    path("", include("sigpret.apps.planning.urls")),
    path("", include("sigpret.apps.results.urls")),
    path("", include("sigpret.apps.budget.urls")),
    path("", include("sigpret.apps.evaluation.urls")),
    path("", include("sigpret.apps.mesas.urls")),
    path("", include("sigpret.apps.imports.urls")),
    path("", include("sigpret.apps.imports.api_urls")),
    path("", include("sigpret.apps.portal.urls")),
]

handler400 = "sigpret.web.errors.bad_request"
handler403 = "sigpret.web.errors.permission_denied"
handler404 = "sigpret.web.errors.page_not_found"
handler500 = "sigpret.web.errors.server_error"
