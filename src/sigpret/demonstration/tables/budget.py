"""The money of the plans: their programmes, keys, quarters and ceilings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from random import Random

from django.db import transaction

from sigpret.apps.budget.models import (
    BudgetLine,
    CategoryKind,
    CategoryProduct,
    Ceiling,
    LineExecution,
    ProgrammaticCategory,
)
from sigpret.apps.institutions.models import Institution
from sigpret.apps.planning.models import Product
from sigpret.apps.reference.models import ExpenseObject, FinancingBody, FundingSource
from sigpret.apps.results.actions.copying import copy_rows, new_ids
from sigpret.demonstration.budgets import (
    CENTRAL_SHARE,
    CostRow,
    LineRow,
    chance_of,
    grouped,
    invent_cost,
    invent_lines,
    money,
    shares,
    weight_of,
)
from sigpret.demonstration.plans import IMPORTS_ITS_PLAN
from sigpret.demonstration.tables.costs import store_costs, store_foresight

EXECUTED_YEAR, FORMULATED_YEAR = 2026, 2027
QUARTERS_DONE = 3
MILLION = Decimal(1_000_000)
WITHOUT_PLAN = Decimal(48_000_000)
CENTRAL = "Actividades centrales"
PROGRAMS = (
    "Servicios a la población",
    "Gestión por resultados y transparencia",
    "Cobertura en los departamentos",
)
CEILING_PAPER = "Techo inventado para la demostración"
LINE_FIELDS = (
    "id", "institution", "fiscal_year", "key", "administrative_unit", "executing_unit", "category",
    "funding_source", "financing_body", "expense_object", "beneficiary", "approved",
    "modifications",
)  # fmt: skip


@dataclass(slots=True)
class Network:
    """What is stored of all plans at once."""

    programs: list[ProgrammaticCategory] = field(default_factory=list)
    activities: list[ProgrammaticCategory] = field(default_factory=list)
    shares: list[CategoryProduct] = field(default_factory=list)
    lines: list[tuple[ProgrammaticCategory, LineRow]] = field(default_factory=list)
    costs: dict[int, CostRow] = field(default_factory=dict)


@transaction.atomic
def store_budget(seed: int) -> None:
    """Costs and networks of 2026 and 2027, ceilings, and the keys and quarters of 2026."""
    network, asked = Network(), {}
    for year in (EXECUTED_YEAR, FORMULATED_YEAR):
        for institution, products in products_of(year).items():
            asked[institution.pk, year] = plan_money(network, institution, year, products, seed)
    diger = Institution.objects.get(code=IMPORTS_ITS_PLAN)
    if (diger.pk, EXECUTED_YEAR) not in asked:
        rng = chance_of(seed, diger.code, EXECUTED_YEAR)
        central_money(network, diger, EXECUTED_YEAR, WITHOUT_PLAN, rng)
        asked[diger.pk, EXECUTED_YEAR] = WITHOUT_PLAN
    ProgrammaticCategory.objects.bulk_create(network.programs)
    ProgrammaticCategory.objects.bulk_create(network.activities)
    CategoryProduct.objects.bulk_create(network.shares)
    store_lines(network.lines)
    store_ceilings(asked)
    store_costs(network.costs)
    store_foresight(seed)


def products_of(year: int) -> dict[Institution, list[Product]]:
    """The products of the plans of a year by institution, in the order of the plan."""
    found: dict[Institution, list[Product]] = {}
    plan = "operational_objective__objective__plan"
    for product in (
        Product.objects.filter(**{f"{plan}__fiscal_year": year})
        .select_related(f"{plan}__institution")
        .order_by(
            f"{plan}__institution__code",
            "operational_objective__objective__number",
            "operational_objective__number",
            "number",
        )
    ):
        owner = product.operational_objective.objective.plan.institution
        found.setdefault(owner, []).append(product)
    return found


def plan_money(
    network: Network, institution: Institution, year: int, products: Sequence[Product], seed: int
) -> Decimal:
    """The network of a plan: a programme per objective and an activity per product or two."""
    rng, weight = chance_of(seed, institution.code, year), weight_of(institution.code, seed)
    costs = {one.pk: invent_cost(one.annual_output, weight, rng) for one in products}
    known = {pk: cost for pk, cost in costs.items() if cost is not None}
    network.costs.update(known)
    by_objective: dict[int, list[int]] = {}
    names = {}
    for one in products:
        names[one.pk] = one.name
        if one.pk in known:
            by_objective.setdefault(one.operational_objective.objective.number, []).append(one.pk)
    total = Decimal(0)
    for number, ids in by_objective.items():
        program = program_of(institution, year, 10 + number, program_name(number))
        network.programs.append(program)
        for place, group in enumerate(grouped(ids, rng), 1):
            parts = {pk: known[pk].total for pk in group}
            total += activity_money(network, program, place, names[group[0]], parts, rng)
    return total + central_money(network, institution, year, money(total * CENTRAL_SHARE), rng)


def program_name(number: int) -> str:
    return PROGRAMS[(number - 1) % len(PROGRAMS)]


def program_of(institution: Institution, year: int, code: int, name: str) -> ProgrammaticCategory:
    return ProgrammaticCategory(
        institution=institution,
        fiscal_year=year,
        kind=CategoryKind.PROGRAM,
        code=f"{code:02}",
        name=name,
    )


def activity_money(
    network: Network,
    program: ProgrammaticCategory,
    place: int,
    name: str,
    parts: Mapping[int, Decimal],
    rng: Random,
) -> Decimal:
    """An activity of a programme with its products and its keys; what it takes."""
    activity = ProgrammaticCategory(
        institution=program.institution,
        fiscal_year=program.fiscal_year,
        parent=program,
        kind=CategoryKind.ACTIVITY,
        code=f"{place:03}",
        name=name[:300],
    )
    network.activities.append(activity)
    taken = shares(list(parts.values())) if parts else []
    network.shares.extend(
        CategoryProduct(category=activity, product_id=pk, share=share)
        for pk, share in zip(parts, taken, strict=True)
    )
    keyed(network, activity, parts.values(), rng)
    return sum(parts.values(), Decimal(0))


def keyed(
    network: Network, activity: ProgrammaticCategory, parts: Iterable[Decimal], rng: Random
) -> None:
    """The keys of an activity, once its year is executed."""
    amount = sum(parts, Decimal(0))
    if activity.fiscal_year == EXECUTED_YEAR and amount:
        for line in invent_lines(amount, rng, quarters_done=QUARTERS_DONE):
            network.lines.append((activity, line))


def central_money(
    network: Network, institution: Institution, year: int, amount: Decimal, rng: Random
) -> Decimal:
    """What an institution spends on itself: a programme without products."""
    program = program_of(institution, year, 1, CENTRAL)
    network.programs.append(program)
    activity_money(network, program, 1, "Dirección y coordinación", {}, rng)
    keyed(network, network.activities[-1], [amount], rng)
    return amount


def store_lines(lines: Sequence[tuple[ProgrammaticCategory, LineRow]]) -> None:
    """The keys by COPY, and then their quarters."""
    sources = dict(FundingSource.objects.values_list("code", "id"))
    bodies = dict(FinancingBody.objects.values_list("code", "id"))
    objects = dict(ExpenseObject.objects.values_list("code", "id"))
    ids = new_ids(BudgetLine, len(lines))
    copy_rows(
        BudgetLine,
        LINE_FIELDS,
        (
            (
                pk, place.institution_id, place.fiscal_year, key_of(place, line), "1", "1",
                place.pk, sources[line.source], bodies[line.body], objects[line.expense_object],
                "0", line.approved, line.modifications,
            )
            for pk, (place, line) in zip(ids, lines, strict=True)
        ),
    )  # fmt: skip
    copy_rows(
        LineExecution,
        ("line", "period", "committed", "accrued", "paid", "planned"),
        (
            (
                pk, f"{place.fiscal_year}-Q{number}", quarter.committed, quarter.accrued,
                quarter.paid, quarter.quota,
            )
            for pk, (place, line) in zip(ids, lines, strict=True)
            for number, quarter in enumerate(line.quarters, 1)
        ),
    )  # fmt: skip


def key_of(activity: ProgrammaticCategory, line: LineRow) -> str:
    """The twelve segments, without padding, as SIAFI publishes them."""
    program = activity.parent
    segments = (
        activity.fiscal_year, plain(activity.institution.code), 1, 1,
        plain(program.code if program else "0"), 0, 0, plain(activity.code),
        line.source, line.body, line.expense_object, 0,
    )  # fmt: skip
    return "-".join(map(str, segments))


def plain(code: str) -> str:
    return code.lstrip("0") or "0"


def store_ceilings(asked: Mapping[tuple[int, int], Decimal]) -> None:
    """Of every institution: what it asks, up to the next million; the past year's without a plan.

    A plan in formulation asks for less than its ceiling, except where the numbers fall short.
    """
    rows = dict(asked)
    for (institution, year), amount in asked.items():
        if year == EXECUTED_YEAR:
            rows.setdefault((institution, FORMULATED_YEAR), amount)
    Ceiling.objects.bulk_create(
        Ceiling(
            institution_id=institution,
            fiscal_year=year,
            amount=(amount / MILLION).to_integral_value(ROUND_CEILING) * MILLION,
            document=CEILING_PAPER,
        )
        for (institution, year), amount in sorted(rows.items())
    )
