"""Programar y sumar la producción

La producción anual de un producto se reparte en los trimestres en que vence; la curva agregada
suma las cantidades de muchos productos.
"""

from sigpret.methodology.schedule import ProducedSeries, physical_curve, propose_distribution
from tests.methodology.examples import decimal, known, plain, quarterly
from tests.spec.book import paragraph

PER_YEAR = {"anual": 1, "semestral": 2, "cuatrimestral": 3, "trimestral": 4, "mensual": 12}


@paragraph
def test_distribution(annual_output, periodicity, proposed):
    """Propuesta de reparto por trimestre

    Partes iguales, con lo que no se divide al final: 2 al año vencen en el II y el IV, 3 en el II,
    III y IV. El reparto suma exactamente la producción anual. «—» es un trimestre no programado.

    | producción anual | periodicidad | I II III IV |
    |---:|---|---|
    | 12 | anual | — — — 12 |
    | 12 | semestral | — 6 — 6 |
    | 3 | semestral | — 1 — 2 |
    | 72 | trimestral | 18 18 18 18 |
    | 1 | trimestral | — — — 1 |
    | 2 | trimestral | — 1 — 1 |
    | 3 | trimestral | — 1 1 1 |
    | 6 | trimestral | 1 2 1 2 |
    | 10 | cuatrimestral | — 3 3 4 |
    | 24 | mensual | 6 6 6 6 |
    | 2.5 | trimestral | 0.6 0.6 0.6 0.7 |
    | 10.0000 | trimestral | 2 3 2 3 |
    | 0 | trimestral | — — — — |
    """
    shares = propose_distribution(decimal(annual_output), PER_YEAR[periodicity])
    assert " ".join("—" if share is None else plain(share) for share in shares) == proposed


@paragraph
def test_aggregate_curve(planned, cumulative):
    """Curva agregada de producción física

    Suma simple por trimestre de las cantidades de los productos intermedios (o de todos, si el
    plan no distingue), acumulada como porcentaje del total del año. Son los valores publicados de
    2019 y 2020.

    | programado I II III IV | acumulado % |
    |---|---|
    | 50 82 63 69 | 18.94 50.00 73.86 100.00 |
    | 82 132 83 110 | 20.15 52.58 72.97 100.00 |
    """
    curve = physical_curve([ProducedSeries(known(quarterly(planned)), {})], 2026)
    assert " ".join(f"{point.planned_percent:.2f}" for point in curve) == cumulative


@paragraph
def test_executed_curve(executed, to_date, percent):
    """Lo ejecutado se compara con el total programado

    Con 25 programados por trimestre. Después del último reporte la curva no sigue: no se sabe.

    | ejecutado I II III IV | acumulado | % de lo programado en el año |
    |---|---|---|
    | 20 30 — — | 20 50 — — | 20 50 — — |
    | 20 — 30 — | 20 20 50 — | 20 20 50 — |
    | — — — — | — — — — | — — — — |
    """
    curve = physical_curve(
        [ProducedSeries(known(quarterly("25 25 25 25")), quarterly(executed))], 2026
    )
    assert [point.executed_to_date for point in curve] == [decimal(c) for c in to_date.split()]
    assert [point.executed_percent for point in curve] == [decimal(c) for c in percent.split()]
