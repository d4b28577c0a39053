"""A product the mesa writes here: its sections, its challenges, its versions, its decision."""

from dataclasses import dataclass
from datetime import date

from sigpret.apps.mesas.models import Mesa, MesaProduct
from sigpret.apps.mesas.queries.deciding import Decided, decided_of
from sigpret.apps.mesas.queries.happened import Happened, happened


@dataclass(frozen=True, slots=True)
class ChallengeLine:
    id: int
    number: int
    title: str
    description: str
    evidence: str
    goal_id: int | None
    goal_code: str
    goal_text: str


@dataclass(frozen=True, slots=True)
class WrittenProduct:
    """One version. `sections` maps each key to its text."""

    id: int
    kind: str
    label: str
    year: int
    period: str
    number: int
    title: str
    sections: dict[str, str]
    challenges: tuple[ChallengeLine, ...]
    decided: Decided
    digest: str
    version: int


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """The version that is shown (None while nobody began one), and the numbers there are."""

    shown: WrittenProduct | None
    numbers: tuple[tuple[int, str], ...]
    history: tuple[Happened, ...]

    @property
    def can_begin(self) -> bool:
        """Nobody is preparing a version: another one may begin."""
        return not any(state in ("draft", "returned", "proposed") for _n, state in self.numbers)


def written_page(
    mesa: Mesa, kind: str, *, year: int, period: str = "", number: int | None = None, on: date
) -> WrittenPage | None:
    """A version of a product of a year (and a quarter): the one asked for or the last.

    None when the number asked for does not exist; five statements.
    """
    rows = MesaProduct.objects.filter(mesa=mesa, kind=kind, year=year, period=period)
    numbers = tuple(rows.order_by("-number").values_list("number", "state"))
    if number is None:
        number = numbers[0][0] if numbers else None
    elif number not in {one for one, _state in numbers}:
        return None
    if number is None:
        return WrittenPage(None, (), ())
    row = rows.select_related("written_by", "proposed_by", "decided_by").get(number=number)
    return WrittenPage(product_of(row, on), numbers, happened("mesa_product", row.pk))


def product_of(row: MesaProduct, on: date) -> WrittenProduct:
    return WrittenProduct(
        id=row.pk,
        kind=row.kind,
        label=str(row.get_kind_display()),
        year=row.year,
        period=row.period,
        number=row.number,
        title=row.title,
        sections={key: str(text) for key, text in row.sections.items()},
        challenges=challenges_of(row),
        decided=decided_of(row, on),
        digest=row.digest,
        version=row.version,
    )


def challenges_of(row: MesaProduct) -> tuple[ChallengeLine, ...]:
    rows = row.challenges.select_related("goal").order_by("number")
    return tuple(
        ChallengeLine(
            id=one.pk,
            number=one.number,
            title=one.title,
            description=one.description,
            evidence=one.evidence,
            goal_id=one.goal_id,
            goal_code=one.goal.code if one.goal else "",
            goal_text=one.goal.text if one.goal else "",
        )
        for one in rows
    )
