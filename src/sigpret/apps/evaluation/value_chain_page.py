"""The chain of a goal in printed words, for its drawing, its steps and its table."""

from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.evaluation.queries.chain_money import ChainProgram
from sigpret.apps.evaluation.queries.value_chain import ChainGoal, ChainProduct, GoalChain
from sigpret.apps.evaluation.sentences import amount
from sigpret.methodology.execution import Budget, added
from sigpret.methodology.status import Status
from sigpret.web.charts import ChainFlow, ChainNode, ValueChain
from sigpret.web.formats import MISSING, format_money_short, format_percent, sign_of
from sigpret.web.value_chain import (
    PRODUCTS,
    ChainLinkage,
    ChainParts,
    assembled,
    goal_key,
    product_key,
)


def value_chain_of(chain: GoalChain, goal_id: int, text: str) -> ValueChain:
    """The stages and links of a goal's chain; `goal_id` is the goal somebody is looking at."""
    parts = ChainParts(_("Cadena de valor de «%(goal)s»") % {"goal": text})
    codes = {goal.id: goal.code for goal in chain.goals}
    for goal in chain.goals:
        parts.add(goal.level, goal_box(goal, is_here=goal.id == goal_id))
    for product in chain.products:
        parts.add(PRODUCTS, product_box(product))
    parts.links += [
        ChainLinkage(goal_key(codes[link.child_id]), goal_key(codes[link.parent_id]), link.share)
        for link in chain.links
    ]
    parts.links += [
        ChainLinkage(product_key(product.id), goal_key(codes[goal]))
        for product in chain.products
        for goal in product.goal_ids
    ]
    for program in chain.money:
        parts.money.append(program_box(program))
        parts.paid += [
            ChainFlow(f"program-{program.id}", product_key(product), amount=current)
            for product, current in program.paid_for.items()
        ]
    parts.money_told = money_told(chain)
    parts.is_money_reserved = not all(product.is_open for product in chain.products)
    return assembled(parts)


def money_told(chain: GoalChain) -> str:
    """`L 412 millones, devengado 60 %`: all that is assigned to the products of the chain."""
    whole = added(program.budget for program in chain.money)
    return ", ".join(filter(None, (format_money_short(whole.current), accrued_words(whole))))


def accrued_words(budget: Budget) -> str:
    percent = format_percent(budget.executed_percent)
    return "" if percent == MISSING else _("devengado %(percent)s") % {"percent": percent}


def program_box(program: ChainProgram) -> ChainNode:
    """A programme with what it assigns to these products, and what of it was accrued."""
    budget = program.budget
    return ChainNode(
        f"program-{program.id}",
        program.name,
        tag=program.institution_code,
        planned=format_money_short(budget.current),
        executed=format_money_short(budget.accrued),
        achieved=format_percent(budget.executed_percent),
        told=format_money_short(budget.current),
        detailed=accrued_words(budget),
    )


def goal_box(goal: ChainGoal, *, is_here: bool) -> ChainNode:
    """A goal with its own measured figures, or the reason why there are none."""
    key, tag = goal_key(goal.code), goal.institution or goal.sector
    if goal.is_reserved:
        note = _("avance reservado")
        return ChainNode(key, goal.text, "", tag, note=note, is_here=is_here)
    url = reverse("evaluation:goal", args=(goal.code,))
    standing = goal.standing
    if standing is None:
        note = _("aún sin evaluar")
        return ChainNode(key, goal.text, url, tag, note=note, is_here=is_here)
    return ChainNode(
        key,
        goal.text,
        url,
        tag,
        planned=amount(standing.planned, standing.unit),
        executed=amount(standing.shown_executed, standing.unit),
        unit=unit_of(standing.unit),
        achieved=format_percent(standing.value),
        status=standing.status,
        is_here=is_here,
    )


def unit_of(name: str) -> str:
    """`kilómetros`; nothing for percentages, which carry their sign. Catalogues are in capitals."""
    return "" if sign_of(name) == "%" else name.lower()


def product_box(product: ChainProduct) -> ChainNode:
    plan = (product.year, product.institution_code)
    url = reverse("planning:plan", args=plan) if product.is_open else ""
    tag = f"{product.institution_code} · {product.code}"
    if product.status is Status.NOT_REPORTED and product.planned is None:
        return ChainNode(product_key(product.id), product.name, url, tag, note=_("sin reporte"))
    return ChainNode(
        product_key(product.id),
        product.name,
        url,
        tag,
        planned=amount(product.planned, product.unit),
        executed=amount(product.executed, product.unit),
        unit=unit_of(product.unit),
        achieved=format_percent(product.achievement),
        status=product.status,
    )
