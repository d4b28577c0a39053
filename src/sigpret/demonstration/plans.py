"""Annual plans: what each institution says it will deliver, product by product."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random

from sigpret.demonstration.catalogue import Catalogue, InstitutionFact
from sigpret.demonstration.causes import explained
from sigpret.demonstration.execution import execute_product, wandering
from sigpret.demonstration.quarters import REPORTED, year_of
from sigpret.demonstration.rows import ObjectiveRow, PlanRow, ProductRow
from sigpret.demonstration.texts import column, read
from sigpret.methodology.schedule import propose_distribution

#: The institution whose 2026 plan is imported by hand, from its official report.
IMPORTS_ITS_PLAN = "414"
YEARS = (2025, 2026)
PRODUCTS_PER_PLAN = (12, 30)
OBJECTIVES = (1, 3)
GROWTH = 1.08
SIZE_SPREAD = (0.7, 1.4)
UNPUBLISHED_SHARE = 0.04
PLANNED_ZERO_SHARE = 0.03
HAS_UNITS_EACH_QUARTER = 4


def invent_plans(
    catalogue: Catalogue, institutions: Sequence[InstitutionFact], rng: Random
) -> tuple[PlanRow, ...]:
    """The plans of 2025 and 2026; the institution that imports its own has only the first."""
    plans = []
    for institution in institutions:
        names = product_names(catalogue, institution, rng)
        normal = rng.uniform(0.8, 1.03)
        for year in YEARS:
            if year == max(YEARS) and institution.code == IMPORTS_ITS_PLAN:
                continue
            plans.append(invent_plan(catalogue, institution, year, names, normal, rng))
    return tuple(plans)


def product_names(
    catalogue: Catalogue, institution: InstitutionFact, rng: Random
) -> list[tuple[str, Mapping[str, str]]]:
    """Distinct product names of the institution's sectors and of every institution's office."""
    pool = [row for row in read("products") if row["sector"] in {"", *institution.sectors}]
    chosen: dict[str, Mapping[str, str]] = {}
    count = rng.randint(*PRODUCTS_PER_PLAN)
    while len(chosen) < count:
        row = rng.choice(pool)
        chosen.setdefault(row["text"].format(department=rng.choice(catalogue.departments)), row)
    return list(chosen.items())


def invent_plan(
    catalogue: Catalogue,
    institution: InstitutionFact,
    year: int,
    names: Sequence[tuple[str, Mapping[str, str]]],
    normal: float,
    rng: Random,
) -> PlanRow:
    words = {
        "institution": institution.name,
        "sector": catalogue.sectors[institution.sectors[0]],
    }
    count = min(rng.randint(*OBJECTIVES), len(names) // 4)
    return PlanRow(
        institution=institution.code,
        fiscal_year=year,
        mission=part("mission")[0].format(**words),
        vision=part("vision")[0].format(**words),
        objectives=tuple(
            ObjectiveRow(
                number=number,
                text=part("objective")[number - 1].format(**words),
                result=part("result")[number - 1].format(**words),
                assumption=part("assumption")[number - 1],
                target_population=rng.choice(catalogue.target_populations)["code"],
                operational_objective=part("operational")[number - 1].format(**words),
                products=tuple(
                    invent_product(
                        f"{institution.code}.{year}.{number}.{position}",
                        position, name, row, year, normal, rng,
                    )
                    for position, (name, row) in enumerate(names[number - 1 :: count], 1)
                ),
            )
            for number in range(1, count + 1)
        ),
    )  # fmt: skip


def part(name: str) -> tuple[str, ...]:
    return column("plans", "part", name, "text")


def invent_product(
    code: str,
    number: int,
    name: str,
    template: Mapping[str, str],
    year: int,
    normal: float,
    rng: Random,
) -> ProductRow:
    """A product with its quarters; a few publish no annual output and so are never due."""
    growth = GROWTH if year == max(YEARS) else 1
    annual = Decimal(max(round(float(template["size"]) * growth * rng.uniform(*SIZE_SPREAD)), 1))
    is_published = rng.random() >= UNPUBLISHED_SHARE
    planned = schedule(annual, int(template["periodicity"]), year, rng) if is_published else {}
    periods = [period for period in REPORTED if year_of(period) == year]
    path = dict(zip(periods, wandering([normal] * len(periods), rng, spread=0.1), strict=True))
    return ProductRow(
        code=code,
        number=number,
        name=name,
        unit_code=template["unit_code"],
        periodicity_code=template["periodicity"],
        annual_output=annual if is_published else None,
        planned=planned,
        executed=execute_product(planned, path, rng),
        causes=explained(path, planned, rng),
    )


def schedule(annual: Decimal, per_year: int, year: int, rng: Random) -> dict[str, Decimal]:
    """The methodology's proposal, with now and then a quarter that is programmed at zero."""
    parts = list(propose_distribution(annual, per_year))
    if parts[0] and annual > HAS_UNITS_EACH_QUARTER and rng.random() < PLANNED_ZERO_SHARE:
        parts[1] = (parts[1] or Decimal(0)) + parts[0]
        parts[0] = Decimal(0)
    return {
        f"{year}-Q{number}": value for number, value in enumerate(parts, 1) if value is not None
    }
