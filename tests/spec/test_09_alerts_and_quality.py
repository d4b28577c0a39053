"""Alertas y calidad del dato

Una alerta dice qué regla se cumplió, de quién, en qué período y con qué números, en una oración.
Quién la atiende y qué se hizo con ella se guarda aparte.
"""

from sigpret.methodology.achievement import achieve
from sigpret.methodology.alerts import (
    above_ceiling,
    chain_inconsistent,
    executed_without_planned,
    low_status,
    not_reported,
    two_period_fall,
)
from sigpret.methodology.periods import Period
from sigpret.methodology.quality import (
    against_sense,
    anomaly,
    quarters_differ_from_annual,
)
from sigpret.methodology.rollup import Contribution, RollupRule, contribute
from tests.methodology.examples import POLICY, decimal, measure
from tests.spec.book import SENSES, paragraph

QUARTER = Period.quarter(2026, 1)


def figure(planned, executed):
    return achieve(measure(planned, executed), as_of=QUARTER, policy=POLICY).period


def of_children(cell):
    return contribute([Contribution("hija", decimal(cell))], RollupRule.MAXIMUM, POLICY)


def said(fired):
    return "" if fired is None else fired.explanation.sentence().replace("\u00a0", " ")


@paragraph
def test_of_one_figure(planned, executed, rules):
    """Lo que avisa una cifra

    | programado | ejecutado | alertas |
    |---:|---:|---|
    | 10 | 10 | |
    | 10 | — | not_reported |
    | 10 | 0 | low_status |
    | 10 | 8 | |
    | 10 | 15 | |
    | 10 | 16 | above_ceiling |
    | 0 | 5 | executed_without_planned |
    | — | 5 | executed_without_planned |
    | 0 | 0 | |
    """
    seen = figure(planned, executed)
    fired = [
        not_reported("X", QUARTER, seen),
        low_status("X", QUARTER, seen, POLICY),
        executed_without_planned("X", QUARTER, seen),
        above_ceiling("X", QUARTER, seen, POLICY),
    ]
    assert " ".join(alert.rule for alert in fired if alert) == rules


@paragraph
def test_the_reason_is_one_sentence(planned, executed, sentence):
    """La razón, en una oración

    | programado | ejecutado | se lee |
    |---:|---:|---|
    | 10 | 5 | Rezagada al I trimestre de 2026: 50 % de lo programado, por debajo de 80 %. |
    | 10 | — | |
    """
    assert said(low_status("X", QUARTER, figure(planned, executed), POLICY)) == sentence


@paragraph
def test_two_falls_in_a_row(achievements, fires):
    """Dos caídas seguidas

    | cumplimientos, del más antiguo al último | ¿avisa? |
    |---|---|
    | 95 90 85 | sí |
    | 50 95 90 85 | sí |
    | 95 90 90 | no |
    | 95 — 85 | no |
    | 95 90 — | no |
    | — 90 85 | no |
    | 95 90 | no |
    """
    seen = [
        (Period.quarter(2025, place), decimal(cell))
        for place, cell in enumerate(achievements.split(), start=1)
    ]
    assert bool(two_period_fall("X", seen)) is (fires == "sí")


@paragraph
def test_the_chain_disagrees(own, contributed, fires):
    """Cadena inconsistente

    La meta mide una cosa y lo que contribuye a ella dice otra, con más de 15 puntos entre las dos.
    Se comparan acotadas entre 0 y 100: pasar de 100 no es un desacuerdo.

    | la meta mide | le contribuyen | ¿avisa? |
    |---:|---:|---|
    | 50 | 90 | sí |
    | 95 | 60 | sí |
    | 80 | 95 | no |
    | 80 | 95.01 | sí |
    | 180 | 100 | no |
    | -40 | 10 | no |
    | — | 90 | no |
    | 50 | — | no |
    """
    fired = chain_inconsistent("X", QUARTER, of_children(own), of_children(contributed), POLICY)
    assert bool(fired) is (fires == "sí")


@paragraph
def test_quarters_make_the_year(targets, sentence):
    """La programación suma la meta del año

    | metas | aviso |
    |---|---|
    | 2026-S1: 20; 2026-S2: 20; 2026: 40 | |
    | 2026-S1: 20; 2026-S2: 10; 2026: 40 | ejercicio 2026: la programación por período da 30 y la meta anual es 40. |
    | 2026-S1: 20 | |
    | 2026: 40 | |
    """  # noqa: E501
    assert said(quarters_differ_from_annual(measure(targets, "—"), 2026)) == sentence


@paragraph
def test_targets_against_the_sense(sense, baseline, targets, fires):
    """La meta va en el sentido que se quiere

    La última meta se compara con la línea base. Lo que se suma sólo se compara por años enteros:
    un trimestre siempre es menos que un año.

    | sentido | línea base | metas | ¿avisa? |
    |---|---:|---|---|
    | ascendente | 40 | 2026: 30 | sí |
    | ascendente | 40 | 2026: 45 | no |
    | ascendente | 40 | 2026-Q1: 15 | no |
    | descendente | 40 | 2026: 30; 2027: 45 | sí |
    | descendente | 40 | 2026: 45; 2027: 30 | no |
    | descendente | 40 | 2026: 40 | no |
    | descendente | — | 2026: 45 | no |
    | descendente | 40 | — — | no |
    | mantener | 40 | 2026: 45 | no |
    """
    chosen = measure(targets, "—", sense=SENSES[sense], baseline=decimal(baseline))
    assert bool(against_sense(chosen)) is (fires == "sí")


@paragraph
def test_a_value_far_from_its_history(history, value, fires):
    """Un dato lejos de su historia

    Se aparta más de 3 veces la desviación mediana de su propia serie. Con menos de 6 datos no se
    juzga.

    | historia | dato | ¿avisa? |
    |---|---:|---|
    | 10 11 12 13 14 15 | 40 | sí |
    | 10 11 12 13 14 15 | 17 | no |
    | 10 11 12 13 14 | 40 | no |
    | 5 5 5 5 5 5 5 | 5 | no |
    | 5 5 5 5 5 5 5 | 6 | sí |
    """
    past = [decimal(cell) for cell in history.split()]
    assert bool(anomaly("X", QUARTER, decimal(value), past, POLICY)) is (fires == "sí")
