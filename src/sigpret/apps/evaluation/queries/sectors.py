"""Goals laid out as the plan prints them: block, sector, goals."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sigpret.apps.evaluation.queries.alphabet import alphabetical
from sigpret.apps.institutions.models import SectorBlock

GoalT = TypeVar("GoalT")


@dataclass(frozen=True, slots=True)
class SectorRow(Generic[GoalT]):
    """A sector in a block. `elsewhere` names the block that already lists its goals: a sector
    may stand in two blocks, and a goal is counted once."""

    code: str
    name: str
    goals: tuple[GoalT, ...]
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class BlockOfSectors(Generic[GoalT]):
    """A block of the strategic axes with its sectors, in alphabetical order."""

    name: str
    sectors: tuple[SectorRow[GoalT], ...]


def sectors_with(
    goals: Iterable[GoalT], code_of: Callable[[GoalT], str]
) -> tuple[BlockOfSectors[GoalT], ...]:
    """Every block and sector, with the goals of each sector; one query."""
    by_sector: dict[str, list[GoalT]] = defaultdict(list)
    for goal in goals:
        by_sector[code_of(goal)].append(goal)
    rows: dict[str, list[SectorRow[GoalT]]] = defaultdict(list)
    home: dict[str, str] = {}
    places = SectorBlock.objects.order_by("block__code", "sector__code").values_list(
        "block__name", "sector__code", "sector__name"
    )
    for block, code, name in places:
        listed = home.setdefault(code, block)
        is_home = listed == block
        shown = tuple(by_sector[code]) if is_home else ()
        rows[block].append(SectorRow(code, name, shown, "" if is_home else listed))
    return tuple(
        BlockOfSectors(block, tuple(sorted(sectors, key=lambda row: alphabetical(row.name))))
        for block, sectors in rows.items()
    )
