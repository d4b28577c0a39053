"""The tree at the left of the chain: axes, their sectors, and what each one has to put right."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count

from sigpret.apps.institutions.models import SectorBlock
from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.models import Goal
from sigpret.apps.results.permissions import readable_goals
from sigpret.apps.results.queries.findings import MatrixFinding


@dataclass(frozen=True, slots=True)
class SectorBranch:
    """A sector: how many goals of each level the person reads, and how many rules are broken."""

    code: str
    name: str
    presidential: int
    sectoral: int
    institutional: int
    problems: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class AxisBranch:
    """A printed block of an axis with its sectors; a sector may stand in two."""

    code: str
    name: str
    sectors: tuple[SectorBranch, ...]

    @property
    def problems(self) -> int:
        return sum(sector.problems for sector in self.sectors)


def matrix_tree(access: Access, found: tuple[MatrixFinding, ...]) -> tuple[AxisBranch, ...]:
    """Every block and sector with goals the person reads; two statements besides the findings."""
    problems = Counter(finding.sector for finding in found)
    mine = Goal.objects.filter(readable_goals(access)).order_by().values("pk")
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    rows = Goal.objects.filter(pk__in=mine).order_by().values_list("sector__code", "level")
    for sector, level, count in rows.annotate(count=Count("pk")):
        counts[sector][level] = count
    blocks: dict[str, tuple[str, list[SectorBranch]]] = {}
    places = SectorBlock.objects.select_related("sector", "block").order_by(
        "block__code", "sector__name"
    )
    for place in places:
        sector = place.sector
        if sector.code in counts:
            branch = SectorBranch(
                code=sector.code,
                name=sector.name,
                presidential=counts[sector.code].get("presidential", 0),
                sectoral=counts[sector.code].get("sectoral", 0),
                institutional=counts[sector.code].get("institutional", 0),
                problems=problems[sector.code],
                is_own=sector.pk in access.sector_ids,
            )
            blocks.setdefault(place.block.code, (place.block.name, []))[1].append(branch)
    return tuple(AxisBranch(code, name, tuple(held)) for code, (name, held) in blocks.items())
