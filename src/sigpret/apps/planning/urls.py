"""Addresses of the app."""

from django.urls import path

from sigpret.apps.planning.views.plan import plan
from sigpret.apps.planning.views.plans import current_plans, plans

app_name = "planning"
urlpatterns = [
    path("poa", current_plans, name="plans"),
    path("poa/<int:year>", plans, name="plans"),
    path("poa/<int:year>/<str:code>", plan, name="plan"),
]
