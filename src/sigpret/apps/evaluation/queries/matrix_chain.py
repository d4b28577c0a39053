"""The chain of one sector with its figures: what is drawn at /cadena."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from sigpret.apps.evaluation.queries.goal import standings_at
from sigpret.apps.evaluation.queries.products import LinkedProduct, read_products
from sigpret.apps.evaluation.queries.quarter import Quarter, quarter_shown
from sigpret.apps.evaluation.queries.standing import Standing
from sigpret.apps.institutions.models import Sector
from sigpret.apps.institutions.queries import Access, institution_of
from sigpret.apps.planning.models import Product
from sigpret.apps.results.models import Alignment, Goal
from sigpret.apps.results.permissions import can_read_goal
from sigpret.apps.results.queries.findings import MatrixFinding, findings
from sigpret.apps.results.queries.tree import AxisBranch, SectorBranch, matrix_tree
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class ChainCard:
    """A goal of the chain. `standing` None: no figures yet, or none this reader may see.

    `problems` are the sentences of what is wrong with it.
    """

    id: int
    code: str
    text: str
    level: str
    institution: str
    standing: Standing | None
    is_reserved: bool
    is_inconsistent: bool
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainTie:
    """A link between two cards; weight 0-100 of the parent's children."""

    child: str
    parent: str
    weight: Decimal
    rule: str
    rule_words: str
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product with the codes of the goals on the screen that rely on it."""

    facts: LinkedProduct
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LooseProducts:
    """How many products of an institution's plan serve no goal."""

    institution: str
    acronym: str
    count: int


@dataclass(frozen=True, slots=True)
class MatrixChain:
    """The sector's chain, opened along one sectoral goal: `focus` is its code.

    `institutional` and `products` are those of the focus; `loose` the goals of the sector that
    serve nothing.
    """

    quarter: Quarter | None
    tree: tuple[AxisBranch, ...]
    sector: SectorBranch
    axis: str
    focus: str
    presidential: tuple[ChainCard, ...]
    sectoral: tuple[ChainCard, ...]
    institutional: tuple[ChainCard, ...]
    products: tuple[ProductCard, ...]
    ties: tuple[ChainTie, ...]
    loose: tuple[ChainCard, ...]
    loose_products: tuple[LooseProducts, ...]
    findings: tuple[MatrixFinding, ...]
    total_findings: int

    @property
    def inconsistent(self) -> tuple[ChainCard, ...]:
        """The goals of the sector that contradict their chain."""
        return tuple(card for card in (*self.presidential, *self.sectoral) if card.is_inconsistent)


def matrix_chain(
    access: Access, *, as_of: date, asked: str = "", goal: str = "", period: Period | None = None
) -> MatrixChain | None:
    """The chain of the sector with this code, opened along the sectoral goal nearest to `goal`.

    Without a sector: that of `goal`, the reader's own, else the one with most to put right. None
    when the reader has no goals. About twenty statements, however large the country.
    """
    found = findings(access)
    tree = matrix_tree(access, found)
    sector = chosen_sector(tree, access, asked, goal)
    if sector is None:
        return None
    quarter = quarter_shown(as_of=as_of, asked=period)
    rows = sector_goals(sector.code)
    links = sector_links(rows)
    loose_codes = {one.goal for one in found if one.rule == "without_parent"}
    focus = focus_of(rows, links, goal, found, loose_codes)
    below = {link.child.pk: link.child for link in links if link.parent.code == focus}
    shown = {**{row.pk: row for row in rows if row.level != "institutional"}, **below}
    shown |= {link.parent.pk: link.parent for link in links if link.child.pk in shown}
    loose = [row for row in rows if row.code in loose_codes]
    now, _before = standings_at(quarter, {*shown, *(row.pk for row in loose)})
    make = CardMaker(access, now, problems_by_goal(found))
    chained = [goal for goal in shown.values() if goal.code not in loose_codes - {focus}]
    return MatrixChain(
        quarter=quarter,
        tree=tree,
        sector=sector,
        axis=next(axis.name for axis in tree if sector in axis.sectors),
        focus=focus,
        presidential=make.cards(chained, "presidential"),
        sectoral=make.cards(chained, "sectoral"),
        institutional=make.cards(below.values(), "institutional"),
        products=products_of(list(below.values()), quarter, access),
        ties=ties_of(links, shown, found),
        loose=make.cards(loose, "sectoral") + make.cards(loose, "institutional"),
        loose_products=loose_products(sector.code, as_of.year, access),
        findings=tuple(one for one in found if one.sector == sector.code),
        total_findings=len(found),
    )


def chosen_sector(
    tree: tuple[AxisBranch, ...], access: Access, asked: str, goal: str
) -> SectorBranch | None:
    sectors = {sector.code: sector for axis in tree for sector in axis.sectors}
    if not asked and goal:
        asked = Goal.objects.filter(code=goal).values_list("sector__code", flat=True).first() or ""
    if asked in sectors:
        return sectors[asked]
    own = next((sector for sector in sectors.values() if sector.is_own), None)
    if own is None and (institution := institution_of(access)) is not None:
        first = Sector.objects.filter(institutions=institution).order_by("code").first()
        own = sectors.get(first.code) if first else None
    return own or max(sectors.values(), key=lambda one: (one.problems, one.name), default=None)


def sector_goals(code: str) -> list[Goal]:
    return list(
        Goal.objects.filter(sector__code=code)
        .select_related("institution", "sector")
        .order_by("code")
    )


def sector_links(rows: Collection[Goal]) -> list[Alignment]:
    """Every link that starts or ends in these goals."""
    ids = [row.pk for row in rows]
    return list(
        Alignment.objects.filter(Q(child_id__in=ids) | Q(parent_id__in=ids))
        .select_related(
            "child__institution", "child__sector", "parent__institution", "parent__sector"
        )
        .order_by("parent__code", "child__code")
    )


def focus_of(
    rows: Iterable[Goal],
    links: Iterable[Alignment],
    asked: str,
    found: Iterable[MatrixFinding],
    loose: Collection[str],
) -> str:
    """The sectoral goal to open: the one asked for, the nearest to it, or the one with most to
    put right among those in the chain that somebody serves."""
    sectoral = [row.code for row in rows if row.level == "sectoral"]
    if asked in sectoral:
        return asked
    near = [link.parent.code for link in links if link.child.code == asked]
    near += [link.child.code for link in links if link.parent.code == asked]
    for code in near:
        if code in sectoral:
            return code
    wrong = Counter(one.goal for one in found)
    served: Counter[str] = Counter()
    wrong_below: Counter[str] = Counter()
    for link in links:
        if link.parent.code in sectoral and link.parent.code not in loose:
            served[link.parent.code] += 1
            wrong_below[link.parent.code] += wrong[link.child.code]

    def to_put_right(code: str) -> tuple[int, int, int]:
        return wrong[code], wrong_below[code], served[code]

    return max(sorted(served), key=to_put_right, default=next(iter(sectoral), ""))


def problems_by_goal(found: Iterable[MatrixFinding]) -> Mapping[str, tuple[str, ...]]:
    grouped: defaultdict[str, list[str]] = defaultdict(list)
    for one in found:
        grouped[one.goal].append(one.text)
    return {code: tuple(texts) for code, texts in grouped.items()}


@dataclass(frozen=True, slots=True)
class CardMaker:
    """Goals into cards, as one reader sees them."""

    access: Access
    standings: Mapping[int, Standing]
    problems: Mapping[str, tuple[str, ...]]

    def cards(self, goals: Iterable[Goal], level: str) -> tuple[ChainCard, ...]:
        chosen = sorted((one for one in goals if one.level == level), key=lambda one: one.code)
        return tuple(self.card(goal) for goal in chosen)

    def card(self, goal: Goal) -> ChainCard:
        is_open = can_read_goal(
            self.access, institution_id=goal.institution_id, sector_id=goal.sector_id
        )
        standing = self.standings.get(goal.pk) if is_open else None
        return ChainCard(
            id=goal.pk,
            code=goal.code,
            text=goal.text,
            level=goal.level,
            institution=(goal.institution.acronym or goal.institution.code)
            if goal.institution
            else "",
            standing=standing,
            is_reserved=not is_open,
            is_inconsistent=standing is not None and standing.is_inconsistent,
            problems=self.problems.get(goal.code, ()),
        )


def ties_of(
    links: Iterable[Alignment], shown: Mapping[int, Goal], found: Iterable[MatrixFinding]
) -> tuple[ChainTie, ...]:
    wrong = {(one.goal, other) for one in found if one.is_error for other in one.others}
    return tuple(
        ChainTie(
            link.child.code,
            link.parent.code,
            link.weight,
            link.rollup_rule,
            str(link.get_rollup_rule_display()),
            is_wrong=(link.child.code, link.parent.code) in wrong,
        )
        for link in links
        if link.child_id in shown and link.parent_id in shown
    )


def products_of(
    goals: Collection[Goal], quarter: Quarter | None, access: Access
) -> tuple[ProductCard, ...]:
    """The products these goals rely on, in the order of the goals; two statements."""
    if quarter is None:
        return ()
    names = {goal.pk: goal.code for goal in goals}
    plan = "product__operational_objective__objective__plan"
    rows = Goal.products.through.objects.filter(goal_id__in=names).values_list(
        "goal_id",
        f"{plan}__institution__code",
        f"{plan}__fiscal_year",
        "product__operational_objective__objective__number",
        "product__number",
    )
    serving: defaultdict[str, list[str]] = defaultdict(list)
    for goal_id, *parts in rows.order_by("goal__code"):
        serving[".".join(map(str, parts))].append(names[goal_id])
    facts = read_products(Q(goals__in=list(names)), quarter.period, access.reads_institution)
    unique = {one.code: one for one in facts}
    cards = [ProductCard(one, tuple(serving[code])) for code, one in unique.items()]
    return tuple(sorted(cards, key=lambda card: (card.goals[:1], card.facts.code)))


def loose_products(sector: str, year: int, access: Access) -> tuple[LooseProducts, ...]:
    """The products of the year's plans that serve no goal, by institution of the sector."""
    plan = "operational_objective__objective__plan"
    institution = f"{plan}__institution"
    rows = (
        Product.objects.filter(
            **{f"{plan}__fiscal_year": year, f"{institution}__sectors__code": sector},
            goals__isnull=True,
        )
        .values_list(f"{institution}_id", f"{institution}__code", f"{institution}__acronym")
        .annotate(count=Count("pk"))
        .order_by("-count", f"{institution}__code")
    )
    return tuple(
        LooseProducts(code, acronym or code, count)
        for pk, code, acronym, count in rows
        if access.reads_institution(pk)
    )
