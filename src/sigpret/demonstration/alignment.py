"""What serves what: a weighted graph that stays inside each sector's blocks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from sigpret.demonstration.rows import GoalRow, Link

#: How a parent adds up what its children achieve; mostly weighted, some of each. Neither pooling
#: nor summing is drawn: they are for children that count the same thing.
RULES = {
    "weighted": 76, "mean": 10, "maximum": 4, "minimum": 4, "latest": 3, "none": 3,
}  # fmt: skip
#: Across the years these are held to their starting point, not to what was planned.
FROM_A_BASELINE = frozenset({"capacidad", "reduccion", "reduccion_anual"})
WHOLE = 100
#: What is left wrong on purpose, so that there is something to put right: how many goals still
#: count twice, which goals serve nothing, and which parents lack ten points.
COUNTED_TWICE = 4
LOOSE_INSTITUTIONAL, LOOSE_SECTORAL = 6, 2
SHORT_PARENTS, MISSING_POINTS = 3, Decimal(10)
SIBLINGS = {"institutional": 4, "sectoral": 2}
FEWEST_CHILDREN = 4


def repaired(
    parents_of: Mapping[str, Sequence[str]], goals: Mapping[str, GoalRow]
) -> dict[str, list[str]]:
    """The chain with the faults it should have and no others: a few goals counted twice, a few
    that serve nothing. Parents keep at least one child."""
    once = counted_once(parents_of)
    served = Counter(parent for parents in once.values() for parent in parents)
    loose: dict[str, int] = {"institutional": LOOSE_INSTITUTIONAL, "sectoral": LOOSE_SECTORAL}
    seen: set[str] = set()
    for child in sorted(once, key=lambda code: (goals[code].sector != "S18", code)):
        level, parents = goals[child].level, once[child]
        is_apart = goals[child].sector not in seen and len(parents) == 1
        has_siblings = served[parents[0]] > SIBLINGS[level] if parents else False
        if loose[level] and is_apart and has_siblings and served[child] <= FEWEST_CHILDREN:
            loose[level] -= 1
            served[parents[0]] -= 1
            once[child] = []
            if level == "institutional":
                seen.add(goals[child].sector)
    return once


def counted_once(parents_of: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Without the second way to the same presidential goal, but for a few."""
    left = COUNTED_TWICE
    once = {}
    for child, parents in parents_of.items():
        kept = list(parents)
        tops = [set(parents_of.get(parent, ())) for parent in parents]
        if len(tops) > 1 and tops[0] & tops[1]:
            kept = kept[: 2 if left > 0 else 1]
            left -= 1
        once[child] = kept
    return once


def weighted_links(
    parents_of: Mapping[str, Sequence[str]], goals: Mapping[str, GoalRow], rng: Random
) -> tuple[Link, ...]:
    """Every link of every child, the weights of one parent's children adding to 100."""
    children: dict[str, list[str]] = {}
    for child, parents in parents_of.items():
        for parent in parents:
            children.setdefault(parent, []).append(child)
    rules = rule_deck(rng)
    links: list[Link] = []
    for parent, served_by in children.items():
        rule = rule_of(goals[parent], [goals[child] for child in served_by])
        rule = rule or rules[len(links) % len(rules)]
        for child, weight in zip(served_by, split_whole(len(served_by), rng), strict=True):
            links.append(Link(child, parent, weight, rule))
    return with_short_parents(links)


def with_short_parents(links: Sequence[Link]) -> tuple[Link, ...]:
    """A few sectoral goals whose largest child lost ten points that nobody gave to another."""
    largest: dict[str, Link] = {}
    for link in links:
        if link.rule == "weighted" and link.parent.startswith("MS-"):
            largest[link.parent] = max(
                link, largest.get(link.parent, link), key=lambda one: (one.weight, one.child)
            )
    able = [link for link in largest.values() if link.weight > 2 * MISSING_POINTS]
    short = {id(link) for link in able[:: max(1, len(able) // SHORT_PARENTS)][:SHORT_PARENTS]}
    return tuple(
        replace(link, weight=link.weight - MISSING_POINTS) if id(link) in short else link
        for link in links
    )


def rule_of(parent: GoalRow, served_by: Sequence[GoalRow]) -> str | None:
    """The rule a parent must follow; None: any. A presidential goal speaks to the country."""
    if parent.level == "presidential":
        return "weighted"
    if can_be_summed(parent, served_by):
        return "sum"
    return "pooled_ratio" if can_be_pooled(served_by) else None


def can_be_summed(parent: GoalRow, goals: Sequence[GoalRow]) -> bool:
    """Do they all count what the parent counts, and is it a quantity?"""
    return parent.unit != "porcentaje" and {goal.unit for goal in goals} == {parent.unit}


def can_be_pooled(goals: Sequence[GoalRow]) -> bool:
    """Do they all count the same unit, and is more better in each?"""
    return len({goal.unit for goal in goals}) == 1 and all(
        goal.sense == "ascending" and goal.across_years not in FROM_A_BASELINE for goal in goals
    )


def rule_deck(rng: Random) -> list[str]:
    deck = [rule for rule, count in RULES.items() for _ in range(count)]
    rng.shuffle(deck)
    return deck


def split_whole(count: int, rng: Random) -> list[Decimal]:
    """`count` uneven weights with two decimals that add to exactly 100."""
    raw = [rng.uniform(1, 3) for _ in range(count)]
    weights = [Decimal(str(round(WHOLE * part / sum(raw), 2))) for part in raw]
    weights[-1] += WHOLE - sum(weights)
    return weights
