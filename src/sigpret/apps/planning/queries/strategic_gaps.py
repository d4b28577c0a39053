"""What a strategic plan lacks before it may be sent."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from sigpret.apps.planning.models import StrategicPlan, StrategicResult


def strategic_gaps(plan_id: int) -> tuple[str, ...]:
    """One sentence for each thing that is missing, in the order of the plan; four statements."""
    plan = StrategicPlan.objects.prefetch_related("objectives__results__targets").get(pk=plan_id)
    return tuple(_gaps(plan))


def _gaps(plan: StrategicPlan) -> Iterator[str]:
    if not plan.mission or not plan.vision:
        yield _("Escriba la misión y la visión.")
    objectives = list(plan.objectives.all())
    if not objectives:
        yield _("Agregue al menos un objetivo estratégico.")
    for objective in objectives:
        results = list(objective.results.all())
        if not results:
            yield _("El objetivo %(place)s no tiene resultados.") % {"place": objective.number}
        for result in results:
            yield from _gaps_of(result, f"{objective.number}.{result.number}", plan)


def _gaps_of(result: StrategicResult, place: str, plan: StrategicPlan) -> Iterator[str]:
    if not result.indicator or result.unit_of_measure_id is None:
        yield _("El resultado %(place)s no tiene indicador con su unidad.") % {"place": place}
    if result.baseline is None:
        yield _("El resultado %(place)s no tiene línea base.") % {"place": place}
    planned = {target.fiscal_year for target in result.targets.all()}
    missing = [
        str(year) for year in range(plan.first_year, plan.last_year + 1) if year not in planned
    ]
    if missing:
        yield _("El resultado %(place)s no tiene meta de %(years)s.") % {
            "place": place,
            "years": ", ".join(missing),
        }
