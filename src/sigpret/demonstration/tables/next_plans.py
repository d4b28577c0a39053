"""The plans of next year: a dozen institutions, in every step of the workflow."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sigpret.apps.accounts.models import User
from sigpret.apps.planning.models import (
    AnnualPlan,
    Objective,
    OperationalObjective,
    PlanObservation,
    PlanReminder,
    PlanState,
    Product,
    ProductTarget,
    Result,
)
from sigpret.apps.planning.queries.content import plan_contents, rows_below
from sigpret.apps.results.actions.copying import copy_rows
from sigpret.apps.results.models import Goal
from sigpret.demonstration.people import ANALYST, AWAITING, DIGER, SESAL
from sigpret.demonstration.quarters import NOW
from sigpret.demonstration.tables.plan_steps import copy_versions
from sigpret.methodology.schedule import propose_distribution

YEAR = 2027
#: The institution whose plan came back with observations.
RETURNED = "SC34"
#: How far the plan of each institution is.
STATES = {
    DIGER: PlanState.DRAFT, SESAL: PlanState.DRAFT, "SC10": PlanState.DRAFT,
    "SC12": PlanState.DRAFT, AWAITING: PlanState.SUBMITTED, "SC13": PlanState.SUBMITTED,
    "SC31": PlanState.APPROVED, "SC14": PlanState.APPROVED, RETURNED: PlanState.RETURNED,
    "SC35": PlanState.ACCEPTED, "SC37": PlanState.ACCEPTED, "SC16": PlanState.ACCEPTED,
}  # fmt: skip
GROWTH = Decimal("1.05")
#: Of so many products of a draft one serves no goal yet, and one was not programmed.
ONE_UNLINKED_OF, ONE_UNPROGRAMMED_OF = 6, 9
OBSERVATIONS = (
    "Los trimestres repiten los de 2026. Explique por qué el primero no empieza en cero, o "
    "corrija la programación.",
    "El medio de verificación no dice qué documento lo prueba. Escríbalo.",
)
RETURN_REASON = "Hay 2 productos con observaciones. El resto del plan está bien."
REMINDER = "Le faltan días para enviar su plan operativo 2027. El plazo vence el 15 de enero."
COPIED, SENT = "Copiado del plan de 2026", "Formulación de 2027"


def store_next_plans(
    planners: Mapping[str, User], heads: Mapping[str, User], people: Mapping[str, User]
) -> None:
    """Copies of each institution's latest plan, a little larger, each as far as it is."""
    latest: dict[str, AnnualPlan] = {}
    found = AnnualPlan.objects.filter(institution__code__in=STATES).order_by("fiscal_year")
    for plan in found.select_related("institution"):
        latest[plan.institution.code] = plan
    products: dict[int, Product] = {}
    stored = {code: copied(latest[code], products) for code in STATES}
    write_targets(products.values())
    link(products)
    for code, plan in stored.items():
        take_steps(plan, STATES[code], planners[code], heads[code], people[ANALYST])
    mistake(stored[SESAL])
    observe(stored[RETURNED], people[ANALYST])
    keep_versions(stored, planners)
    remind(stored[SESAL], people[ANALYST])


def copied(source: AnnualPlan, products: dict[int, Product]) -> AnnualPlan:
    """The plan with its outline; its new products are added under the ids of the old ones."""
    plan = AnnualPlan.objects.create(
        institution=source.institution,
        fiscal_year=YEAR,
        mission=source.mission,
        vision=source.vision,
    )
    for row in source.objectives.prefetch_related(*rows_below()):
        objective = Objective.objects.create(plan=plan, number=row.number, text=row.text)
        Result.objects.bulk_create(
            Result(
                objective=objective,
                number=one.number,
                text=one.text,
                assumption=one.assumption,
                target_population=one.target_population,
            )
            for one in row.results.all()
        )
        for group in row.operational_objectives.all():
            under = OperationalObjective.objects.create(
                objective=objective, number=group.number, text=group.text
            )
            old = list(group.products.all())
            products |= zip_ids(old, Product.objects.bulk_create(again(one, under) for one in old))
    return plan


def zip_ids(old: Iterable[Product], new: Iterable[Product]) -> dict[int, Product]:
    return {before.pk: after for before, after in zip(old, new, strict=True)}


def again(product: Product, under: OperationalObjective) -> Product:
    """The product for next year; now and then nobody has programmed it yet."""
    annual = product.annual_output
    if annual is not None:
        annual = (annual * GROWTH).quantize(Decimal(1))
    return Product(
        operational_objective=under,
        number=product.number,
        name=product.name,
        unit_of_measure=product.unit_of_measure,
        periodicity=product.periodicity,
        annual_output=None if product.number % ONE_UNPROGRAMMED_OF == 0 else annual,
        means_of_verification="Registro administrativo de la institución (ficticio)",
        stems=product.stems,
    )


def write_targets(products: Iterable[Product]) -> None:
    rows = [
        (product.pk, f"{YEAR}-Q{quarter}", planned)
        for product in products
        if product.annual_output is not None
        for quarter, planned in enumerate(
            propose_distribution(product.annual_output, product.periodicity.per_year or 1), 1
        )
        if planned is not None
    ]
    copy_rows(ProductTarget, ("product", "period", "planned"), rows)


def link(products: Mapping[int, Product]) -> None:
    """Next year's products serve the goals this year's do, but for some nobody has linked."""
    through = Goal.products.through
    held = list(
        through.objects.filter(product_id__in=list(products)).values_list("goal_id", "product_id")
    )
    copy_rows(
        through,
        ("goal", "product"),
        [(goal, products[old].pk) for goal, old in held if products[old].number % ONE_UNLINKED_OF],
    )


def take_steps(plan: AnnualPlan, state: str, planner: User, head: User, analyst: User) -> None:
    """Each step in October, a day after the one before."""
    plan.state = state
    if state != PlanState.DRAFT:
        plan.submitted_by, plan.submitted_at = planner, NOW - timedelta(days=6)
    if state in {PlanState.APPROVED, PlanState.ACCEPTED}:
        plan.approved_by, plan.approved_at = head, NOW - timedelta(days=4)
    if state == PlanState.ACCEPTED:
        plan.accepted_by, plan.accepted_at = analyst, NOW - timedelta(days=1)
    if state == PlanState.RETURNED:
        plan.returned_by, plan.returned_at = analyst, NOW - timedelta(days=2)
        plan.return_reason = RETURN_REASON
    plan.save()


def mistake(plan: AnnualPlan) -> None:
    """In one product the quarters do not make the year."""
    products = Product.objects.filter(operational_objective__objective__plan=plan)
    product = (
        products.filter(targets__period=f"{YEAR}-Q3", targets__planned__gt=2)
        .order_by("operational_objective__objective__number", "number")
        .first()
    )
    if product is not None:
        target = product.targets.get(period=f"{YEAR}-Q3")
        target.planned -= 1
        target.save()


def observe(plan: AnnualPlan, analyst: User) -> None:
    products = Product.objects.filter(operational_objective__objective__plan=plan).order_by("pk")
    PlanObservation.objects.bulk_create(
        PlanObservation(
            plan=plan, product=product, text=text, made_by=analyst, made_at=at, is_sent=True
        )
        for product, text, at in zip(products, OBSERVATIONS, two_moments(), strict=False)
    )


def two_moments() -> tuple[datetime, datetime]:
    return NOW - timedelta(days=2, minutes=20), NOW - timedelta(days=2, minutes=8)


def keep_versions(stored: Mapping[str, AnnualPlan], planners: Mapping[str, User]) -> None:
    """What was copied from this year and, where it was sent, what was sent."""
    contents = plan_contents(stored.values())
    rows: list[Any] = []
    for code, plan in stored.items():
        sent, who = contents[plan.pk], planners[code].pk
        rows.append((plan.pk, 1, "copied", COPIED, as_copied(sent), who, NOW - timedelta(days=20)))
        if plan.state != PlanState.DRAFT:
            rows.append((plan.pk, 2, "submitted", SENT, sent, who, plan.submitted_at))
    copy_versions(rows)


def as_copied(content: dict[str, Any]) -> dict[str, Any]:
    """Before anybody wrote how each product is verified, or corrected the first one's output."""
    objectives = [
        objective
        | {
            "operational": [
                group | {"products": [unwritten(one) for one in group["products"]]}
                for group in objective["operational"]
            ]
        }
        for objective in content["objectives"]
    ]
    return content | {"objectives": objectives}


def unwritten(product: dict[str, Any]) -> dict[str, Any]:
    if product["number"] % 4:
        return product
    return product | {"means_of_verification": ""}


def remind(plan: AnnualPlan, analyst: User) -> None:
    PlanReminder.objects.create(
        institution=plan.institution,
        fiscal_year=YEAR,
        text=REMINDER,
        sent_by=analyst,
        sent_at=NOW - timedelta(days=5),
    )
