"""The value chain around a goal: what contributes to it, what it contributes to."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from sigpret.apps.evaluation.queries.standing import Standing
from sigpret.apps.evaluation.queries.standings import Standings
from sigpret.apps.results.models import Alignment


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A neighbour in the chain. `contribution` is what it adds to the parent's contributed
    achievement, in points (0-100); None when it adds nothing or the rule is not a mean."""

    goal_id: int
    code: str
    text: str
    level: str
    weight: Decimal
    rule: str
    standing: Standing | None
    contribution: Decimal | None


@dataclass(frozen=True, slots=True)
class ChainIds:
    """The alignments around a goal: down one level, up to the top."""

    down: tuple[Alignment, ...]
    up: tuple[Alignment, ...]

    @property
    def goal_ids(self) -> frozenset[int]:
        children = {link.child_id for link in self.down}
        return frozenset(children | {link.parent_id for link in self.up})


def chain_ids(goal_id: int) -> ChainIds:
    """The alignments around a goal; one query, because the chain has three levels."""
    near = Q(parent_id=goal_id) | Q(child_id=goal_id) | Q(child__served_by__child_id=goal_id)
    links = (
        Alignment.objects.filter(near)
        .select_related("child", "parent")
        .order_by("child__code", "parent__code")
        .distinct()
    )
    down = tuple(link for link in links if link.parent_id == goal_id)
    direct = [link for link in links if link.child_id == goal_id]
    above = {link.parent_id for link in direct}
    further = [link for link in links if link.child_id in above]
    return ChainIds(down, (*direct, *further))


def children_of(goal_id: int, links: ChainIds, now: Standings) -> tuple[ChainLink, ...]:
    """The contributing goals, with what each adds to the parent's number."""
    parent = now.get(goal_id)
    added = contributions(parent) if parent else {}
    return tuple(
        ChainLink(
            goal_id=link.child_id,
            code=link.child.code,
            text=link.child.text,
            level=link.child.level,
            weight=link.weight,
            rule=link.get_rollup_rule_display(),
            standing=now.get(link.child_id),
            contribution=added.get(link.child.code),
        )
        for link in links.down
    )


def parents_of(goal_id: int, links: ChainIds, now: Standings) -> tuple[ChainLink, ...]:
    """The goals this one serves, nearest first, each named once."""
    seen: set[int] = set()
    found = []
    for link in links.up:
        if link.parent_id in seen:
            continue
        seen.add(link.parent_id)
        found.append(
            ChainLink(
                goal_id=link.parent_id,
                code=link.parent.code,
                text=link.parent.text,
                level=link.parent.level,
                weight=link.weight,
                rule=link.get_rollup_rule_display(),
                standing=now.get(link.parent_id),
                contribution=None,
            )
        )
    return tuple(found)


def contributions(parent: Standing) -> dict[str, Decimal]:
    """Code of the child -> points, as the explanation of the contributed achievement kept them."""
    return {
        str(part["subject"]): Decimal(part["contribution"])
        for part in parent.contributed.parts
        if part.get("contribution") is not None
    }
