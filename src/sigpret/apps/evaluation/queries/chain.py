"""The value chain around a goal: what contributes to it, what it contributes to."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from sigpret.apps.evaluation.permissions import can_see_goal
from sigpret.apps.evaluation.queries.standing import Standing
from sigpret.apps.evaluation.queries.standings import Standings
from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.models import Alignment, Goal


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A neighbour in the chain. `entered` is the achievement with which it counted (0-100): its
    own, or what was contributed to it; `contribution` the points it added, when the rule is a
    mean. None: it did not count. `is_reserved`: its figures are not for this reader."""

    goal_id: int
    code: str
    text: str
    level: str
    weight: Decimal
    rule: str
    standing: Standing | None
    entered: Decimal | None
    contribution: Decimal | None
    is_reserved: bool = False

    @property
    def is_relayed(self) -> bool:
        """It has no figure of its own and passes on what its children contribute."""
        return (
            self.entered is not None and self.standing is not None and self.standing.value is None
        )


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


def children_of(
    goal_id: int, links: ChainIds, now: Standings, access: Access
) -> tuple[ChainLink, ...]:
    """The contributing goals, with what each adds to the parent's number.

    A goal this reader may not open is named without its figures.
    """
    parent = now.get(goal_id)
    added = kept_numbers(parent, "contribution")
    entered = kept_numbers(parent, "value")
    return tuple(
        ChainLink(
            goal_id=link.child_id,
            code=link.child.code,
            text=link.child.text,
            level=link.child.level,
            weight=link.weight,
            rule=link.get_rollup_rule_display(),
            standing=now.get(link.child_id) if is_open else None,
            entered=entered.get(link.child.code) if is_open else None,
            contribution=added.get(link.child.code) if is_open else None,
            is_reserved=not is_open,
        )
        for link, is_open in ((link, is_open_to(access, link.child)) for link in links.down)
    )


def is_open_to(access: Access, goal: Goal) -> bool:
    return can_see_goal(access, institution_id=goal.institution_id, sector_id=goal.sector_id)


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
                entered=None,
                contribution=None,
            )
        )
    return tuple(found)


def kept_numbers(parent: Standing | None, name: str) -> dict[str, Decimal]:
    """Code of the child -> a number of its part in the contributed achievement, as it was kept."""
    parts = parent.contributed.parts if parent else ()
    return {
        str(part["subject"]): Decimal(part[name]) for part in parts if part.get(name) is not None
    }
