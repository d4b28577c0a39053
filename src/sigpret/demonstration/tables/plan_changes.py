"""Changes asked of the plans of this year: some accepted months ago, one in each open step."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence.actions.documents import keep_document
from sigpret.apps.monitoring.plan_quarters import effect_of_programming
from sigpret.apps.planning.models import AnnualPlan, PlanChange, PlanChangeState, Product
from sigpret.apps.planning.queries.change_lines import in_force
from sigpret.demonstration.people import ANALYST, AWAITING, SESAL
from sigpret.demonstration.quarters import NOW, TEGUCIGALPA

YEAR = 2026
THIRD, FOURTH = f"{YEAR}-Q3", f"{YEAR}-Q4"
ASKED = datetime(YEAR, 5, 18, 10, 15, tzinfo=TEGUCIGALPA)
#: Those whose change was decided in May, with why they asked.
DECIDED = (
    (SESAL, "accepted", "La compra de insumos se adjudicó en mayo: lo del segundo semestre pasa "
     "en parte al IV trimestre."),
    ("SC10", "accepted", "El censo de afiliados empieza después: parte de lo previsto pasa al IV "
     "trimestre."),
    ("SC35", "accepted", "Dos bodegas abren en octubre y no en julio."),
    ("SC37", "accepted", "El calendario académico se corrió tres semanas por la tormenta."),
    ("SC13", "refused", "Se pide bajar lo programado porque el equipo está en otra tarea."),
)  # fmt: skip
REFUSAL = "La tarea ya estaba en el plan cuando se aprobó. No procede bajar lo programado."
#: Those whose change waits today, each in a step.
OPEN = (
    (SESAL, PlanChangeState.PREPARING, ""),
    (AWAITING, PlanChangeState.SUBMITTED, "El inventario turístico de la costa norte espera "
     "dictamen; se emite el 30 de octubre."),
    ("SC31", PlanChangeState.APPROVED, "Las lluvias cerraron el acceso a dos cuencas hasta "
     "noviembre."),
)  # fmt: skip
#: Whose request carries a legal opinion, and whether citizens read it once accepted.
SUPPORTED = {SESAL: True, AWAITING: False, "SC31": True}
PAPER = b"Dictamen legal ficticio: el cambio procede. Escrito para la demostraci\xc3\xb3n.\n"
Past = dict[int, dict[int, dict[str, Decimal | None]]]


def store_decided_changes(
    planners: Mapping[str, User], heads: Mapping[str, User], people: Mapping[str, User]
) -> Past:
    """What was decided in May; what each plan with an accepted change said before, by product."""
    past: Past = {}
    for code, state, reason in DECIDED:
        plan = plan_of(code)
        product = movable(plan)
        change = ask(plan, planners[code], state, reason, at=ASKED)
        support(change, code)
        sign(change, heads[code], people[ANALYST])
        now = in_force(product, YEAR)
        other = moved(now, back=state == PlanChangeState.ACCEPTED)
        if state == PlanChangeState.ACCEPTED:
            write(change, product, old=other, new=now)
            past.setdefault(plan.pk, {})[product.pk] = other
        else:
            write(change, product, old=now, new=other)
    return past


def store_open_changes(planners: Mapping[str, User], heads: Mapping[str, User]) -> None:
    """One in preparation, one for its head authority, one for DIGER, each with its effect."""
    for code, state, reason in OPEN:
        plan = plan_of(code)
        product = telling(plan)
        at = NOW - timedelta(days=1, hours=3)
        change = ask(plan, planners[code], state, reason, at=at)
        if reason:
            support(change, code)
        if state == PlanChangeState.APPROVED:
            change.approved_by, change.approved_at = heads[code], at + timedelta(hours=2)
        now = in_force(product, YEAR)
        wanted = moved(now)
        write(change, product, old=now, new=wanted)
        if state != PlanChangeState.PREPARING:
            asked = {name: wanted[name] for name in (THIRD, FOURTH)}
            change.effect = effect_of_programming(YEAR, {product.pk: asked})
        change.save()


def telling(plan: AnnualPlan) -> Product:
    """A product nobody asked about whose status the change would better; else any."""
    free = [one for one in movables(plan) if not one.change_lines.exists()]
    asked = {one.pk: moved(in_force(one, YEAR)) for one in free}
    quarters = {pk: {name: data[name] for name in (THIRD, FOURTH)} for pk, data in asked.items()}
    better = [
        row["product"]
        for row in effect_of_programming(YEAR, quarters)
        if row["before"]["status"] in {"at_risk", "behind"} and row["before"] != row["after"]
    ]
    best = next((one for one in free if one.pk in better[:1]), None)
    return best or free[0]


def plan_of(code: str) -> AnnualPlan:
    return AnnualPlan.objects.get(institution__code=code, fiscal_year=YEAR)


def movable(plan: AnnualPlan) -> Product:
    """The first product with enough in its third quarter to put a part off, and a fourth."""
    return movables(plan)[0]


def movables(plan: AnnualPlan) -> list[Product]:
    products = Product.objects.filter(operational_objective__objective__plan=plan)
    rows = products.filter(targets__period=THIRD, targets__planned__gt=4).filter(
        pk__in=products.filter(targets__period=FOURTH, targets__planned__gt=4).values("pk")
    )
    return list(rows.order_by("operational_objective__objective__number", "number"))


def moved(data: Mapping[str, Any], *, back: bool = False) -> dict[str, Decimal | None]:
    """A fifth of the third quarter in the fourth, or the other way round."""
    third, fourth = data[THIRD], data[FOURTH]
    part = max(third // 5, Decimal(1)) * (-1 if back else 1)
    return {**data, THIRD: third - part, FOURTH: fourth + part}


def ask(plan: AnnualPlan, planner: User, state: str, reason: str, *, at: datetime) -> PlanChange:
    return PlanChange.objects.create(
        plan=plan,
        number=1 + PlanChange.objects.filter(plan=plan).count(),
        state=state,
        reason=reason,
        requested_by=planner,
        requested_at=at,
        submitted_at=at if reason else None,
    )


def support(change: PlanChange, code: str) -> None:
    """Some requests carry a paper."""
    if code not in SUPPORTED:
        return
    change.files.create(
        file=keep_document(PAPER, "text/plain", at=change.requested_at),
        name="dictamen-legal.txt",
        is_public=SUPPORTED[code],
        added_by=change.requested_by,
        added_at=change.requested_at,
    )


def sign(change: PlanChange, head: User, analyst: User) -> None:
    change.approved_by, change.approved_at = head, ASKED + timedelta(days=1)
    change.decided_by, change.decided_at = analyst, ASKED + timedelta(days=3)
    change.observation = REFUSAL if change.state == PlanChangeState.REFUSED else ""
    change.save()


def write(
    change: PlanChange, product: Product, *, old: Mapping[str, Any], new: Mapping[str, Any]
) -> None:
    for name in (THIRD, FOURTH):
        change.lines.create(product=product, field=name, old=old[name], new=new[name])
