"""Cuánto de una meta se cumplió

El cumplimiento es un porcentaje en escala de 0 a 100, que se guarda tal como sale: puede ser
negativo (se fue en sentido contrario) o pasar de 100 (se hizo más). Sólo se acota entre 0 y 100
cuando entra en un promedio.
"""

from sigpret.methodology.achievement import achieve
from sigpret.methodology.formulas import yardstick_of
from sigpret.methodology.measure import AcrossYears, Sense
from sigpret.methodology.periods import Period
from tests.methodology.examples import POLICY, decimal, measure, reads
from tests.spec.book import KINDS, SENSES, STATUSES, paragraph


def attained(executed, target, **changes):
    chosen = measure("—", "—", **changes)
    yardstick = yardstick_of(chosen, chosen.baseline)
    return yardstick.attained(decimal(executed), decimal(target))[1]


@paragraph
def test_ascending(target, executed, achievement):
    """Más es mejor: lo ejecutado entre lo programado

    | meta | ejecutado | cumplimiento |
    |---:|---:|---:|
    | 40 | 30 | 75 |
    | 30 | 25 | 83.33… |
    | 40 | 0 | 0 |
    | 40 | 60 | 150 |
    | 40 | -4 | -10 |
    | -5 | -4 | 100 |
    | -5 | -10 | 0 |

    Una meta negativa (un déficit por reducir) no deja razón que calcular: se cumple o no.
    """
    assert reads(attained(executed, target), achievement)


@paragraph
def test_descending_with_baseline(baseline, target, executed, achievement):
    """Menos es mejor, con línea base: el camino recorrido

    Cumplimiento = (línea base − logrado) ÷ (línea base − meta). Quien empeora obtiene un número
    negativo.

    | línea base | meta | logrado | cumplimiento |
    |---:|---:|---:|---:|
    | 40 | 10 | 15 | 83.33… |
    | 40 | 10 | 10 | 100 |
    | 40 | 10 | 40 | 0 |
    | 40 | 10 | 46 | -20 |
    | 40 | 10 | 4 | 120 |
    | 40 | 0 | 10 | 75 |
    """
    change = {"sense": Sense.DESCENDING, "baseline": decimal(baseline)}
    assert reads(attained(executed, target, **change), achievement)


@paragraph
def test_descending_without_baseline(target, executed, achievement):
    """Menos es mejor, sin línea base: la meta entre lo logrado

    Llegar a cero cumple siempre; una meta de cero es un compromiso real, no «nada programado».

    | meta | logrado | cumplimiento |
    |---:|---:|---:|
    | 10 | 20 | 50 |
    | 10 | 8 | 125 |
    | 10 | 0 | 100 |
    | 0 | 0 | 100 |
    | 0 | 3 | 0 |
    | -2 | 3 | 0 |
    | -2 | -3 | 100 |
    """
    assert reads(attained(executed, target, sense=Sense.DESCENDING), achievement)


@paragraph
def test_maintain(target, tolerance, executed, achievement):
    """Mantener: dentro de la tolerancia se cumple

    La tolerancia está en la unidad del indicador y vale hacia los dos lados; sin ella es 0. Fuera
    de la tolerancia se descuenta lo que se excede, como parte de la meta: el número baja desde
    100 sin saltos.

    | meta | tolerancia | logrado | cumplimiento |
    |---:|---:|---:|---:|
    | 95 | 2 | 95 | 100 |
    | 95 | 2 | 93 | 100 |
    | 95 | 2 | 97 | 100 |
    | 100 | 2 | 90 | 92 |
    | 100 | 2 | 110 | 92 |
    | 100 | — | 99 | 99 |
    | 10 | 0 | 25 | -50 |
    | 0 | 1 | 1 | 100 |
    | 0 | 1 | 3 | 0 |
    """
    change = {"sense": Sense.MAINTAIN, "tolerance": decimal(tolerance)}
    assert reads(attained(executed, target, **change), achievement)


@paragraph
def test_baseline_counts_for_capacity_and_reduction(kind, sense, executed, achievement):
    """Cuándo cuenta la línea base

    Con línea base 20 y meta 50 (o 50 y meta 20, si se quiere bajar). En *acumulado*, *flujo* y
    *stock* lo ascendente se compara con la meta desde cero, y la línea base es sólo contexto; en
    *capacidad* cuenta el camino desde la línea base. Cuando menos es mejor, la línea base cuenta
    siempre.

    | acumulación entre años | sentido | logrado | cumplimiento |
    |---|---|---:|---:|
    | acumulado | ascendente | 35 | 70 |
    | flujo | ascendente | 35 | 70 |
    | stock | ascendente | 35 | 70 |
    | — | ascendente | 35 | 70 |
    | capacidad | ascendente | 35 | 50 |
    | capacidad | ascendente | 17 | -10 |
    | reducción | descendente | 35 | 50 |
    | stock | descendente | 35 | 50 |
    | — | descendente | 35 | 50 |
    | capacidad | descendente | 35 | 50 |
    | reducción | ascendente | 35 | 50 |

    *Reducción* es un camino hacia abajo aunque la ficha diga otra cosa.
    """
    falls = sense == "descendente" or kind == "reducción"
    baseline, target = ("50", "20") if falls else ("20", "50")
    change = {"kind": KINDS[kind], "sense": SENSES[sense], "baseline": decimal(baseline)}
    assert reads(attained(executed, target, **change), achievement)


@paragraph
def test_no_road_from_the_baseline(sense, baseline, target, executed, achievement):
    """Meta igual a la línea base: nunca se divide entre cero

    Si la meta es la línea base, o está del lado contrario al deseado, no hay camino que medir: se
    cumple (100) o no se cumple (0). Así nadie es premiado por ir en sentido contrario.

    | sentido | línea base | meta | logrado | cumplimiento |
    |---|---:|---:|---:|---:|
    | ascendente | 50 | 50 | 50 | 100 |
    | ascendente | 50 | 50 | 55 | 100 |
    | ascendente | 50 | 50 | 49 | 0 |
    | descendente | 50 | 50 | 50 | 100 |
    | descendente | 50 | 50 | 45 | 100 |
    | descendente | 50 | 50 | 51 | 0 |
    | ascendente | 50 | 40 | 45 | 100 |
    | ascendente | 50 | 40 | 30 | 0 |
    | descendente | 50 | 60 | 70 | 0 |
    """
    change = {
        "kind": AcrossYears.CAPACITY,
        "sense": SENSES[sense],
        "baseline": decimal(baseline),
    }
    assert reads(attained(executed, target, **change), achievement)


@paragraph
def test_nothing_planned(planned, executed, achievement, status):
    """Sin programación no hay cumplimiento

    Programado 0 y ejecutado 0 no es un éxito ni un fracaso: no tiene valor y queda fuera de los
    promedios. Si se ejecutó sin programar, tampoco tiene valor, y se avisa (capítulo 9).

    | programado | ejecutado | cumplimiento | estado |
    |---:|---:|---:|---|
    | 0 | 0 | — | no vence |
    | 0 | 5 | — | no vence |
    | 0 | — | — | no vence |
    | — | 5 | — | no vence |
    | — | 0 | — | no vence |
    | — | — | — | no vence |
    | 5 | 0 | 0 | rezagada |
    """
    seen = achieve(measure(planned, executed), as_of=Period.quarter(2026, 1), policy=POLICY)
    assert reads(seen.period.value, achievement)
    assert seen.period.status is STATUSES[status]
