"""The technical sheet of every goal: complete, but for the few that are left pending."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from random import Random
from typing import Any

from sigpret.demonstration.quarters import year_of
from sigpret.demonstration.rows import GoalRow, SheetRow
from sigpret.demonstration.texts import read
from sigpret.demonstration.waiting import COMPUTED as COMPUTED_AND_WAITING

SHOWN_YEAR = 2026
PERCENT = "porcentaje"
SOURCE = "Registro administrativo de la institución (ficticio)"
VERIFICATION = "Informe trimestral firmado por la unidad responsable (ficticio)"
FORMULAS = {
    "sum": "Suma de lo ejecutado en los trimestres del año",
    "last": "Último valor medido en el año",
    "average": "Promedio de los valores de los trimestres del año",
    "maximum": "Mayor valor medido en el año",
}
#: A share that is computed: its two counts are reported, never the percentage.
COMPUTED = "cumplidos / programados * 100"
VARIABLES = (
    ("cumplidos", "Casos cumplidos en el trimestre", "casos", "sum"),
    ("programados", "Casos programados para el trimestre", "casos", "sum"),
)
PEOPLE = frozenset({"personas", "estudiantes", "docentes", "familias", "hogares"})
#: One of so many goals that could be computed is; one of so many sheets lacks something.
ONE_COMPUTED_OF, ONE_PENDING_OF, ONE_STRICT_OF = 9, 130, 60
LACKING = (("source", "baseline"), ("means_of_verification",), ("definition", "source"))
STRICT = (Decimal(95), Decimal(85))
#: How often the goals that may answer to something do.
OFTEN, SELDOM = 0.7, 0.3
#: Across the years these are not held to where they start: their baseline is there to be read.
NOT_FROM_A_BASELINE = frozenset({"stock", "flujo", "acumulado"})
START = Decimal("0.9")


def with_sheets(goals: Sequence[GoalRow], rng: Random) -> tuple[GoalRow, ...]:
    """Every goal with its sheet; the same generator gives the same sheets."""
    computed = {goal.code for goal in list(computable(goals))[::ONE_COMPUTED_OF]}
    computed |= {goal.code for goal in computable(goals) if goal.code in COMPUTED_AND_WAITING}
    below = sorted(goal.code for goal in goals if goal.level != "presidential")
    pending = below[::ONE_PENDING_OF]
    lacking = {code: LACKING[place % len(LACKING)] for place, code in enumerate(pending)}
    strict = set(below[7::ONE_STRICT_OF])
    return tuple(
        replace(
            goal,
            sheet=without(
                sheet_of(
                    goal, rng, is_computed=goal.code in computed, is_strict=goal.code in strict
                ),
                lacking.get(goal.code, ()),
            ),
        )
        for goal in goals
    )


def computable(goals: Iterable[GoalRow]) -> Iterable[GoalRow]:
    """Institutional averages of percentages: their pooled counts barely move their figures."""
    return (
        goal
        for goal in goals
        if (goal.level, goal.unit, goal.accumulation, goal.sense)
        == ("institutional", PERCENT, "average", "ascending")
    )


def sheet_of(goal: GoalRow, rng: Random, *, is_computed: bool, is_strict: bool) -> SheetRow:
    sector = goal.sector
    return SheetRow(
        assumption=rng.choice(texts("assumption", "")),
        target_population=rng.choice(texts("population", sector) or texts("population", "")),
        objectives=tuple(objectives_of(goal, rng)),
        themes=some(texts("theme", sector), SELDOM, rng),
        disaggregations=parts_of(goal, rng),
        periodicity=str(sum(1 for period in goal.planned if is_due(period))),
        definition=f"Mide {goal.text[0].lower()}{goal.text[1:]}, en {goal.unit}.",
        formula=COMPUTED if is_computed else FORMULAS[goal.accumulation],
        source=SOURCE,
        means_of_verification=VERIFICATION,
        publication_lag_days=rng.choice((0, 0, 0, 15, 30)),
        baseline=goal.baseline if goal.baseline is not None else start_of(goal),
        variables=VARIABLES if is_computed else (),
        thresholds=STRICT if is_strict else None,
    )


def is_due(period: str) -> bool:
    return year_of(period) == SHOWN_YEAR and "-" in period


def objectives_of(goal: GoalRow, rng: Random) -> Iterable[tuple[str, str]]:
    """A target of the agenda for nearly all; the other frameworks for some."""
    for framework, part, share in (
        ("ODS", "ods", OFTEN), ("ENTAH", "entah", OFTEN), ("VISION", "vision", OFTEN)
    ):  # fmt: skip
        for code in some(texts(part, goal.sector), share, rng)[:1]:
            yield framework, code


def parts_of(goal: GoalRow, rng: Random) -> tuple[str, ...]:
    """Who is counted can be told apart; what is built stands somewhere."""
    if goal.unit in PEOPLE:
        return ("sexo", *some(("territorio", "edad", "etnia"), SELDOM, rng))
    return some(("territorio",), SELDOM, rng) if goal.accumulation == "sum" else ()


def start_of(goal: GoalRow) -> Decimal | None:
    """Where a level stood before the first quarter, when its calculation does not look at it."""
    if goal.accumulation != "last" or goal.across_years not in NOT_FROM_A_BASELINE:
        return None
    if goal.sense == "descending":
        return None
    first = next(iter(goal.planned.values()))
    return (first * START).quantize(first)


def without(sheet: SheetRow, lacking: Sequence[str]) -> SheetRow:
    blank: dict[str, Any] = {name: None if name == "baseline" else "" for name in lacking}
    return replace(sheet, **blank)


def some(words: Sequence[str], share: float, rng: Random) -> tuple[str, ...]:
    return tuple(word for word in words if rng.random() < share)


@lru_cache
def texts(part: str, key: str) -> tuple[str, ...]:
    """The texts of a part for a sector; `key` empty: for any."""
    return tuple(row["text"] for row in read("sheets") if (row["part"], row["key"]) == (part, key))
