"""Costo de un producto y escenarios de producción

Una actividad con insumos cuesta lo que ellos cuestan; sin insumos, lo que se le repartió; sin lo
uno ni lo otro no tiene costo, que no es cero. Los insumos «por unidad» crecen con la producción.
La relación insumo–producto y los escenarios de producción son los que describe la cooperación
técnica ATN/OC-9554-GU (PRODEV).
"""

from decimal import Decimal

from sigpret.methodology.costs import (
    ActivityCost,
    CostLine,
    InputCost,
    ProductAsk,
    Way,
    ceiling_of_plan,
    cost_of_plan,
    cost_of_product,
)
from sigpret.methodology.scenarios import ScenarioLine, fitted, goal_reach, verdict
from tests.methodology.examples import decimal, reads
from tests.spec.book import paragraph

WAYS = {
    "insumos": Way.INPUTS,
    "repartido": Way.APPORTIONED,
    "ambos": Way.BOTH,
    "sin costo": Way.NONE,
}


def activity(text: str) -> ActivityCost:
    """`2u×50+1×300` are two inputs, the first per unit; `=800` is apportioned; `—` is nothing."""
    if text == "—":
        return ActivityCost()
    if text.startswith("="):
        return ActivityCost(stated=Decimal(text[1:]))
    inputs = []
    for part in text.split("+"):
        quantity, price = part.split("×")
        inputs.append(
            InputCost(Decimal(quantity.rstrip("u")), Decimal(price), quantity.endswith("u"))
        )
    return ActivityCost(tuple(inputs))


@paragraph
def test_cost_of_a_product(activities, output, cost, way, without_cost):
    """Costo de un producto

    Cada actividad va separada por «;». `2u×50` son dos insumos de L 50 por cada unidad del
    producto; `1×300`, uno de L 300 para todo el año; `=800`, un costo repartido de L 800.

    | actividades | producción | costo | de dónde sale | actividades sin costo |
    |---|---:|---:|---|---:|
    | 2u×50 | 10 | 1,000 | insumos | 0 |
    | 2u×50+1×300 | 10 | 1,300 | insumos | 0 |
    | =800 | 10 | 800 | repartido | 0 |
    | 1×300; =800 | 10 | 1,100 | ambos | 0 |
    | 1×300; — | 10 | 300 | insumos | 1 |
    | — | 10 | — | sin costo | 1 |
    | =0 | 10 | 0 | repartido | 0 |
    | 2u×50+1×300 | — | — | insumos | 0 |
    | 1×300 | — | 300 | insumos | 0 |
    | 2u×50+1×300 | 0 | 300 | insumos | 0 |
    """
    line = cost_of_product(activity(part.strip()) for part in activities.split(";"))
    assert line.at(decimal(output)) == decimal(cost)
    assert line.way == WAYS[way]
    assert line.without_cost == int(without_cost)


@paragraph
def test_what_a_plan_asks_for(lines_approved, products, cost):
    """Lo que cuesta un plan

    Es lo que aprueban sus líneas de presupuesto más lo que cuestan los productos que aún no están
    en ellas: una línea suelta no esconde lo demás. Lo que las líneas aprueban y no se dio a ningún
    producto puede ser de ellos: sólo cuenta lo que pasa de ahí. Cada producto va como su costo, con
    `/` lo que le dan las líneas de sus categorías, si ya tienen.

    | líneas aprobadas | productos | costo del plan |
    |---:|---|---:|
    | — | 300 200 | 500 |
    | 1 | 300 200 | 500 |
    | 450 | 300 200 | 500 |
    | 900 | 300 200 | 900 |
    | 450 | 300/450 200 | 650 |
    | 450 | 300/400 200 | 600 |
    | 450 | 300/250 200/200 | 450 |
    | 450 | 300/450 — | 450 |
    | 450 | —/450 200 | 650 |
    | 0 | 300/0 | 0 |
    | 0 | 300 | 300 |
    | 900 | — | 900 |
    | — | — | — |
    | — | | — |
    """
    asks = [
        ProductAsk(decimal(cost), decimal(approved or "—"))
        for cost, _of, approved in (one.partition("/") for one in products.split())
    ]
    assert cost_of_plan(decimal(lines_approved), asks) == decimal(cost)


@paragraph
def test_which_ceiling_holds(ceilings, whole):
    """El techo de un plan

    El techo de todas las fuentes juntas manda; si no se fijó, los de cada fuente se suman. Sin
    ninguno no hay techo, que no es cero. Cada techo va como `fuente=monto`.

    | techos | techo |
    |---|---:|
    | todas=900 11=500 12=300 | 900 |
    | 11=500 12=300 | 800 |
    | todas=0 | 0 |
    | | — |
    """
    pairs = (one.split("=") for one in ceilings.split())
    found = {None if of == "todas" else int(of): Decimal(amount) for of, amount in pairs}
    assert ceiling_of_plan(found) == decimal(whole)


def line(number: int, text: str) -> ScenarioLine:
    """`planned/fixed/per unit/chosen`."""
    planned, fixed, per_unit, chosen = text.split("/")
    known = fixed != "—"
    return ScenarioLine(
        number,
        decimal(planned),
        CostLine(Way.INPUTS, Decimal(fixed), Decimal(per_unit)) if known else CostLine(),
        decimal(chosen),
    )


def lines(text: str) -> list[ScenarioLine]:
    return [line(number, part) for number, part in enumerate(text.split(), start=1)]


@paragraph
def test_money_of_a_scenario(products, ceiling, cost, room, without_cost):
    """El dinero de un escenario

    Cada producto va como `producción del plan/costo fijo/costo por unidad/producción del
    escenario`; «—» en el último lugar deja la del plan. Sin techo no hay holgura.

    | productos | techo | costo | holgura | sin costo |
    |---|---:|---:|---:|---:|
    | 10/100/20/— | 500 | 300 | 200 | 0 |
    | 10/100/20/5 | 150 | 200 | -50 | 0 |
    | 10/100/20/— 4/—/—/— | 500 | 300 | 200 | 1 |
    | 10/100/20/— | — | 300 | — | 0 |
    | 10/100/20/— | 300 | 300 | 0 | 0 |
    | 10/100/20/0 | 300 | 100 | 200 | 0 |
    """
    seen = verdict(lines(products), decimal(ceiling))
    assert seen.cost == decimal(cost)
    assert seen.room == decimal(room)
    assert seen.is_within == (seen.room is None or seen.room >= 0)
    assert seen.without_cost == int(without_cost)


@paragraph
def test_outputs_that_fit(products, ceiling, outputs):
    """Cuánto cabe en un techo

    Lo que no depende de la cantidad se paga primero; el resto mueve con un mismo factor los
    productos que cuestan por unidad. Las cantidades se cortan hacia abajo con los decimales del
    plan, así que el techo nunca se pasa mientras alcance para los costos fijos.

    | productos | techo | caben |
    |---|---:|---|
    | 10/100/20/— | 200 | 5 |
    | 10/100/20/— | 219 | 5 |
    | 10/100/20/— | 500 | 20 |
    | 10/100/20/— | 80 | 0 |
    | 10/0/20/— 10/0/80/— | 500 | 5 5 |
    | 10/0/20/— 3/50/0/— | 150 | 5 |
    | 2.5/0/20/— | 49 | 2.4 |
    """
    found = fitted(lines(products), Decimal(ceiling))
    assert list(found.values()) == [Decimal(cell) for cell in outputs.split()]


@paragraph
def test_goals_of_a_scenario(products, reach):
    """Qué metas se sostienen

    Es el promedio de lo que el escenario conserva de cada producto de la meta, y cada uno cuenta
    hasta 100. Cada producto va como `producción del plan/producción del escenario`.

    | productos de la meta | conserva, % |
    |---|---:|
    | 10/10 | 100 |
    | 10/5 | 50 |
    | 10/5 10/20 | 75 |
    | 3/1 | 33.33… |
    | 0/5 | — |
    | —/5 | — |
    | 10/0 —/5 | 0 |
    """
    pairs = [part.split("/") for part in products.split()]
    scenario = {
        number: ScenarioLine(number, decimal(planned), CostLine(), decimal(chosen))
        for number, (planned, chosen) in enumerate(pairs)
    }
    assert reads(goal_reach(scenario, scenario), reach)
