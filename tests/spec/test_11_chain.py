"""La cadena de resultados

Nivel (quién se compromete) y posición en la cadena (qué clase de cosa se promete) son dos
atributos distintos. Una meta institucional contribuye a una sectorial, y ésta a una presidencial:
sin saltos, sin círculos y dentro de un mismo eje.
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.methodology.chain import (
    ChainPosition,
    Counted,
    Level,
    LinkError,
    check_axes,
    check_is_new,
    check_levels,
    check_no_circle,
    check_not_itself,
    check_positions,
    check_units,
    may_link,
    spread,
    without_chain,
)
from sigpret.methodology.matrix import ChainGoal, Problem, Rule, Severity, problems_of
from sigpret.methodology.measure import AcrossYears, Sense
from sigpret.methodology.rollup import Link, RollupRule
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


RULES = {
    "suma": RollupRule.SUM,
    "razón agrupada": RollupRule.POOLED_RATIO,
    "promedio ponderado": RollupRule.WEIGHTED,
}


def links_of(text):
    """`MI-1→MS-1 MS-1→MP-1` as links."""
    return [Link(*pair.split("→")) for pair in text.split()]


def counted(code, text):
    unit, _comma, kind = text.partition(", ")
    return Counted(
        code,
        unit,
        is_share=unit == "porcentaje",
        sense=Sense.DESCENDING if kind == "menos es mejor" else Sense.ASCENDING,
        across_years=AcrossYears.CAPACITY if kind == "capacidad" else AcrossYears.FLOW,
    )


@paragraph
def test_circles(links, child, parent, answer):
    """Sin círculos ni repeticiones

    | ya vinculadas | meta | contribuye a | respuesta |
    |---|---|---|---|
    | MI-1→MS-1 | MI-2 | MS-1 | se acepta |
    | MI-1→MS-1 | MI-1 | MS-1 | MI-1 ya contribuye a MS-1: cambie el peso de ese vínculo. |
    | MI-1→MS-1 | MI-1 | MI-1 | Una meta no puede contribuir a sí misma. |
    | MI-1→MS-1 MS-1→MP-1 | MP-1 | MI-1 | Este vínculo cierra un círculo: MP-1 → MI-1 → MS-1 → MP-1. |
    """  # noqa: E501

    def check(existing, one, other):
        check_not_itself(one, other)
        check_is_new(existing, one, other)
        check_no_circle(existing, one, other)

    assert refusal(check, links_of(links), child, parent) == answer


@paragraph
def test_units(rule, parent, child, answer):
    """Sumar y agrupar sólo lo que se puede

    El promedio, el máximo y las demás reglas comparan cumplimientos: admiten cualquier unidad.

    | regla | MS-1 mide | MI-1 mide | respuesta |
    |---|---|---|---|
    | suma | personas | personas | se acepta |
    | suma | personas | viviendas | No se pueden sumar viviendas (MI-1) a personas (MS-1). |
    | suma | porcentaje | porcentaje | MI-1 se mide en porcentaje y los porcentajes no se suman. |
    | suma | porcentaje | personas | MS-1 se mide en porcentaje y los porcentajes no se suman. |
    | razón agrupada | personas | porcentaje | se acepta |
    | razón agrupada | personas | días, menos es mejor | MI-1 no es lo ejecutado entre lo programado: sus partes no se agrupan. |
    | razón agrupada | personas | hectáreas, capacidad | MI-1 no es lo ejecutado entre lo programado: sus partes no se agrupan. |
    | promedio ponderado | personas | días, menos es mejor | se acepta |
    """  # noqa: E501
    asked = (RULES[rule], counted("MS-1", parent), [counted("MI-1", child)])
    assert refusal(check_units, *asked) == answer


def test_two_units_are_not_pooled():
    children = [counted("MI-1", "personas"), counted("MI-2", "viviendas")]
    answer = refusal(check_units, RollupRule.POOLED_RATIO, counted("MS-1", "personas"), children)
    assert answer == "No se agrupan unidades distintas: personas, viviendas."


@paragraph
def test_weights(weights, shared):
    """Pesos que suman 100

    Lo que deja el redondeo va al mayor.

    | pesos | repartidos en proporción |
    |---|---|
    | 50 40 | 55.56 44.44 |
    | 1 1 1 | 33.34 33.33 33.33 |
    | 70 30 | 70 30 |
    """
    given_weights = {str(n): Decimal(text) for n, text in enumerate(weights.split())}
    wanted = {str(n): Decimal(text) for n, text in enumerate(shared.split())}
    assert spread(given_weights) == wanted


@given(st.lists(st.decimals(min_value="0.01", max_value=1000, places=2), min_size=1, max_size=40))
def test_spread_weights_always_add_to_a_hundred(weights):
    shared = spread({str(number): weight for number, weight in enumerate(weights)})
    assert sum(shared.values()) == 100


def goal(code, axes="1", unit="personas", missing=()):
    levels = {"P": Level.PRESIDENTIAL, "S": Level.SECTORAL, "I": Level.INSTITUTIONAL}
    return ChainGoal(levels[code[1]], frozenset(axes.split()), counted(code, unit), tuple(missing))


def matrix(*codes, **changed):
    goals = {code: goal(code) for code in codes}
    return goals | {code.replace("_", "-"): goal for code, goal in changed.items()}


@paragraph
def test_problems(goals, links, text, suggestion):
    """Lo que se muestra antes de publicar

    | metas | vínculos | qué se dice | qué se sugiere |
    |---|---|---|---|
    | MP-1 MS-1 MI-1 | MI-1→MS-1 MS-1→MP-1 | — | — |
    | MP-1 MS-1 MS-2 MI-1 | MI-1→MS-1 MS-1→MP-1 MI-1→MS-2 | MS-2 no llega a ninguna meta presidencial. | Vincúlela al menos a una meta presidencial de su eje. |
    | MP-1 MS-1 MI-1 MI-2 | MI-1→MS-1 MS-1→MP-1 | MI-2 no llega a ninguna meta sectorial. | Vincúlela al menos a una meta sectorial de su eje. |
    | MP-1 MS-1 | MS-1→MP-1 | Ninguna meta institucional contribuye a MS-1. | Vincúlele una meta institucional o diga quién la ejecuta. |
    | MP-1 MS-1 MI-1 | MI-1→MP-1 MI-1→MS-1 MS-1→MP-1 | Una meta institucional contribuye a una meta sectorial, no a una presidencial. | Vincúlela a una meta sectorial. |
    | MP-1 MS-1 MS-2 MI-1 | MI-1→MS-1 MI-1→MS-2 MS-1→MP-1 MS-2→MP-1 | MI-1 llega a MP-1 por 2 caminos: MS-1, MS-2. Cuenta dos veces. | Quite un vínculo, o déjelo «sin agregación». |
    """  # noqa: E501
    counts = [Link(link.child, link.parent, rule=RollupRule.MEAN) for link in links_of(links)]
    found = problems_of(matrix(*goals.split()), counts)
    said = {problem.text: problem.suggestion for problem in found}
    assert (said == {}) if text == "—" else said[text] == suggestion


FULL = [Link("MI-1", "MS-1", Decimal(100)), Link("MS-1", "MP-1", Decimal(100))]


def only(goals, links) -> Problem:
    (problem,) = problems_of(goals, links)
    return problem


def test_weights_that_miss_a_hundred_come_with_their_proportion():
    links = [Link("MI-1", "MS-1", Decimal(50)), Link("MI-2", "MS-1", Decimal(40)), FULL[1]]
    problem = only(matrix("MP-1", "MS-1", "MI-1", "MI-2"), links)
    assert problem.text == "Los pesos de quienes contribuyen a MS-1 suman 90, no 100."
    assert problem.suggestion == "Repártalos en proporción: MI-1 55.56, MI-2 44.44."
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize(("weight", "is_whole"), [("99.99", True), ("99.98", False)])
def test_a_hundredth_is_rounding(weight, is_whole):
    links = [Link("MI-1", "MS-1", Decimal(weight)), FULL[1]]
    assert (problems_of(matrix("MP-1", "MS-1", "MI-1"), links) == ()) is is_whole


def test_a_link_outside_the_axes_is_an_error():
    problem = only(matrix("MP-1", "MS-1", MI_1=goal("MI-1", axes="2")), FULL)
    assert (problem.rule, problem.severity) == (Rule.OUTSIDE_AXES, Severity.ERROR)
    assert problem.others == ("MS-1",)


def test_a_circle_is_named_whole():
    links = [*FULL, Link("MP-1", "MI-1", rule=RollupRule.NONE)]
    found = problems_of(matrix("MP-1", "MS-1", "MI-1"), links)
    assert found[0].text == "MP-1 se sirve a sí misma: MP-1 → MI-1 → MS-1 → MP-1."


def test_what_the_sheet_lacks_is_said_in_words():
    pending = goal("MI-1", missing=("source", "baseline"))
    assert only(matrix("MP-1", "MS-1", MI_1=pending), FULL).text == (
        "Ficha pendiente: faltan fuente y línea base de MI-1."
    )


def test_a_chain_broken_higher_up_says_where():
    links = [Link("MI-1", "MS-1", Decimal(100)), Link("MI-2", "MS-2", Decimal(100)), FULL[1]]
    found = problems_of(matrix("MP-1", "MS-1", "MS-2", "MI-1", "MI-2"), links)
    assert [(problem.rule, problem.goal) for problem in found] == [
        (Rule.WITHOUT_PARENT, "MS-2"),
        (Rule.WITHOUT_PRESIDENTIAL, "MI-2"),
    ]


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
