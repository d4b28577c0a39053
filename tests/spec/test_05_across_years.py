"""Entre años

Cada indicador dice cómo se comporta de un año a otro. De eso depende qué se compara en la cifra
plurianual: A es lo logrado, M la meta, LB la línea base. A_último es lo del último año con
reporte; M_última, la meta del último año programado.

| acumulación | en el año | en todo el período |
|---|---|---|
| acumulado | A ÷ M | ΣA ÷ ΣM |
| flujo | A ÷ M | A_último ÷ M_última, o el promedio de los años (parámetro) |
| stock | A ÷ M | A_último ÷ M_última |
| capacidad | (A − LB) ÷ (M − LB) | (A_último − LB) ÷ (M_última − LB) |
| reducción | (LB − A) ÷ (LB − M) | (LB − A_último) ÷ (LB − M_última) |
| reducción anual | (A del año anterior − A) ÷ (A del año anterior − M) | promedio de los años |
"""

from dataclasses import replace

from sigpret.methodology.achievement import achieve
from sigpret.methodology.measure import Accumulation, Sense
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import FlowWholePeriod
from tests.methodology.examples import POLICY, decimal, measure, reads
from tests.spec.book import ACCUMULATIONS, KINDS, STATUSES, paragraph


def yearly(targets, executed, **changes):
    """A level measured once a year from 2024 on."""
    written = [
        "; ".join(f"{2024 + place}: {cell}" for place, cell in enumerate(cells.split()))
        for cells in (targets, executed)
    ]
    return measure(*written, **({"accumulation": Accumulation.LAST} | changes))


@paragraph
def test_ascending_kinds(kind, achieved, annual, multi_year):
    """Cuando más es mejor

    Línea base 20; metas 30, 40 y 60 en 2024, 2025 y 2026; visto al cierre de 2025.

    | acumulación | logrado 2024 2025 | del año | plurianual |
    |---|---|---:|---:|
    | acumulado | 27 36 | 90 | 48.46… |
    | flujo | 27 36 | 90 | 60 |
    | stock | 27 36 | 90 | 60 |
    | capacidad | 27 36 | 80 | 40 |
    | capacidad | 27 16 | -20 | -10 |
    | stock | 27 — | — | 45 |
    """
    chosen = yearly("30 40 60", achieved, kind=KINDS[kind], baseline=decimal("20"))
    seen = achieve(chosen, as_of=Period.of_year(2025), policy=POLICY)
    assert reads(seen.annual.value, annual)
    assert reads(seen.multi_year.value, multi_year)


@paragraph
def test_reductions(kind, achieved, annual, multi_year):
    """Cuando menos es mejor

    Línea base 50; metas 40, 30 y 10 en 2024, 2025 y 2026; visto al cierre de 2025. En la reducción
    anual cada año parte de lo logrado el año anterior, y el primero de la línea base.

    | acumulación | logrado 2024 2025 | del año | plurianual |
    |---|---|---:|---:|
    | reducción | 42 35 | 75 | 37.5 |
    | reducción | 52 55 | -25 | -12.5 |
    | reducción anual | 42 36 | 50 | 65 |
    | reducción anual | 40 30 | 100 | 100 |
    | reducción anual | 30 30 | 100 | 150 |
    | reducción anual | — 35 | 75 | 75 |
    | acumulado | 50 50 | 0 | 80 |
    """
    change = {"kind": KINDS[kind], "baseline": decimal("50"), "sense": Sense.DESCENDING}
    seen = achieve(
        yearly("40 30 10", achieved, **change), as_of=Period.of_year(2025), policy=POLICY
    )
    assert reads(seen.annual.value, annual)
    assert reads(seen.multi_year.value, multi_year)


@paragraph
def test_flow_by_its_mean(rule, achieved, multi_year):
    """El flujo, por su último año o por el promedio

    Metas 100, 100 y 100; visto al cierre de 2026. Un año sin reporte queda fuera del promedio.

    | parámetro | logrado 2024 2025 2026 | plurianual |
    |---|---|---:|
    | last | 60 90 90 | 90 |
    | mean | 60 90 90 | 80 |
    | mean | 60 — 90 | 75 |
    | mean | 60 90 — | — |
    """
    policy = replace(POLICY, flow_whole_period=FlowWholePeriod(rule))
    chosen = yearly("100 100 100", achieved, kind=KINDS["flujo"])
    seen = achieve(chosen, as_of=Period.of_year(2026), policy=policy)
    assert reads(seen.multi_year.value, multi_year)


@paragraph
def test_without_a_kind(accumulation, achieved, multi_year):
    """Si la ficha no dice cómo se acumula entre años

    Lo que se suma dentro del año se suma entre años; lo demás es un nivel. Metas 30 y 60, visto al
    cierre de 2025.

    | acumulación en el año | logrado 2024 2025 | plurianual |
    |---|---|---:|
    | suma | 30 45 | 83.33… |
    | último valor | 30 45 | 75 |
    """
    chosen = yearly("30 60", achieved, accumulation=ACCUMULATIONS[accumulation])
    seen = achieve(chosen, as_of=Period.of_year(2025), policy=POLICY)
    assert reads(seen.multi_year.value, multi_year)


@paragraph
def test_the_whole_period_is_judged_when_it_ends(as_of, achieved, status):
    """Lo plurianual se juzga cuando vence la última meta

    Metas 30, 40 y 60 hasta 2026.

    | al cierre de | logrado 2024 2025 2026 | estado |
    |---|---|---|
    | 2025 | 30 40 60 | no vence |
    | 2026 | 30 40 60 | en ruta |
    | 2026 | 30 40 50 | en riesgo |
    | 2026 | 30 40 — | sin reporte |
    """
    chosen = yearly("30 40 60", achieved, kind=KINDS["stock"])
    seen = achieve(chosen, as_of=Period.parse(as_of), policy=POLICY)
    assert seen.multi_year.status is STATUSES[status]
