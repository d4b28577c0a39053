"""Linking goals upwards and to the products of the plan; what may not be is refused at once."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import Product
from sigpret.apps.results.above import recompute
from sigpret.apps.results.actions.conflict import ConflictError
from sigpret.apps.results.actions.goals import held_goal, record_goal
from sigpret.apps.results.models import Alignment, Goal
from sigpret.apps.results.permissions import check_can_write_goal
from sigpret.apps.results.queries.chain import axis_codes, counted_of
from sigpret.apps.results.queries.links import alignment_links
from sigpret.methodology.chain import (
    ChainPosition,
    Level,
    LinkError,
    check_axes,
    check_is_new,
    check_levels,
    check_no_circle,
    check_not_itself,
    check_positions,
    check_units,
    spread,
)
from sigpret.methodology.rollup import RollupRule
from sigpret.methodology.values import plain

ALIGNMENT = "alignment"
LARGEST, SMALLEST, WHOLE = Decimal(100_000), Decimal("0.0001"), Decimal(100)
Terms = tuple[Decimal, str]


@transaction.atomic
def link_goals(
    *,
    actor: User,
    access: Access,
    child_id: int,
    parent_id: int,
    weight: Decimal | None = None,
    rule: str = "",
    rationale: str = "",
) -> Alignment:
    """Make a goal serve another one level above; whoever writes the child may link it.

    `weight` is the child's share of 100 among those that serve the parent, `rule` the parent's:
    it becomes that of its other links too. Without them: the mean of their weights, and the rule
    the parent has. Only who writes the parent says other ones. Raises PermissionDenied, LinkError.
    """
    child, parent = held_pair(child_id, parent_id)
    check_can_write_goal(access, child.institution_id)
    usual = usual_terms(parent)
    weight, rule = usual[0] if weight is None else weight, rule or usual[1]
    check_weight(weight)
    check_link(child, parent, rule)
    check_decides_terms(access, parent, (weight, rule), usual)
    link = Alignment.objects.create(
        child=child, parent=parent, weight=weight, rollup_rule=rule, rationale=rationale.strip()
    )
    others = same_rule_for_all(parent, rule)
    recompute([child.pk, parent.pk])
    record_link(actor, "results.goals_linked", link, {"new": printable(link)} | others)
    return link


@transaction.atomic
def change_link(
    *,
    actor: User,
    access: Access,
    child_id: int,
    parent_id: int,
    weight: Decimal,
    rule: str,
    rationale: str,
    expected_version: int,
) -> Alignment:
    """Give a link another weight, rule or reason. Nothing changed: nothing is written.

    The reason is of who writes the child; weight and rule, of who writes the parent. Raises
    PermissionDenied, LinkError, ConflictError.
    """
    child, parent = held_pair(child_id, parent_id)
    check_can_write_goal(access, child.institution_id)
    check_weight(weight)
    link = Alignment.objects.get(child=child, parent=parent)
    check_decides_terms(access, parent, (weight, rule), (link.weight, link.rollup_rule))
    before = printable(link)
    version, link.weight, link.rollup_rule = link.version, weight, rule
    link.rationale = rationale.strip()
    if printable(link) == before:
        return link
    if version != expected_version:
        raise ConflictError(version, before)
    check_rule(parent, rule, child)
    link.version = version + 1
    link.save()
    others = same_rule_for_all(parent, rule)
    recompute([child.pk, parent.pk])
    payload = {"old": before, "new": printable(link)} | others
    record_link(actor, "results.link_changed", link, payload)
    return link


@transaction.atomic
def unlink_goals(*, actor: User, access: Access, child_id: int, parent_id: int) -> bool:
    """Take a link away; False when it was already gone. Raises PermissionDenied."""
    child, parent = held_pair(child_id, parent_id)
    check_can_write_goal(access, child.institution_id)
    link = Alignment.objects.filter(child=child, parent=parent).first()
    if link is None:
        return False
    before = printable(link)
    link.delete()
    link.child, link.parent = child, parent
    recompute([child.pk, parent.pk])
    record_link(actor, "results.goals_unlinked", link, {"old": before})
    return True


@transaction.atomic
def spread_weights(*, actor: User, access: Access, parent_id: int) -> dict[str, Decimal]:
    """Make the weights of those who serve a goal add to 100, in proportion; the new weights.

    They are DIGER's, or of whoever writes every one of them. Raises PermissionDenied.
    """
    parent = held_goal(parent_id)
    links = list(parent.served_by.select_related("child").order_by("child__code"))
    for link in links:
        check_can_write_goal(access, link.child.institution_id)
    old = {link.child.code: link.weight for link in links if link.rollup_rule != RollupRule.NONE}
    new = spread(old)
    changed = [link for link in links if new.get(link.child.code, link.weight) != link.weight]
    if not changed:
        return new
    for link in changed:
        link.weight, link.version = new[link.child.code], link.version + 1
    Alignment.objects.bulk_update(changed, ["weight", "version"])
    recompute([parent.pk])
    payload = {
        "old": {code: plain(weight) for code, weight in old.items()},
        "new": {code: plain(weight) for code, weight in new.items()},
    }
    record_goal(actor, "results.weights_spread", parent, payload)
    return new


@transaction.atomic
def link_products(
    *, actor: User, access: Access, goal_id: int, product_ids: Collection[int]
) -> int:
    """Make these the products the institutional goal relies on; how many it has now.

    They are of its institution's plans. Raises PermissionDenied, LinkError.
    """
    goal = held_goal(goal_id)
    check_can_write_goal(access, goal.institution_id)
    if goal.institution_id is None and product_ids:
        raise LinkError(_("Los productos del POA se vinculan a metas institucionales."))
    owned = Product.objects.filter(
        pk__in=product_ids,
        operational_objective__objective__plan__institution=goal.institution,
    )
    wanted = set(owned.values_list("pk", flat=True))
    if wanted != set(product_ids):
        raise LinkError(_("Elija productos del POA de la misma institución."))
    before = set(goal.products.values_list("pk", flat=True))
    if before != wanted:
        goal.products.set(wanted)
        payload = {"added": sorted(wanted - before), "removed": sorted(before - wanted)}
        record_goal(actor, "results.products_linked", goal, payload)
    return len(wanted)


@transaction.atomic
def add_product_to_goal(*, actor: User, access: Access, goal_id: int, product_id: int) -> bool:
    """Make a product one the institutional goal relies on; its other products stay, also those
    somebody links at the same time. False when it already was.

    Raises PermissionDenied, and LinkError for a product of another institution.
    """
    goal = held_goal(goal_id)
    check_can_write_goal(access, goal.institution_id)
    plan = "operational_objective__objective__plan"
    owned = Product.objects.filter(**{f"{plan}__institution": goal.institution_id})
    if goal.institution_id is None or not owned.filter(pk=product_id).exists():
        raise LinkError(_("Elija productos del POA de la misma institución."))
    if goal.products.filter(pk=product_id).exists():
        return False
    goal.products.add(product_id)
    payload = {"added": [product_id], "removed": []}
    record_goal(actor, "results.products_linked", goal, payload)
    return True


def held_pair(child_id: int, parent_id: int) -> tuple[Goal, Goal]:
    """Both goals, locked in the order of their ids so that two people never wait in a ring."""
    held = Goal.objects.select_for_update(no_key=True)
    goals = held.filter(pk__in=[child_id, parent_id]).order_by("pk")
    found = {goal.pk: goal for goal in goals}
    return found[child_id], found[parent_id]


def check_weight(weight: Decimal) -> None:
    if not weight.is_finite() or not 0 < weight < LARGEST:
        raise LinkError(_("El peso es un número mayor que cero."))
    if weight != weight.quantize(SMALLEST):
        raise LinkError(_("Escriba el peso con cuatro decimales como máximo."))


def check_link(child: Goal, parent: Goal, rule: str) -> None:
    """Everything one new link must meet. Raises LinkError with the first thing it does not."""
    check_not_itself(child.code, parent.code)
    check_levels(Level(child.level), Level(parent.level))
    check_positions(ChainPosition(child.chain_position), ChainPosition(parent.chain_position))
    axes = axis_codes()
    check_axes(axes[child.sector_id], axes[parent.sector_id])
    links = alignment_links()
    check_is_new(links, child.code, parent.code)
    check_no_circle(links, child.code, parent.code)
    check_rule(parent, rule, child)


def check_rule(parent: Goal, rule: str, child: Goal) -> None:
    """May those who serve the parent, this one included, be put together so?"""
    if rule not in {str(one) for one in RollupRule}:
        raise LinkError(_("Elija una regla de cálculo."))
    serving = Goal.objects.filter(serves__parent=parent).exclude(
        serves__in=Alignment.objects.filter(parent=parent, rollup_rule=RollupRule.NONE)
    )
    goals = {goal.pk: goal for goal in serving} | {child.pk: child}
    counted = counted_of([parent.pk, *goals])
    if RollupRule(rule) is not RollupRule.NONE:
        check_units(RollupRule(rule), counted[parent.pk], [counted[pk] for pk in goals])


def usual_terms(parent: Goal) -> Terms:
    """What a new link weighs and how it counts when nobody decides otherwise."""
    links = list(parent.served_by.exclude(rollup_rule=RollupRule.NONE))
    if not links:
        return WHOLE, str(RollupRule.WEIGHTED)
    mean = sum((link.weight for link in links), Decimal(0)) / len(links)
    return max(mean.quantize(SMALLEST), SMALLEST), links[0].rollup_rule


def check_decides_terms(access: Access, parent: Goal, asked: Terms, usual: Terms) -> None:
    """How a goal is computed is of who writes it, not of who serves it."""
    if asked != usual:
        check_can_write_goal(access, parent.institution_id)


def same_rule_for_all(parent: Goal, rule: str) -> dict[str, Any]:
    """A parent has one rule; a link that adds nothing stays apart. What the chain says of it."""
    if rule == RollupRule.NONE:
        return {}
    others = parent.served_by.exclude(rollup_rule__in=[rule, RollupRule.NONE])
    old = dict(others.order_by("child__code").values_list("child__code", "rollup_rule"))
    others.update(rollup_rule=rule, version=F("version") + 1)
    return {"others": old} if old else {}


def printable(link: Alignment) -> dict[str, Any]:
    return {
        "weight": plain(link.weight),
        "rollup_rule": str(link.rollup_rule),
        "rationale": link.rationale,
    }


def record_link(actor: User, action: str, link: Alignment, payload: dict[str, Any]) -> None:
    record(
        actor=actor,
        action=action,
        subject_type=ALIGNMENT,
        subject_id=link_subject(link.child.code, link.parent.code),
        payload={"child": link.child.code, "parent": link.parent.code} | payload,
    )


def link_subject(child: str, parent: str) -> str:
    """How the audit chain names a link."""
    return f"{child}→{parent}"[:80]
