"""La nota de una institución

La nota es el promedio de los cumplimientos a la fecha de sus metas con programación, cada uno
acotado entre 0 y 100. Con ella van su banda y lo que cada meta aportó o restó.
"""

from dataclasses import replace

from sigpret.methodology.peers import expected_band
from sigpret.methodology.scoring import (
    Band,
    GradeInput,
    band_of,
    grade,
    positions,
    weights_add_up,
)
from sigpret.methodology.status import status_of
from tests.methodology.examples import POLICY, decimal, reads
from tests.spec.book import STATUSES, paragraph


def part(name, cell, weight="1"):
    """`80` reported, `sin reporte` due and silent, `no vence` not due, `sin denominador` 0 of 0."""
    if cell in STATUSES:
        return GradeInput(name, name, None, STATUSES[cell], decimal(weight))
    value = decimal(cell)
    status = status_of(value, is_due=True, is_reported=True, policy=POLICY)
    return GradeInput(name, name, value, status, decimal(weight))


def parts_of(text):
    return [part(f"meta {place}", cell.strip()) for place, cell in enumerate(text.split(","))]


@paragraph
def test_the_mean_of_what_is_due(goals, expected):
    """Promedio de lo que vence

    | metas | nota |
    |---|---:|
    | 80, 60 | 70 |
    | 142, 50 | 75 |
    | -30, 50 | 25 |
    | 80, sin reporte | 40 |
    | 80, no vence | 80 |
    | 80, sin denominador | 80 |
    | sin denominador | — |
    | 100, 82, 50, sin reporte | 58 |
    | no vence, no vence | — |
    | sin reporte | 0 |
    """
    assert reads(grade(parts_of(goals), POLICY).value, expected)


@paragraph
def test_silence_may_stay_outside(counts, goals, expected):
    """Si lo no reportado cuenta como 0 es un parámetro

    | ¿cuenta como 0? | metas | nota |
    |---|---|---:|
    | sí | 80, sin reporte | 40 |
    | no | 80, sin reporte | 80 |
    | no | sin reporte | — |
    """
    policy = replace(POLICY, missing_counts_as_zero=counts == "sí")
    assert reads(grade(parts_of(goals), policy).value, expected)


@paragraph
def test_an_excused_silence_stays_outside(counts, goals, expected):
    """Sin reporte con excepción vigente

    Una institución a la que DIGER concedió más tiempo, y a la que todavía le queda al cerrar, no
    pierde nota por lo que aún no reporta. Que entre como 0 o quede fuera es un parámetro.

    | ¿cuenta como 0? | metas | nota |
    |---|---|---:|
    | no | 80, sin reporte | 80 |
    | no | 80, 60, sin reporte | 70 |
    | no | sin reporte | — |
    | sí | 80, sin reporte | 40 |
    """
    policy = replace(POLICY, excused_counts_as_zero=counts == "sí")
    parts = [one._replace(is_excused=True) for one in parts_of(goals)]
    found = grade(parts, policy)
    assert reads(found.value, expected)
    assert ("excused" in found.explanation.params) == (counts == "no")


@paragraph
def test_what_each_part_did(value, weight, contribution, effect):
    """Qué aporta y qué resta cada parte

    Junto a otra meta con 100 y peso 60. La suma de los aportes es la nota; cada resta es lo que
    falta para la nota completa.

    | meta | peso | aporta | resta |
    |---|---:|---:|---:|
    | 50 | 40 | 20 | -20 |
    | 142 | 40 | 40 | 0 |
    | sin reporte | 40 | 0 | -40 |
    | no vence | 40 | 0 | 0 |
    | sin denominador | 40 | 0 | 0 |
    | 0 | 20 | 0 | -25 |
    """
    seen = grade([part("una", value, weight), part("otra", "100", "60")], POLICY)
    assert reads(seen.parts[0].contribution, contribution)
    assert reads(seen.parts[0].effect, effect)
    assert sum(row.contribution for row in seen.parts) == seen.value


@paragraph
def test_bands(value, band):
    """Bandas, comparadas sin redondear

    | nota | banda |
    |---:|---|
    | 0 | bajo |
    | 60 | bajo |
    | 60.0001 | medio |
    | 80 | medio |
    | 80.0001 | alto |
    | 100 | alto |
    """
    assert band_of(decimal(value), POLICY) is Band(band)


@paragraph
def test_positions_are_shared(grades, ranked, apart):
    """Los empates comparten posición; quien no tiene datos va aparte

    | notas | posiciones | sin datos |
    |---|---|---|
    | A=90 B=80 C=80 D=70 | A=1 B=2 C=2 D=4 | |
    | A=— B=80 C=— | B=1 | A C |
    | A=80.001 B=80 | A=1 B=2 | |
    """
    seen = positions({name: decimal(cell) for name, cell in (g.split("=") for g in grades.split())})
    assert " ".join(f"{name}={place}" for name, place in sorted(seen.ranked.items())) == ranked
    assert " ".join(seen.without_data) == apart


@paragraph
def test_weights_make_a_hundred(weights, accepted):
    """Los pesos suman 100, con la holgura del redondeo

    | pesos | ¿valen? |
    |---|---|
    | 40 25 15 15 5 | sí |
    | 33.33 33.33 33.33 | sí |
    | 33 33 33 | no |
    | 60 60 | no |
    """
    assert weights_add_up([decimal(w) for w in weights.split()], POLICY) is (accepted == "sí")


@paragraph
def test_how_far_chance_reaches(goals, spread, low, high):
    """Hasta dónde puede llevar el azar la nota de una entre iguales

    Alrededor de la mediana del grupo, tantos errores estándar como diga el parámetro: mientras
    menos metas tiene una institución, más puede alejarse su nota sin ser distinta. Dentro de la
    banda no se ordena a nadie. Aquí el grupo es una sola institución con estas metas.

    | metas | errores estándar | desde | hasta |
    |---|---:|---:|---:|
    | 40 60 | 2 | 30 | 70 |
    | 40 60 | 1 | 40 | 60 |
    | 40 60 40 60 40 60 40 60 | 2 | 42.44… | 57.55… |
    | 0 100 | 2 | 0 | 100 |
    | 50 | 2 | — | — |
    """
    policy = replace(POLICY, peer_spread=decimal(spread))
    band = expected_band([[decimal(goal) for goal in goals.split()]], policy)
    limits = [(one.low, one.high) for one in band] or [(None, None)]
    assert reads(rounded_off(limits[0][0]), low)
    assert reads(rounded_off(limits[0][1]), high)


def rounded_off(value):
    """A root has no last digit; what is printed here needs ten."""
    return None if value is None else round(value, 10)
