"""El semáforo

El estado de una meta, un indicador o un producto sale de su cumplimiento *a la fecha*, sin
redondear, contra los umbrales de la metodología vigente. Tres estados no son colores: *sin
reporte* (venció y no hay dato), *no vence*, y *sin denominador* (se reportó 0 de 0: capítulo 12).
"""

from dataclasses import replace

from sigpret.methodology.achievement import due_in
from sigpret.methodology.measure import Accumulation, Measure, Sense
from sigpret.methodology.periods import Period
from sigpret.methodology.status import status_of
from tests.methodology.examples import POLICY, decimal, series
from tests.spec.book import STATUSES, paragraph


@paragraph
def test_thresholds(achievement, status):
    """Umbrales, comparados sin redondear

    | cumplimiento | estado |
    |---:|---|
    | -5 | rezagada |
    | 0 | rezagada |
    | 79.9999 | rezagada |
    | 80 | en riesgo |
    | 89.9999 | en riesgo |
    | 90 | en ruta |
    | 120 | en ruta |
    | 120.0001 | sobrecumplida |
    """
    seen = status_of(decimal(achievement), is_due=True, is_reported=True, policy=POLICY)
    assert seen is STATUSES[status]


@paragraph
def test_two_states_are_not_colours(achievement, due, reported, status):
    """Sin reporte y no vence

    | cumplimiento | ¿vence? | ¿se reportó? | estado |
    |---:|---|---|---|
    | 50 | no | sí | no vence |
    | — | no | no | no vence |
    | — | sí | no | sin reporte |
    | 50 | sí | no | sin reporte |
    | — | sí | sí | no vence |
    """
    seen = status_of(
        decimal(achievement), is_due=due == "sí", is_reported=reported == "sí", policy=POLICY
    )
    assert seen is STATUSES[status]


@paragraph
def test_what_falls_due(programmed, sense, quarter, due):
    """Qué vence en un trimestre

    Vence lo programado en un período que termina dentro de él. Un 0 programado donde más es mejor
    no pide nada; donde menos es mejor es un compromiso.

    | programado | mejor | trimestre | ¿vence? |
    |---|---|---|---|
    | 2026-Q1: 10 | más | 2026-Q1 | sí |
    | 2026-Q1: 10 | más | 2026-Q2 | no |
    | 2026-Q1: 0 | más | 2026-Q1 | no |
    | 2026-Q1: 0 | menos | 2026-Q1 | sí |
    | 2026-S1: 10 | más | 2026-Q2 | sí |
    | 2026-T1: 10 | más | 2026-Q2 | sí |
    | 2026-B2: 10 | más | 2026-Q2 | sí |
    | 2026-M08: 10 | más | 2026-Q3 | sí |
    | 2026: 10 | más | 2026-Q3 | no |
    | 2026: 10 | más | 2026-Q4 | sí |
    """
    measure = Measure(
        id="meta",
        accumulation=Accumulation.SUM,
        kind=None,
        sense=Sense.ASCENDING if sense == "más" else Sense.DESCENDING,
        baseline=None,
        tolerance=None,
        targets=series(programmed),
        executed={},
    )
    assert due_in(measure, Period.parse(quarter)) == (due == "sí")


@paragraph
def test_thresholds_are_data(on_track, achievement, status):
    """Los umbrales son datos

    | umbral de «en ruta» | cumplimiento | estado |
    |---:|---:|---|
    | 90 | 92 | en ruta |
    | 95 | 92 | en riesgo |
    """
    policy = replace(POLICY, on_track=decimal(on_track))
    seen = status_of(decimal(achievement), is_due=True, is_reported=True, policy=policy)
    assert seen is STATUSES[status]
