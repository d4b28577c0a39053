"""The sectoral and institutional goals, each near the goal it serves, in number and in fate."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from sigpret.demonstration.alignment import repaired, weighted_links
from sigpret.demonstration.catalogue import Catalogue, InstitutionFact
from sigpret.demonstration.causes import explained
from sigpret.demonstration.execution import Course, execute, wandering
from sigpret.demonstration.goals_top import Placed, presidential_goals
from sigpret.demonstration.quarters import REPORTED
from sigpret.demonstration.rows import GoalRow, Link
from sigpret.demonstration.targets import baseline_of, planned_series, tolerance_of
from sigpret.demonstration.texts import profiles, read, slug_of

SECOND_PARENT_SHARE = 0.12
#: The chain of these goals contradicts them: much is done below and the result does not move,
#: or the reverse.
CONTRADICTED = frozenset({"MP-19", "MP-33", "MP-10", "MP-27"})
#: How much of a goal's fate is that of the goal it serves; the rest is whose it is.
PARENT_PULL = {"sectoral": 0.8, "institutional": 0.5}
#: How well institutions work, from worst to best, and how many of a hundred do.
TEMPERS = {(0.1, 0.4): 16, (0.58, 0.8): 44, (0.92, 1.04): 40}
PRIORITISED_SHARE = 0.25
FREQUENCIES = {4: 75, 2: 17, 1: 8}
#: Fewest, most and most often.
GOALS_PER_INSTITUTION = (7, 12, 9)
SIZE_SPREAD = (0.6, 1.5)
Parents = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a goal is before it is measured."""

    code: str
    level: str
    text: str
    sector: str
    institution: str | None
    responsible: str
    temper: float
    template: Mapping[str, str]


def invent_goals(
    catalogue: Catalogue, institutions: Sequence[InstitutionFact], scale: int, rng: Random
) -> tuple[tuple[GoalRow, ...], tuple[Link, ...]]:
    """All the goals, children after their parents, and the links between them."""
    parents: Parents = {}
    top = {placed.row.code: placed for placed in presidential_goals(rng)}
    ladder = Ladder(top, parents)
    sectoral = {
        draft.code: ladder.place(draft, rng)
        for draft in sectoral_drafts(catalogue, institutions, scale, rng)
    }
    ladder = Ladder(sectoral, parents)
    institutional = {
        draft.code: ladder.place(draft, rng)
        for institution in institutions
        for draft in institutional_drafts(catalogue, institution, rng)
    }
    rows = {code: placed.row for code, placed in (top | sectoral | institutional).items()}
    return tuple(rows.values()), weighted_links(repaired(parents, rows), rows, rng)


def sectoral_drafts(
    catalogue: Catalogue, institutions: Sequence[InstitutionFact], scale: int, rng: Random
) -> list[Draft]:
    """Every sectoral text once per scale; an institution of the sector reports it."""
    by_sector: dict[str, list[str]] = {}
    for fact in institutions:
        for sector in fact.sectors:
            by_sector.setdefault(sector, []).append(fact.code)
    copies = [
        (template, f" ({place})" if copy else "")
        for copy, place in enumerate(places(catalogue, scale))
        for template in read("sectoral")
    ]
    return [
        Draft(
            code=f"MS-{number:03}",
            level="sectoral",
            text=template["text"] + suffix,
            sector=template["sector"],
            institution=None,
            responsible=rng.choice(by_sector[template["sector"]]),
            temper=rng.uniform(0.88, 1.02),
            template=template,
        )
        for number, (template, suffix) in enumerate(copies, 1)
    ]


def places(catalogue: Catalogue, scale: int) -> list[str]:
    return [
        catalogue.departments[copy % len(catalogue.departments)] + (" II" if copy > 17 else "")
        for copy in range(scale)
    ]


def institutional_drafts(
    catalogue: Catalogue, institution: InstitutionFact, rng: Random
) -> list[Draft]:
    """The goals written for the institution; else some in each of its sectors, no text twice."""
    temper = rng.uniform(*rng.choices(list(TEMPERS), list(TEMPERS.values()))[0])
    written = [row for row in read("institutional") if row["institution"] == institution.code]
    chosen = {row["text"]: (row["sector"], row) for row in written}
    return [
        Draft(
            code=f"MI-{institution.code}-{number:02}",
            level="institutional",
            text=text,
            sector=sector,
            institution=institution.code,
            responsible=institution.code,
            temper=temper,
            template=template,
        )
        for number, (text, (sector, template)) in enumerate(
            (chosen or drawn_texts(catalogue, institution, rng)).items(), 1
        )
    ]


def drawn_texts(
    catalogue: Catalogue, institution: InstitutionFact, rng: Random
) -> dict[str, tuple[str, Mapping[str, str]]]:
    """Sector and template of each text, the sectors in turn."""
    count = round(rng.triangular(*GOALS_PER_INSTITUTION))
    chosen: dict[str, tuple[str, Mapping[str, str]]] = {}
    while len(chosen) < count:
        sector = institution.sectors[len(chosen) % len(institution.sectors)]
        template = rng.choice(templates_of(sector))
        text = template["text"].format(department=rng.choice(catalogue.departments))
        chosen.setdefault(text, (sector, template))
    return chosen


@lru_cache
def templates_of(sector: str) -> tuple[Mapping[str, str], ...]:
    """What any institution of a sector may promise."""
    return tuple(
        row
        for row in read("institutional")
        if not row["institution"] and row["sector"] in {sector, ""}
    )


class Ladder:
    """The goals of one level, ready to be served by those of the level below."""

    def __init__(self, above: Mapping[str, Placed], parents: Parents) -> None:
        self.parents = parents
        self.burden = Counter[str]()
        self.own: dict[str, list[Placed]] = {}
        for placed in above.values():
            self.own.setdefault(placed.row.sector, []).append(placed)

    def place(self, draft: Draft, rng: Random) -> Placed:
        """Choose whom the goal serves, give it a path near theirs and its numbers."""
        served = self.choose(draft.sector, rng)
        self.parents[draft.code] = [parent.row.code for parent in served]
        path = path_below(draft, served[0], rng)
        return Placed(measured(draft, path, rng), tuple(path))

    def choose(self, sector: str, rng: Random) -> list[Placed]:
        """A goal of the sector, one that fewest serve; for a few also another of the sector."""
        own = self.own[sector]
        first = min(own, key=lambda placed: (self.burden[placed.row.code], rng.random()))
        self.burden[first.row.code] += 1
        others = [placed for placed in own if placed is not first]
        if not others or rng.random() >= SECOND_PARENT_SHARE:
            return [first]
        return [first, rng.choice(others)]


def path_below(draft: Draft, parent: Placed, rng: Random) -> list[float | None]:
    """Near the parent's path and its own temper; the opposite where the chain contradicts it."""
    pull = PARENT_PULL[draft.level]
    known = [draft.temper if ratio is None else ratio for ratio in parent.path]
    if parent.row.code in CONTRADICTED:
        is_low = known[-1] < draft.temper
        known = [rng.uniform(0.97, 1.05) if is_low else rng.uniform(0.55, 0.7) for _ in known]
    return wandering([pull * ratio + (1 - pull) * draft.temper for ratio in known], rng)


def measured(draft: Draft, path: list[float | None], rng: Random) -> GoalRow:
    profile = profiles()[draft.template["profile"]]
    size, unit = float(draft.template["size"]), draft.template["unit"]
    if profile.shape == "total" or profile.name in {"red", "pico"}:
        size *= rng.uniform(*SIZE_SPREAD)
    per_year = rng.choices(list(FREQUENCIES), list(FREQUENCIES.values()))[0]
    planned = planned_series(profile, size, unit, per_year, rng)
    baseline, tolerance = baseline_of(profile, size), tolerance_of(profile, size)
    course = Course(profile, unit, baseline, tolerance, planned)
    return GoalRow(
        code=draft.code,
        slug=f"{slug_of(draft.text)}-{draft.code.lower()}",
        level=draft.level,
        text=draft.text,
        sector=draft.sector,
        institution=draft.institution,
        responsible=draft.responsible,
        chain_position=profile.chain_position if draft.level == "institutional" else "result",
        is_prioritised=rng.random() < PRIORITISED_SHARE,
        unit=unit,
        sense=profile.sense,
        accumulation=profile.accumulation,
        across_years=profile.across_years,
        baseline=baseline,
        tolerance=tolerance,
        planned=planned,
        executed=execute(course, path, rng),
        causes=explained(dict(zip(REPORTED, path, strict=True)), planned, rng),
    )


def with_products(goal: GoalRow, products: Sequence[str], rng: Random) -> GoalRow:
    """The goal linked to one, two or three of its institution's products, or to none."""
    if not products or rng.random() < 0.35:
        return goal
    return replace(goal, products=tuple(sorted(rng.sample(list(products), rng.randint(1, 3)))))
