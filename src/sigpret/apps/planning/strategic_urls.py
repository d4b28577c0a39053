"""Addresses of the strategic plans, and of what links an annual plan to them."""

from django.urls import path

from sigpret.apps.planning.views import strategic_writing as writing
from sigpret.apps.planning.views.strategic import (
    strategic_latest,
    strategic_plan,
    strategic_plans,
)
from sigpret.apps.planning.views.strategic_links import strategic_links
from sigpret.apps.planning.views.strategic_steps import strategic_step

PLAN = "pei/<str:code>/<int:first>"
strategic_addresses = [
    path("pei", strategic_plans, name="strategic_plans"),
    path("pei/<str:code>", strategic_latest, name="strategic_latest"),
    path("pei/<str:code>/nuevo", writing.strategic_new, name="strategic_new"),
    path(PLAN, strategic_plan, name="strategic_plan"),
    path(f"{PLAN}/texto", writing.strategic_statement, name="strategic_statement"),
    path(f"{PLAN}/objetivos/nuevo", writing.strategic_objective, name="strategic_objective_new"),
    path(f"{PLAN}/objetivos/<int:pk>", writing.strategic_objective, name="strategic_objective"),
    path(
        f"{PLAN}/objetivos/<int:pk>/quitar",
        writing.strategic_objective_remove,
        name="strategic_objective_remove",
    ),
    path(
        f"{PLAN}/objetivos/<int:objective>/resultados/nuevo",
        writing.strategic_result,
        name="strategic_result_new",
    ),
    path(
        f"{PLAN}/objetivos/<int:objective>/resultados/<int:pk>",
        writing.strategic_result,
        name="strategic_result",
    ),
    path(
        f"{PLAN}/resultados/<int:pk>/quitar",
        writing.strategic_result_remove,
        name="strategic_result_remove",
    ),
    path(f"{PLAN}/pasos/<str:step>", strategic_step, name="strategic_step"),
    path("poa/<int:year>/<str:code>/pei", strategic_links, name="strategic_links"),
]
