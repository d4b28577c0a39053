"""What serves what: a weighted graph that stays inside each sector's blocks."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random

from sigpret.demonstration.rows import GoalRow, Link

#: How a parent adds up what its children achieve; mostly weighted, some of each. Pooling is not
#: drawn: it is for children that count the same thing.
RULES = {
    "weighted": 73, "mean": 10, "sum": 3, "maximum": 4, "minimum": 4, "latest": 3, "none": 3,
}  # fmt: skip
#: Across the years these are held to their starting point, not to what was planned.
FROM_A_BASELINE = frozenset({"capacidad", "reduccion", "reduccion_anual"})
WHOLE = 100


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
    return tuple(links)


def rule_of(parent: GoalRow, served_by: Sequence[GoalRow]) -> str | None:
    """The rule a parent must follow; None: any. A presidential goal speaks to the country."""
    if parent.level == "presidential":
        return "weighted"
    return "pooled_ratio" if can_be_pooled(served_by) else None


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
