"""Dentro del año

Los datos de los períodos de un año se vuelven uno según la acumulación del indicador. Se
acumula lo programado y se acumula lo ejecutado, con la misma regla, y después se comparan.
"""

from sigpret.methodology.achievement import achieve
from sigpret.methodology.measure import accumulate, tiles
from sigpret.methodology.periods import Period
from tests.methodology.examples import (
    POLICY,
    decimal,
    known,
    measure,
    quarterly,
    reads,
    series,
)
from tests.spec.book import ACCUMULATIONS, paragraph


@paragraph
def test_each_accumulation(accumulation, reported, year_so_far):
    """Cuatro maneras de acumular

    *Suma* es la de los productos; *último valor*, la de los niveles (cobertura, tasa); *promedio*
    y *máximo*, la de lo que se mide varias veces. Los períodos sin reporte no entran.

    | acumulación | I II III IV | acumulado |
    |---|---|---:|
    | suma | 10 20 30 — | 60 |
    | suma | 0 0 — — | 0 |
    | último valor | 10 20 15 — | 15 |
    | último valor | 10 — 15 — | 15 |
    | promedio | 10 30 — — | 20 |
    | promedio | 0 30 — — | 15 |
    | máximo | 10 30 20 — | 30 |
    | suma | — — — — | — |
    """
    values = list(known(quarterly(reported)).values())
    assert reads(accumulate(ACCUMULATIONS[accumulation], values), year_so_far)


@paragraph
def test_planned_and_executed_accumulate_alike(accumulation, planned, executed, achievement):
    """El cumplimiento a la fecha compara dos acumulados

    Mirado al cierre del III trimestre.

    | acumulación | programado I II III IV | ejecutado I II III | a la fecha |
    |---|---|---|---:|
    | suma | 10 10 20 60 | 10 5 15 | 75 |
    | último valor | 60 70 80 90 | 55 60 72 | 90 |
    | promedio | 80 80 80 80 | 60 70 80 | 87.5 |
    | máximo | 40 40 50 60 | 30 45 20 | 90 |
    | suma | 10 10 10 10 | — 10 10 | 66.66… |
    """
    chosen = measure(planned, executed, accumulation=ACCUMULATIONS[accumulation])
    seen = achieve(chosen, as_of=Period.quarter(2026, 3), policy=POLICY)
    assert reads(seen.to_date.value, achievement)


@paragraph
def test_nothing_is_counted_twice(written, window, counted):
    """Ningún período cuenta dos veces

    Si un año trae trimestres y además su total, o un semestre y sus trimestres, al acumular se
    toman en orden de cierre y se deja fuera lo que se traslapa.

    | escrito | en | se suman |
    |---|---|---|
    | 2026-Q1: 1; 2026-Q2: 1; 2026-Q3: 1; 2026-Q4: 1; 2026: 4 | 2026 | 2026-Q1 2026-Q2 2026-Q3 2026-Q4 |
    | 2026-S1: 2; 2026-Q3: 1 | 2026 | 2026-S1 2026-Q3 |
    | 2026-Q1: 1; 2026-S1: 2; 2026-Q2: 1 | 2026-S1 | 2026-Q1 2026-Q2 |
    | 2026-S1: 2; 2026-S2: 2 | 2026-S1 | 2026-S1 |
    """  # noqa: E501
    taken = tiles(known(series(written)), Period.parse(window))
    assert " ".join(period.code for period in taken) == counted


@paragraph
def test_the_annual_target(targets, executed, achievement):
    """La meta anual escrita manda; si falta, es la programación acumulada

    Al cierre del año, con 30 ejecutados.

    | metas | ejecutado | del año |
    |---|---|---:|
    | 2026-S1: 20; 2026-S2: 20 | 2026-S1: 10; 2026-S2: 20 | 75 |
    | 2026-S1: 20; 2026-S2: 20; 2026: 60 | 2026-S1: 10; 2026-S2: 20 | 50 |
    | 2026: 60 | 2026-S1: 10; 2026-S2: 20 | 50 |
    | 2026: 60 | 2026: 30 | 50 |
    """
    seen = achieve(measure(targets, executed), as_of=Period.of_year(2026), policy=POLICY)
    assert reads(seen.annual.value, achievement)
    assert seen.annual.executed == decimal("30")
