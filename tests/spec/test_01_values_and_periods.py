"""Datos y períodos

Un dato reportado es un número de un período. Lo que no se reportó no existe todavía: no es
cero, no entra en ninguna suma y no se dibuja como rezago.
"""

from sigpret.methodology.periods import Period
from sigpret.methodology.values import Entry, Ratio, effective, pooled, printed
from tests.methodology.examples import decimal, reads
from tests.spec.book import paragraph

QUARTER = Period.quarter(2026, 1)


@paragraph
def test_a_reported_zero_is_a_report(reported, counts_as):
    """Un cero reportado es un reporte

    Cero dice «se trabajó y no se logró nada». Un guion dice «nadie ha informado».

    | se reportó | el sistema guarda |
    |---:|---:|
    | 0 | 0 |
    | 0.00 | 0 |
    | — | — |
    """
    values = effective([Entry(QUARTER, decimal(reported), version=1)])
    assert reads(values[QUARTER], counts_as)


@paragraph
def test_a_correction_replaces(first, corrected, counts_as):
    """Una corrección sustituye, no se suma

    Quien corrige puede ser otra persona de la misma institución: vale la última versión.

    | se reportó | un colega corrige | cuenta |
    |---:|---:|---:|
    | 50 | 60 | 60 |
    | 60 | 0 | 0 |
    | 50 | — | — |
    """
    entries = [Entry(QUARTER, decimal(corrected), version=2), Entry(QUARTER, decimal(first), 1)]
    assert reads(effective(entries)[QUARTER], counts_as)


@paragraph
def test_ratios_are_pooled(ours, theirs, together):
    """Las razones se juntan por sus partes

    El porcentaje de un conjunto no es el promedio de los porcentajes: se suman los numeradores
    y se dividen entre la suma de los denominadores de quienes reportaron.

    | una | otra | juntas |
    |---:|---:|---:|
    | 1/10 | 9/10 | 50 |
    | 9/90 | 9/10 | 18 |
    | 9/90 | — | 10 |
    | — | — | — |
    | 0/0 | — | — |
    """
    ratios = [
        None if cell == "—" else Ratio(*(decimal(part) for part in cell.split("/")))
        for cell in (ours, theirs)
    ]
    pool = pooled(ratios)
    assert reads(pool.percent if pool else None, together)


@paragraph
def test_periods_have_codes(code, label, begins, ends):
    """Los períodos se escriben con códigos SDMX

    El código dice el año, la letra del período y su número; la pantalla lo dice con palabras.

    | código | se lee | empieza | termina |
    |---|---|---|---|
    | 2026 | ejercicio 2026 | 2026-01-01 | 2026-12-31 |
    | 2026-S1 | I semestre de 2026 | 2026-01-01 | 2026-06-30 |
    | 2026-T2 | II cuatrimestre de 2026 | 2026-05-01 | 2026-08-31 |
    | 2026-Q3 | III trimestre de 2026 | 2026-07-01 | 2026-09-30 |
    | 2026-B6 | VI bimestre de 2026 | 2026-11-01 | 2026-12-31 |
    | 2024-M02 | febrero de 2024 | 2024-02-01 | 2024-02-29 |
    """
    period = Period.parse(code)
    assert (period.code, period.label) == (code, label)
    assert (period.start.isoformat(), period.end.isoformat()) == (begins, ends)


@paragraph
def test_numbers_are_rounded_only_when_printed(exact, shown):
    """Se redondea sólo al imprimir

    Los cálculos usan decimales exactos de 28 cifras. Al mostrarlos se redondea a lo sumo a dos
    decimales, la mitad hacia arriba. Ninguna comparación usa el número redondeado.

    | exacto | se lee |
    |---:|---:|
    | 79.9999 | 80 |
    | 2.345 | 2.35 |
    | -2.345 | -2.35 |
    | 1234567.5 | 1,234,567.5 |
    | 100.00 | 100 |
    """
    assert printed(decimal(exact)) == shown
