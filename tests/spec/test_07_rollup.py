"""De las metas a la cadena

Las metas sectoriales y presidenciales muestran dos números, lado a lado: lo que la meta *mide*
con su propio indicador y lo que *contribuyen* las metas vinculadas. Una meta puede contribuir a
varias. Quien no tiene valor no cuenta: los pesos se reparten entre quienes sí lo tienen.
"""

import re

import pytest

from sigpret.methodology.periods import Period
from sigpret.methodology.rollup import (
    Contribution,
    CycleError,
    Link,
    RollupRule,
    affected,
    contribute,
    roll_up,
)
from sigpret.methodology.values import Ratio
from tests.methodology.examples import POLICY, decimal, reads
from tests.spec.book import paragraph

RULES = {
    "promedio": RollupRule.MEAN,
    "ponderado": RollupRule.WEIGHTED,
    "máximo": RollupRule.MAXIMUM,
    "mínimo": RollupRule.MINIMUM,
    "ninguna": RollupRule.NONE,
}


def children(values, weights="1 1 1"):
    return [
        Contribution(f"hija {place}", decimal(value), decimal(weight))
        for place, (value, weight) in enumerate(zip(values.split(), weights.split(), strict=False))
    ]


def links_in(text):
    """`A→B A→C` as links."""
    return [Link(*pair.split("→")) for pair in text.split()]


@paragraph
def test_rules(rule, values, contributed):
    """Maneras de contribuir

    | regla | hijas | contribuido |
    |---|---|---:|
    | máximo | 10 30 | 30 |
    | promedio | 10 30 | 20 |
    | mínimo | 10 30 | 10 |
    | promedio | 10 30 — | 20 |
    | máximo | — 0 | 0 |
    | promedio | — — | — |
    | ninguna | 10 30 | — |
    """
    assert reads(contribute(children(values), RULES[rule], POLICY).value, contributed)


@paragraph
def test_weights(values, weights, contributed):
    """Promedio ponderado, con los pesos repartidos entre quienes tienen valor

    | hijas | pesos | contribuido |
    |---|---|---:|
    | 100 50 | 75 25 | 87.5 |
    | 100 50 — | 50 25 25 | 83.33… |
    | — 50 | 75 25 | 50 |
    | 100 50 | 0 25 | 50 |
    | 100 50 | 0 0 | — |
    """
    brought = contribute(children(values, weights), RollupRule.WEIGHTED, POLICY)
    assert reads(brought.value, contributed)


@paragraph
def test_only_means_are_capped(rule, values, contributed):
    """Lo que pasa de 100 sólo se acota al promediar

    Una meta que hizo el doble no compensa a otra que no hizo nada, ni una que retrocedió hunde a
    las demás por debajo de cero.

    | regla | hijas | contribuido |
    |---|---|---:|
    | promedio | 200 50 | 75 |
    | promedio | -40 50 | 25 |
    | ponderado | 200 50 | 75 |
    | máximo | 200 50 | 200 |
    | mínimo | -40 50 | -40 |
    """
    assert reads(contribute(children(values), RULES[rule], POLICY).value, contributed)


@paragraph
def test_a_silent_child_does_not_spoil_a_ratio(one, two, three, contributed):
    """Una razón junta las partes de quienes reportaron

    | hija 1 | hija 2 | hija 3 | contribuido |
    |---|---|---|---:|
    | 30/40 | 30/60 | — | 60 |
    | 30/40 | — | — | 75 |
    | — | — | — | — |
    """
    brought = [
        Contribution(
            f"hija {place}",
            None,
            ratio=None if cell == "—" else Ratio(*map(decimal, cell.split("/"))),
        )
        for place, cell in enumerate((one, two, three))
    ]
    assert reads(contribute(brought, RollupRule.POOLED_RATIO, POLICY).value, contributed)


@paragraph
def test_only_the_same_unit_is_pooled(one, two, three, contributed):
    """Sólo se juntan cantidades de la misma unidad, y de metas en que más es mejor

    Kilómetros no se suman con niños. Se juntan las hijas de la unidad más frecuente; las demás,
    y aquellas en que menos es mejor, no entran y la explicación las nombra.

    | hija 1 | hija 2 | hija 3 | contribuido |
    |---|---|---|---:|
    | 30/40 km | 30/60 km | 500/100 niños | 60 |
    | 30/40 km | 30/60 km | menos es mejor | 60 |
    | menos es mejor | menos es mejor | — | — |
    """
    brought = [ratio_cell(f"hija {place}", cell) for place, cell in enumerate((one, two, three), 1)]
    figure = contribute(brought, RollupRule.POOLED_RATIO, POLICY)
    assert reads(figure.value, contributed)
    assert ("hija 3" in figure.explanation.sentence()) == (three != "—")


def ratio_cell(name, cell):
    """`30/40 km` as a child; one where less is better has a value and no parts to pool."""
    if "/" not in cell:
        return Contribution(name, None if cell == "—" else decimal("50"))
    parts, unit = cell.split()
    ratio = Ratio(*map(decimal, parts.split("/")), unit)
    return Contribution(name, ratio.percent, ratio=ratio)


@paragraph
def test_a_sum_adds_quantities_never_percentages(one, two, three, contributed):
    """La suma junta cantidades, nunca porcentajes

    Se suma lo ejecutado y se divide entre la suma de lo programado: tres hijas que van al 60 %
    dan 60 %, no 180 %. Quien sólo tiene un porcentaje no entra y la explicación lo nombra.

    | hija 1 | hija 2 | hija 3 | contribuido |
    |---|---|---|---:|
    | 60/100 km | 6/10 km | 30/50 km | 60 |
    | 10/100 km | 90/100 km | — | 50 |
    | 30/40 km | 30/60 km | 500/100 niños | 60 |
    | 0/40 km | 0/60 km | — | 0 |
    | menos es mejor | — | — | — |
    """
    brought = [ratio_cell(f"hija {place}", cell) for place, cell in enumerate((one, two, three), 1)]
    assert reads(contribute(brought, RollupRule.SUM, POLICY).value, contributed)


@paragraph
def test_the_latest_is_what_was_reported_last(children, contributed):
    """Lo más reciente es lo último que se reportó

    Varias hijas igual de recientes se promedian, cada una con el tope; el orden de sus códigos
    no decide nada. Quien tiene un valor sin período no cuenta.

    | hijas | contribuido |
    |---|---:|
    | 10 (2026-Q1) 30 (2026-Q3) 20 (2026-Q2) | 30 |
    | 10 (2026-Q3) 30 (2026-Q3) 90 (2026-Q2) | 20 |
    | 80 (2026-Q3) 140 (2026-Q3) | 90 |
    | 10 30 | — |
    """
    brought = [
        Contribution(
            f"hija {place}",
            decimal(value),
            period=Period.parse(code) if code else None,
        )
        for place, (value, code) in enumerate(re.findall(r"(\d+)(?: \(([^)]+)\))?", children))
    ]
    assert reads(contribute(brought, RollupRule.LATEST, POLICY).value, contributed)


@paragraph
def test_chains_of_any_depth(chain, own, goal, contributed):
    """La cadena llega hasta arriba

    Una meta aporta lo que mide; si no mide, lo que le contribuyen. Se recorre de las hojas a la
    raíz y cada meta se visita una vez, aunque la sirvan por dos caminos.

    | vínculos | miden | meta | contribuido |
    |---|---|---|---:|
    | A→M B→M M→P | A=10 B=30 | M | 20 |
    | A→M B→M M→P | A=10 B=30 | P | 20 |
    | A→M B→M M→P | A=10 B=30 M=50 | P | 50 |
    | A→M B→M M→P | A=10 B=30 M=0 | P | 0 |
    | A→M A→N M→P N→P | A=40 | P | 40 |
    | A→M A→N B→N M→P N→P | A=40 B=80 | P | 50 |
    | A→M M→P | M=70 | M | — |
    """
    measured = {name: decimal(cell) for name, cell in (pair.split("=") for pair in own.split())}
    assert reads(roll_up(measured, links_in(chain), POLICY)[goal].value, contributed)


@paragraph
def test_what_a_change_reaches(chain, changed, reached):
    """Un dato que cambia sólo mueve lo que está por encima

    | vínculos | cambia | se recalculan, en orden |
    |---|---|---|
    | A→M B→M M→P C→N N→P | A | M P |
    | A→M B→M M→P C→N N→P | C | N P |
    | A→M A→N M→P N→P M→N | A | M N P |
    | A→M M→P | P | |
    """
    assert " ".join(affected(links_in(chain), [changed])) == reached


@paragraph
def test_cycles_are_named(chain, way_round):
    """Un círculo se nombra, no se calcula

    | vínculos | círculo |
    |---|---|
    | A→B B→A | A → B → A |
    | A→B B→C C→A C→D | A → B → C → A |
    | A→A | A → A |
    """
    with pytest.raises(CycleError) as refusal:
        roll_up({}, links_in(chain), POLICY)
    assert " → ".join(refusal.value.cycle) == way_round
    assert way_round in str(refusal.value)
