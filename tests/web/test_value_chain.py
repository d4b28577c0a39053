"""A chain is read from money to impact, and what nobody defined is shown as missing."""

import re
from decimal import Decimal

import pytest

from sigpret.web.charts import ChainFlow, ChainNode, ChainStage, ValueChain
from sigpret.web.charts.sankey import MOST_BOXES, folded, wrapped
from sigpret.web.value_chain import (
    MONEY,
    ChainLinkage,
    ChainParts,
    assembled,
    broken_links,
    chain_sentence,
)


def box(key, status="on_track", **fields):
    title = fields.pop("title", f"Caja {key}")
    known = {"planned": "10", "executed": "9", "achieved": "90 %"} if status else {}
    return ChainNode(key, title, f"/metas/{key}", status=status, **(known | fields))


def parts(**stages):
    return ChainParts("Cadena de «MP-1»", **stages)


def whole(status="on_track"):
    return parts(
        products=[box("p", status)],
        institutional=[box("i")],
        sectoral=[box("s")],
        presidential=[box("m", is_here=True)],
        links=[
            ChainLinkage("p", "i"),
            ChainLinkage("i", "s", Decimal(60)),
            ChainLinkage("s", "m", Decimal(100)),
        ],
    )


def test_the_budget_has_no_invented_amount():
    chain = assembled(whole())
    money = chain.stages[0].nodes
    assert [node.title for node in money] == ["Presupuesto: aún sin dato"]
    assert money[0].is_missing
    assert ChainFlow(MONEY, "p", is_missing=True) in chain.flows


def test_money_is_drawn_as_thick_as_it_is():
    known = whole()
    known.products.append(box("q"))
    known.links.append(ChainLinkage("q", "i"))
    known.money += [box("11", None, told="L 30 millones"), box("12", None, told="L 3 millones")]
    known.paid += [
        ChainFlow("11", "p", amount=Decimal(30_000_000)),
        ChainFlow("12", "q", amount=Decimal(3_000_000)),
    ]
    known.money_told = "L 33 millones, devengado 60 %"
    chain = assembled(known)
    assert chain.stages[0].sentence == "L 33 millones, devengado 60 %"
    assert [node.title for node in chain.stages[0].nodes] == ["Caja 11", "Caja 12"]
    assert re.findall(r'class="s-money" stroke-width="([0-9.]+)"', chain.svg()) == ["30", "3"]
    assert chain.targets()["11"] == ["Caja p (L\u00a030\u00a0millones)"]


def test_the_money_of_folded_products_is_drawn_together():
    products = tuple(box(f"p{number}") for number in range(MOST_BOXES + 2))
    stages = (ChainStage("Dinero", "", (box("11", None),)), ChainStage("Productos", "", products))
    flows = tuple(ChainFlow("11", node.key, amount=Decimal(2)) for node in products)
    _stages, drawn = folded(stages, flows)
    assert sum(flow.amount for flow in drawn) == 2 * (MOST_BOXES + 2)
    assert len(drawn) == MOST_BOXES


def test_a_whole_chain_lacks_only_the_budget():
    chain = assembled(whole())
    assert broken_links(chain) == 0
    assert chain_sentence(chain) == "La cadena va sin rezago, de los productos al impacto."


def test_the_sentence_says_where_it_stops():
    sentence = chain_sentence(assembled(whole("behind")))
    assert sentence == "El rezago empieza en «Productos»: 90 % de lo programado."


@pytest.mark.parametrize(
    ("stages", "links", "missing"),
    [
        ({"presidential": ["m"]}, [], {"products", "institutional", "sectoral"}),
        ({"institutional": ["i"]}, [], {"products", "sectoral", "presidential"}),
        ({"sectoral": ["s"], "presidential": ["m"]}, [("s", "m")], {"products", "institutional"}),
    ],
)
def test_what_is_not_defined_has_its_dashed_box(stages, links, missing):
    given = parts(
        **{name: [box(key) for key in keys] for name, keys in stages.items()},
        links=[ChainLinkage(*link) for link in links],
    )
    chain = assembled(given)
    found = {node.key for stage in chain.stages[1:] for node in stage.nodes if node.is_missing}
    assert found == {f"missing-{stage}" for stage in missing}
    assert "s-missing" in chain.svg()


def test_the_table_has_everything_the_drawing_has():
    chain = assembled(whole())
    table = chain.table()
    drawn = re.findall(r"aria-label=\"([^,\"]+),", chain.svg())
    assert {row[1] for row in table.rows} >= set(drawn)
    assert next(row for row in table.rows if row[1] == "Caja i")[-1] == "Caja s (peso 60\u00a0%)"


def test_every_box_is_a_link_the_keyboard_reaches():
    svg = assembled(whole()).svg()
    assert re.findall(r'<a href="([^"]+)"', svg) == ["/metas/p", "/metas/i", "/metas/s", "/metas/m"]
    assert 'role="group"' in svg
    assert "style=" not in svg


def test_what_is_written_in_a_box_is_escaped():
    given = whole()
    given.products = [box("p", title="<b>Escuelas</b>")]
    assert "<b>" not in assembled(given).svg()


def test_a_long_column_folds_and_keeps_the_worst():
    many = [box(f"i{n}") for n in range(20)] + [box("worst", "behind")]
    stages = (
        ChainStage("Metas", "", tuple(many)),
        ChainStage("Sector", "", (box("s"),)),
    )
    flows = tuple(ChainFlow(node.key, "s", Decimal(4)) for node in many)
    (metas, _sector), merged = folded(stages, flows)
    assert len(metas.nodes) == MOST_BOXES
    assert "worst" in [node.key for node in metas.nodes]
    assert metas.nodes[-1].title == "y 14 más"
    assert max(flow.share for flow in merged) == 14 * 4


def test_a_chain_of_a_thousand_boxes_is_still_small():
    many = tuple(box(f"i{n}") for n in range(1000))
    flows = tuple(ChainFlow(node.key, "s") for node in many)
    chain = ValueChain("", (ChainStage("", "", many), ChainStage("", "", (box("s"),))), flows)
    assert len(chain.svg()) < 20_000


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ("",)),
        ("Escuelas", ("Escuelas",)),
        ("Centros educativos con banda ancha", ("Centros educativos con", "banda ancha")),
        ("uno " * 40, (*["uno uno uno uno uno uno"] * 2, "uno " * 5 + "uno…")),
        ("a" * 40, ("a" * 23 + "…",)),
    ],
)  # fmt: skip
def test_titles_are_broken_into_lines(text, lines):
    assert wrapped(text) == lines
