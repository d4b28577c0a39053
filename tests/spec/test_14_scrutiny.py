"""Señales para quien revisa

Antes de que un dato cuente, el sistema lo mira como lo haría alguien con cuidado y dice dónde
empezar. Una señal no dice que el dato sea falso: dice qué preguntar, con qué números. Dos señales,
o una visita que lo contradice, ponen el dato en «Revise primero».
"""

from dataclasses import replace
from decimal import Decimal

from sigpret.methodology.achievement import achieve
from sigpret.methodology.control_chart import expected_range
from sigpret.methodology.measure import Accumulation
from sigpret.methodology.periods import Period
from sigpret.methodology.scrutiny import (
    Datum,
    Observation,
    checks_of,
    is_grave,
    signals_of,
)
from tests.methodology.examples import POLICY, decimal, measure
from tests.spec.book import SENSES, paragraph

QUARTER = Period.quarter(2026, 3)


def datum(value="10", planned="10", history="", **more):
    """A datum with evidence, written in time; `history` is `planned/executed`, oldest first."""
    sense = more.get("sense", SENSES["ascendente"])
    accumulation = more.get("accumulation", Accumulation.SUM)
    target = {QUARTER: decimal(planned)} if decimal(planned) is not None else {}
    series = replace(
        measure("—", "—", sense=sense, accumulation=accumulation),
        targets=target,
        executed={QUARTER: decimal(value)},
    )
    facts = {"evidence": 1, "hours_left": Decimal(48), "history": observations(history)} | more
    return Datum(
        subject="X",
        period=QUARTER,
        value=decimal(value),
        planned=decimal(planned),
        figure=achieve(series, as_of=QUARTER, policy=POLICY).to_date,
        **facts,
    )


def observations(text):
    """`10/9 10/11`: what was planned and executed, the last pair in the quarter before."""
    period, found = QUARTER, []
    for pair in reversed(text.split()):
        period = period.previous()
        planned, _, executed = pair.partition("/")
        found.append(Observation(period, decimal(planned), decimal(executed or planned)))
    return tuple(reversed(found))


def said(signals):
    return [one.explanation.sentence().replace("\u00a0", " ") for one in signals]


def rules(one):
    return " ".join(signal.rule for signal in signals_of(one, POLICY))


@paragraph
def test_of_the_datum_itself(planned, value, evidence, signals):
    """Lo que dice el dato solo

    | programado | ejecutado | evidencias | señales |
    |---:|---:|---:|---|
    | 10 | 10 | 1 | |
    | 10 | 10 | 0 | no_evidence |
    | 10 | 0 | 0 | nothing_done |
    | 10 | 12 | 1 | |
    | 10 | 12.01 | 1 | exceeded |
    | 0 | 3 | 1 | unplanned |
    | — | 3 | 1 | unplanned |
    | 0 | 0 | 0 | |
    """
    seen = datum(value, planned, history="10/9 10/10", evidence=int(evidence))
    assert rules(seen) == signals


@paragraph
def test_against_its_own_history(history, planned, value, signals):
    """Contra su propia historia

    Con 12 datos o más se calcula la variación esperada (XmR); con 6 o más, la distancia a lo
    habitual; con menos sólo se mira si es más del doble de lo mayor que se reportó. Lo que
    la programación ya anunciaba no sorprende: esos dos no se miran si el dato está entre 90 y
    120 % de lo programado.

    | historia | programado | dato | señal |
    |---|---:|---:|---|
    | 70 72 71 73 72 74 72 71 73 72 74 73 | 61 | 61 | outside_expected |
    | 70 72 71 73 72 74 72 71 73 72 74 73 | 75 | 75 | |
    | 10 11 12 13 14 15 | 50 | 40 | anomaly |
    | 10 11 12 13 14 15 | 40 | 40 | |
    | 10 11 12 13 14 15 | 20 | 17 | |
    | 10 11 | 30 | 22 | |
    | 10 11 | 30 | 23 | jump |
    | 10 11 | 23 | 23 | |
    | — | 500 | 500 | first_time |
    """
    past = "" if history == "—" else " ".join(f"{value}/{cell}" for cell in history.split())
    assert rules(datum(value, planned, past)) == signals


@paragraph
def test_the_expected_range(history, expected):
    """La variación esperada

    Media de la serie ± 2.66 veces la media de los cambios entre vecinos (Wheeler, 1993). Lo que
    nunca fue negativo no se espera que lo sea.

    | historia | se espera |
    |---|---|
    | 10 12 10 12 10 12 10 12 10 12 10 12 | 5.68 a 16.32 |
    | 0 4 0 4 0 4 0 4 0 4 0 4 | 0 a 12.64 |
    | 7 7 7 7 7 7 7 7 7 7 7 7 | 7 a 7 |
    | 10 12 10 12 10 12 10 12 10 12 10 | no se calcula |
    """
    found = expected_range([Decimal(cell) for cell in history.split()], POLICY)
    low, _, high = expected.partition(" a ")
    limits = None if found is None else (found.low, found.high)
    assert limits == (None if expected == "no se calcula" else (Decimal(low), Decimal(high)))


@paragraph
def test_the_wrong_way(sense, accumulation, history, planned, value, fires):
    """En sentido contrario

    Lo que se suma empieza de nuevo en cada período. De lo demás, retroceder sólo es señal cuando
    además no llega a lo programado.

    | sentido | acumulación | antes | programado | ejecutado | ¿avisa? |
    |---|---|---:|---:|---:|---|
    | ascendente | último valor | 68 | 80 | 61 | sí |
    | ascendente | último valor | 68 | 80 | 69 | no |
    | ascendente | último valor | 82 | 80 | 81 | no |
    | descendente | último valor | 10 | 8 | 12 | sí |
    | descendente | último valor | 10 | 8 | 9 | no |
    | ascendente | suma | 68 | 80 | 61 | no |
    """
    kinds = {"suma": Accumulation.SUM, "último valor": Accumulation.LAST}
    seen = datum(
        value, planned, f"{history}/{history}",
        sense=SENSES[sense], accumulation=kinds[accumulation],
    )  # fmt: skip
    assert ("wrong_way" in rules(seen)) is (fires == "sí")


@paragraph
def test_the_same_again(history, planned, value, signals):
    """El mismo número otra vez

    La historia va como `programado/ejecutado`. Repetir lo programado es cumplirlo; hacerlo
    exactamente cuatro veces seguidas también se pregunta.

    | historia | programado | ejecutado | señal |
    |---|---:|---:|---|
    | 10/7 12/7 | 14 | 7 | repeated |
    | 10/7 12/8 | 14 | 7 | |
    | 12/7 | 14 | 7 | |
    | 7/7 7/7 | 7 | 7 | |
    | 5/5 6/6 7/7 | 8 | 8 | always_exact |
    | 5/5 6/6 7/8 | 8 | 8 | |
    | 6/6 7/7 | 8 | 8 | |
    | 0/0 6/6 7/7 | 8 | 8 | |
    """
    assert rules(datum(value, planned, history)) == signals


@paragraph
def test_at_the_last_minute(hours, fires):
    """A última hora

    Se mira cuándo se escribió el dato, no cuándo se envió el reporte: enviar el último día es lo
    corriente. La política dice cuántas horas.

    | horas antes del plazo | ¿avisa? |
    |---:|---|
    | 48 | no |
    | 2 | no |
    | 1.9 | sí |
    | 0 | sí |
    | -5 | sí |
    | — | no |
    """
    seen = datum(history="10/9", hours_left=decimal(hours))
    assert ("last_minute" in rules(seen)) is (fires == "sí")


@paragraph
def test_what_is_read(case, sentence):
    """La señal, en una oración con sus números

    | caso | se lee |
    |---|---|
    | sin evidencia | Reporta 10 sin adjuntar evidencia. |
    | cero | Reporta 0 y había programado 10. |
    | sobrecumplido | Lleva 150 % de lo programado; sobre 120 % revise el dato o la meta. |
    | visita | Una visita de campo contradice el dato: se contaron 6 de 10. |
    | corregido | Corregido o explicado después de una devolución. |
    | a última hora | Se escribió en las últimas 2 horas del plazo. |
    """
    cases = {
        "sin evidencia": {"evidence": 0},
        "cero": {"value": "0"},
        "sobrecumplido": {"value": "15"},
        "visita": {"contradiction": "se contaron 6 de 10."},
        "corregido": {"is_corrected": True},
        "a última hora": {"hours_left": Decimal(1)},
    }
    seen = datum(history="10/9", **cases[case])
    assert said(signals_of(seen, POLICY)) == [sentence]


@paragraph
def test_where_to_begin(case, is_first):
    """Qué se revisa primero

    | caso | ¿revise primero? |
    |---|---|
    | sin señales | no |
    | sin evidencia | no |
    | sin evidencia y a última hora | sí |
    | visita que contradice | sí |
    """
    cases = {
        "sin señales": {},
        "sin evidencia": {"evidence": 0},
        "sin evidencia y a última hora": {"evidence": 0, "hours_left": Decimal(1)},
        "visita que contradice": {"contradiction": "se contaron 6."},
    }
    seen = datum(history="10/9", **cases[case])
    assert is_grave(signals_of(seen, POLICY)) is (is_first == "sí")


@paragraph
def test_what_is_in_order_is_said_too(history, planned, sentence):
    """Lo que está en orden también se dice

    El dato es 10.

    | historia | programado | se lee |
    |---|---:|---|
    | 9 | 20 | Datos anteriores: 1; con menos de 6 no se juzga si es raro. |
    | 9 | 10 | Cerca de lo programado para el período, 10. |
    | 9 10 11 9 10 11 | 20 | Cerca de lo habitual en su historia, 10. |
    | 9 10 11 9 10 11 9 10 11 9 10 11 | 20 | Dentro de la variación esperada, de 6.61 a 13.39. |
    """
    past = " ".join(f"10/{cell}" for cell in history.split())
    checks = checks_of(datum("10", planned, past), POLICY)
    calm = [one.calm.sentence() for one in checks if one.calm]
    assert sentence in calm
    assert "Evidencias adjuntas: 1." in calm
