"""Las cuatro cifras

Todo indicador y todo producto tiene cuatro cumplimientos, y siempre se dice cuál se muestra:
*del período*, *a la fecha*, *del año* y *plurianual*. Lo reportado después de la fecha de corte
todavía no existe.
"""

import pytest

from sigpret.methodology.achievement import achieve
from sigpret.methodology.measure import AcrossYears
from sigpret.methodology.periods import Period
from tests.methodology.examples import POLICY, measure, reads
from tests.spec.book import STATUSES, paragraph


@paragraph
def test_each_figure(as_of, period, to_date, annual, multi_year):
    """De qué habla cada una

    Un producto con 10 unidades por trimestre en 2026 y 20 en todo 2027; se ejecutaron 10, 5, 15 y
    10 en 2026.

    | al cierre de | del período | a la fecha | del año | plurianual |
    |---|---:|---:|---:|---:|
    | 2026-Q1 | 100 | 100 | 25 | 16.66… |
    | 2026-Q2 | 50 | 75 | 37.5 | 25 |
    | 2026-Q3 | 150 | 100 | 75 | 50 |
    | 2026-Q4 | 100 | 100 | 100 | 66.66… |
    | 2026-S1 | 75 | 75 | 37.5 | 25 |
    | 2026 | 100 | 100 | 100 | 66.66… |
    """
    planned = "2026-Q1: 10; 2026-Q2: 10; 2026-Q3: 10; 2026-Q4: 10; 2027: 20"
    seen = achieve(measure(planned, "10 5 15 10"), as_of=Period.parse(as_of), policy=POLICY)
    assert reads(seen.period.value, period)
    assert reads(seen.to_date.value, to_date)
    assert reads(seen.annual.value, annual)
    assert reads(seen.multi_year.value, multi_year)


@paragraph
def test_silence(reported, period, to_date, status):
    """Lo que vence y no se reporta no tiene valor

    Con 10 programados por trimestre, mirado al cierre del III: sin el reporte del III no se sabe
    cuánto hay a la fecha, y el estado es «sin reporte», nunca «rezagada». Un silencio anterior ya
    no impide medir: lo no reportado simplemente no suma.

    | ejecutado I II III | del período | a la fecha | estado a la fecha |
    |---|---:|---:|---|
    | 10 10 10 | 100 | 100 | en ruta |
    | 10 10 0 | 0 | 66.66… | rezagada |
    | 10 10 — | — | — | sin reporte |
    | — — — | — | — | sin reporte |
    | 10 — 10 | 100 | 66.66… | rezagada |
    """
    chosen = measure("10 10 10 10", reported)
    seen = achieve(chosen, as_of=Period.quarter(2026, 3), policy=POLICY)
    assert reads(seen.period.value, period)
    assert reads(seen.to_date.value, to_date)
    assert seen.to_date.status is STATUSES[status]


@paragraph
def test_what_is_due(planned, reported, status, to_date):
    """Vence lo último que se programó

    Al cierre del III trimestre, un producto que no programó nada en el III se mide por lo que ya
    venció. Si nada ha vencido, el estado es «no vence», y lo adelantado se ve en la cifra del año.

    | programado I II III IV | ejecutado I II III | estado a la fecha | a la fecha |
    |---|---|---|---:|
    | — 10 — 10 | — 10 — | en ruta | 100 |
    | — 10 0 10 | — 10 — | en ruta | 100 |
    | — 10 — 10 | — — — | sin reporte | — |
    | — 10 — 10 | — — 8 | en riesgo | 80 |
    | — — — 10 | — — — | no vence | — |
    | — — — 10 | — — 5 | no vence | — |
    """
    seen = achieve(measure(planned, reported), as_of=Period.quarter(2026, 3), policy=POLICY)
    assert seen.to_date.status is STATUSES[status]
    assert reads(seen.to_date.value, to_date)


@paragraph
def test_a_semester_is_seen_from_its_last_quarter(as_of, period, status):
    """Lo semestral se ve en el trimestre en que vence

    Metas 2026-S1 = 20 y 2026-S2 = 30; reportado 5 en el I trimestre y 13 en el II.

    | al cierre de | del período | estado |
    |---|---:|---|
    | 2026-Q1 | — | no vence |
    | 2026-Q2 | 90 | en ruta |
    | 2026-Q3 | — | no vence |
    | 2026-Q4 | — | sin reporte |
    """
    chosen = measure("2026-S1: 20; 2026-S2: 30", "5 13")
    seen = achieve(chosen, as_of=Period.parse(as_of), policy=POLICY)
    assert reads(seen.period.value, period)
    assert seen.period.status is STATUSES[status]


@paragraph
def test_the_year_is_judged_when_it_ends(as_of, annual, status):
    """El año se juzga cuando vence su meta

    Con meta de 10 por trimestre y 9 ejecutados en cada uno: a mitad de año se muestra el avance,
    sin color.

    | al cierre de | del año | estado |
    |---|---:|---|
    | 2026-Q1 | 22.5 | no vence |
    | 2026-Q3 | 67.5 | no vence |
    | 2026-Q4 | 90 | en ruta |
    """
    chosen = measure("10 10 10 10", "9 9 9 9")
    seen = achieve(chosen, as_of=Period.parse(as_of), policy=POLICY)
    assert reads(seen.annual.value, annual)
    assert seen.annual.status is STATUSES[status]


@paragraph
def test_every_figure_tells_its_reason(planned, executed, sentence):
    """Cada cifra dice cómo se obtuvo

    | programado I | ejecutado I | explicación de la cifra del período |
    |---:|---:|---|
    | 40 | 30 | Del período (I trimestre de 2026): se ejecutó 30 de 40 programado: 75 %. |
    | 40 | — | Del período (I trimestre de 2026): se programó 40 y no se reportó. |
    | 0 | 3 | Del período (I trimestre de 2026): se ejecutó 3 sin haberlo programado; no hay cumplimiento que medir. |
    | — | — | Del período (I trimestre de 2026): no hay nada programado. |
    """  # noqa: E501
    seen = achieve(measure(planned, executed), as_of=Period.quarter(2026, 1), policy=POLICY)
    assert seen.period.explanation.sentence().replace("\u00a0", " ") == sentence


@pytest.mark.parametrize("kind", AcrossYears)
def test_reports_after_the_period_do_not_exist_yet(kind):
    seen = achieve(
        measure("10 10", "10 99", kind=kind), as_of=Period.quarter(2026, 1), policy=POLICY
    )
    assert seen.to_date.executed == seen.annual.executed == seen.multi_year.executed == 10
