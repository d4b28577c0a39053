"""Indicadores que se calculan

Un indicador calculado no se escribe: se reportan sus variables y el sistema aplica la fórmula de
su ficha. Una fórmula lleva variables, números, los cuatro signos + - * / y paréntesis.
"""

import re

import pytest

from sigpret.methodology.achievement import achieve
from sigpret.methodology.computed import Computed, VariableRule
from sigpret.methodology.formula import FormulaError, check_parts, parse, pooled
from sigpret.methodology.measure import Accumulation, Measure, Sense
from sigpret.methodology.periods import Period
from tests.methodology.examples import POLICY, decimal, reads
from tests.spec.book import STATUSES, paragraph

QUARTERS = [Period.quarter(2026, number) for number in (1, 2, 3)]


def amounts_of(text):
    """`a=3, b=4` as amounts; nothing out of a dash."""
    pairs = [pair.split("=") for pair in text.split(", ") if "=" in pair]
    return {name: decimal(amount) for name, amount in pairs}


@paragraph
def test_a_formula_is_worked_out(formula, amounts, value):
    """La fórmula se aplica a lo reportado

    Sin alguna de sus variables, o al dividir entre cero, no hay valor: no es un cero.

    | fórmula | se reportó | valor |
    |---|---|---:|
    | atendidos / inscritos * 100 | atendidos=45, inscritos=60 | 75 |
    | (hombres + mujeres) / meta * 100 | hombres=10, mujeres=30, meta=50 | 80 |
    | 100 - perdidas / total * 100 | perdidas=5, total=20 | 75 |
    | atendidos / inscritos * 100 | atendidos=0, inscritos=60 | 0 |
    | atendidos / inscritos * 100 | atendidos=45, inscritos=0 | — |
    | atendidos / inscritos * 100 | atendidos=45 | — |
    """
    assert reads(parse(formula).evaluate(amounts_of(amounts)), value)


@paragraph
def test_quarters_are_pooled(first, second, third, counts, value):
    """Los trimestres se juntan por sus variables

    El indicador es `atendidos / inscritos * 100`. A la fecha y en el año se juntan los numeradores
    con los numeradores y los denominadores con los denominadores: nunca se promedian porcentajes.
    Lo que es un nivel, como la población inscrita, vale el último. Un trimestre al que le falta
    una variable queda fuera.

    | I | II | III | inscritos | a la fecha |
    |---|---|---|---|---:|
    | atendidos=1, inscritos=10 | atendidos=90, inscritos=100 | — | se suma | 82.72… |
    | atendidos=1, inscritos=10 | atendidos=9, inscritos=10 | — | se suma | 50 |
    | atendidos=20, inscritos=100 | atendidos=30, inscritos=100 | atendidos=10, inscritos=120 | vale el último | 50 |
    | atendidos=20, inscritos=100 | atendidos=30 | atendidos=20, inscritos=100 | se suma | 20 |
    | — | — | — | se suma | — |
    """  # noqa: E501
    rows = zip(QUARTERS, (first, second, third), strict=True)
    amounts = {period: amounts_of(row) for period, row in rows}
    rule = {"inscritos": "last" if counts == "vale el último" else "sum"}
    assert reads(pooled(parse("atendidos / inscritos * 100"), amounts, rule), value)


@paragraph
def test_nothing_of_nothing_is_a_report(first, second, achievement, status):
    """Cero de cero es un reporte

    Con un denominador de 0 no hay resultado que calcular. Si arriba también hay 0, así fue el
    trimestre: se reporta, no tiene valor, queda fuera de los promedios y no es silencio ni un 0;
    a la fecha cuentan los otros trimestres. Si arriba hay más que 0, los datos se contradicen y
    deben corregirse: no es un reporte. Aquí la meta es 80 % en los dos trimestres.

    | I | II | cumplimiento a la fecha | estado |
    |---|---|---:|---|
    | 0 de 0 | 0 de 0 | — | sin denominador |
    | 40 de 100 | 0 de 0 | 50 | rezagada |
    | 0 de 0 | 80 de 100 | 100 | en ruta |
    | 0 de 0 | 0 de 100 | 0 | rezagada |
    | 0 de 0 | — | — | sin reporte |
    | 40 de 100 | — | — | sin reporte |
    | 40 de 100 | 5 de 0 | — | sin reporte |
    """
    rows = zip(QUARTERS, map(enrolled, (first, second)), strict=False)
    amounts = {period: row for period, row in rows if row}
    rate = parse("atendidos / inscritos * 100")
    measure = Measure(
        id="tasa",
        accumulation=Accumulation.LAST,
        kind=None,
        sense=Sense.ASCENDING,
        baseline=None,
        tolerance=None,
        targets=dict.fromkeys(QUARTERS[:2], decimal("80")),
        executed={period: rate.evaluate(row) for period, row in amounts.items()},
        computed=Computed(rate, tuple(map(VariableRule, ("atendidos", "inscritos"))), amounts),
    )
    seen = achieve(measure, as_of=QUARTERS[1], policy=POLICY)
    assert reads(seen.to_date.value, achievement)
    assert seen.to_date.status is STATUSES[status]


def enrolled(text):
    """`40 de 100` as amounts; nothing out of a dash."""
    if text == "—":
        return {}
    return dict(zip(("atendidos", "inscritos"), map(decimal, text.split(" de ")), strict=True))


@paragraph
def test_a_ratio_knows_its_parts(formula, numerator, denominator, factor):
    """De qué partes está hecha una razón

    Quien recibe razones de varias metas las junta por estas partes.

    | fórmula | numerador | denominador | por |
    |---|---|---|---:|
    | atendidos / inscritos * 100 | atendidos | inscritos | 100 |
    | 100 * (hombres + mujeres) / meta | hombres + mujeres | meta | 100 |
    | casos / (poblacion / 100000) | casos | poblacion | 100000 |
    | hombres + mujeres | — | — | — |
    | 100 - perdidas / total * 100 | — | — | — |
    """
    ratio = parse(formula).ratio()
    written = ("—", "—", "—") if ratio is None else tuple(map(str, ratio))
    assert written == (numerator, denominator, factor)


@paragraph
def test_a_formula_is_refused(formula, answer):
    """Lo que no es una fórmula se rechaza con la razón

    | fórmula | respuesta |
    |---|---|
    | atendidos / | La fórmula termina antes de tiempo: falta un dato al final. |
    | atendidos inscritos | Antes de «inscritos» falta un signo: + - * /. |
    | (atendidos / inscritos | Falta cerrar un paréntesis. |
    | atendidos) | Sobra un paréntesis que cierra. |
    | * atendidos | Antes de «*» falta un dato. |
    | 1,000 * a | Escriba los números sin coma de miles: 1000 y no 1,000. |
    | Atendidos / 2 | «Atendidos» no es el nombre de una variable: use minúsculas, números y guion bajo. |
    | a = 3 | «=» no es parte de una fórmula: use + - * / y paréntesis. |
    """  # noqa: E501
    with pytest.raises(FormulaError, match=f"^{re.escape(answer)}$"):
        parse(formula)


@paragraph
def test_parts_make_the_total(total, women, men, answer):
    """Las partes de un total deben sumarlo

    Un indicador desagregado por sexo, edad o territorio se reporta con sus partes. Si no se da
    ninguna, no hay nada que revisar; si se dan, deben estar todas y sumar el total.

    | total | mujeres | hombres | respuesta |
    |---:|---:|---:|---|
    | 100 | 60 | 40 | se acepta |
    | 100 | — | — | se acepta |
    | 100 | 60 | — | Falta la parte de hombres. |
    | 100 | 60 | 41 | Las partes suman 101 y el total es 100: sobran 1. |
    | 100 | 60 | 39.5 | Las partes suman 99.5 y el total es 100: faltan 0.5. |
    | — | 60 | 40 | Hay partes y falta el total. |
    | 100 | 110 | -10 | hombres no puede ser negativo: -10. |
    """
    problems = check_parts(decimal(total), {"mujeres": decimal(women), "hombres": decimal(men)})
    assert ([problem.text for problem in problems] or ["se acepta"]) == [answer]
