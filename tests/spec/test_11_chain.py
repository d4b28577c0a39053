"""La cadena de resultados

Nivel (quién se compromete) y posición en la cadena (qué clase de cosa se promete) son dos
atributos distintos. Una meta institucional contribuye a una sectorial, y ésta a una presidencial:
sin saltos, sin círculos y dentro de un mismo eje.
"""

import pytest

from sigpret.methodology.chain import (
    ChainPosition,
    Level,
    LinkError,
    check_axes,
    check_levels,
    check_positions,
    may_link,
    without_chain,
)
from sigpret.methodology.rollup import Link
from tests.spec.book import paragraph

LEVELS = {
    "presidencial": Level.PRESIDENTIAL,
    "sectorial": Level.SECTORAL,
    "institucional": Level.INSTITUTIONAL,
}
POSITIONS = {
    "insumo": ChainPosition.INPUT,
    "actividad": ChainPosition.ACTIVITY,
    "producto": ChainPosition.PRODUCT,
    "resultado": ChainPosition.RESULT,
    "impacto": ChainPosition.IMPACT,
}


def refusal(check, *asked):
    try:
        check(*asked)
    except LinkError as error:
        return str(error)
    return "se acepta"


@paragraph
def test_levels(child, parent, answer):
    """Qué nivel contribuye a cuál

    | meta | contribuye a | respuesta |
    |---|---|---|
    | institucional | sectorial | se acepta |
    | sectorial | presidencial | se acepta |
    | institucional | presidencial | Una meta institucional contribuye a una meta sectorial, no a una presidencial. |
    | sectorial | sectorial | Una meta sectorial contribuye a una meta presidencial, no a una sectorial. |
    | presidencial | sectorial | Una meta presidencial no contribuye a otra: es el final de la cadena. |
    """  # noqa: E501
    assert refusal(check_levels, LEVELS[child], LEVELS[parent]) == answer
    assert may_link(LEVELS[child], LEVELS[parent]) is (answer == "se acepta")


@paragraph
def test_positions(child, parent, answer):
    """La cadena avanza

    | meta | contribuye a | respuesta |
    |---|---|---|
    | producto | resultado | se acepta |
    | resultado | resultado | se acepta |
    | insumo | impacto | se acepta |
    | resultado | producto | La cadena va de los insumos al impacto: este vínculo va al revés. |
    """
    assert refusal(check_positions, POSITIONS[child], POSITIONS[parent]) == answer


@paragraph
def test_axes(child, parent, answer):
    """Dentro de un mismo eje

    Un sector puede estar en varios ejes; basta que compartan uno.

    | ejes de una | ejes de la otra | respuesta |
    |---|---|---|
    | 1 2 | 2 3 | se acepta |
    | 1 | 2 | Las dos metas deben pertenecer a un mismo eje estratégico. |
    """
    assert refusal(check_axes, set(child.split()), set(parent.split())) == answer


@pytest.mark.parametrize(
    ("links", "alone"),
    [
        ([Link("i1", "s1"), Link("s1", "p1")], ["i2"]),
        ([Link("i1", "s1"), Link("i2", "s1")], ["i1", "i2", "s1"]),
        ([Link("i1", "s1"), Link("i2", "s1"), Link("s1", "p1"), Link("i1", "p1")], []),
    ],
)
def test_goals_that_reach_no_presidential_goal(links, alone):
    levels = {
        "p1": Level.PRESIDENTIAL,
        "s1": Level.SECTORAL,
        "i1": Level.INSTITUTIONAL,
        "i2": Level.INSTITUTIONAL,
    }
    assert without_chain(levels, links) == alone
