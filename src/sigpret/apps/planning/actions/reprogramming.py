"""Changing what a locked plan programmes: the institution asks, its head approves, DIGER decides.

A closed quarter never changes. What is accepted becomes a version of the plan, and is public.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.change_lines import ChangeError as ChangeError
from sigpret.apps.planning.actions.change_lines import (
    Values,
    applied,
    check_amounts,
    check_quarters,
)
from sigpret.apps.planning.actions.change_telling import record_change, tell_answered, tell_sent
from sigpret.apps.planning.actions.steps import held_plan
from sigpret.apps.planning.actions.versions import keep_version
from sigpret.apps.planning.models import (
    OPEN_CHANGES,
    AnnualPlan,
    PlanChange,
    PlanChangeLine,
    PlanChangeState,
    PlanState,
    PlanVersion,
    Product,
)
from sigpret.apps.planning.queries.change_lines import in_force, lines_of, proposed_by
from sigpret.apps.planning.reported import effect_on_statuses, reported_quarters
from sigpret.apps.planning.step_permissions import (
    check_can_approve_plan,
    check_can_decide_plan,
    check_can_submit_plan,
    signers_of_change,
)
from sigpret.apps.planning.workflow import change_after

WRITABLE = frozenset({PlanChangeState.PREPARING, PlanChangeState.RETURNED})
LONGEST = 1_000


@transaction.atomic
def start_change(*, actor: User, access: Access, plan_id: int, at: datetime) -> PlanChange:
    """A request to change a locked plan, empty; the one being prepared if there is one.

    Raises PermissionDenied, and ChangeError for a plan that is not locked or a request that
    somebody is deciding.
    """
    plan = held_plan(plan_id)
    check_can_submit_plan(access, plan.institution_id)
    check_is_locked(plan)
    known = plan.changes.filter(state__in=OPEN_CHANGES).first()
    if known is not None and known.state in WRITABLE:
        return known
    if known is not None:
        raise ChangeError(
            _("La solicitud n.º %(n)d todavía no se decide. Espere la decisión o retírela.")
            % {"n": known.number}
        )
    last = plan.changes.aggregate(last=Max("number"))["last"] or 0
    change = PlanChange.objects.create(
        plan=plan, number=last + 1, requested_by=actor, requested_at=at
    )
    record_change(actor, change, "started", at, {})
    return change


@transaction.atomic
def propose(
    *,
    actor: User,
    access: Access,
    change_id: int,
    product_id: int,
    values: Values,
    at: datetime,
) -> tuple[PlanChangeLine, ...]:
    """Ask that a product programme other quantities; what equals the plan in force has no line.

    `values` maps `annual_output` or a quarter (`2026-Q3`) to its new quantity, None for "not
    programmed"; data that are not in it stay as they were asked. Asking for the same twice
    changes nothing. Raises PermissionDenied and ChangeError: not being prepared, a product of
    another plan, a closed quarter, a negative quantity.
    """
    change = change_to_write(access, change_id)
    product = product_of(change.plan, product_id)
    check_amounts(
        change.plan, product, values, reported_quarters(change.plan_id, change.plan.fiscal_year)
    )
    current = in_force(product, change.plan.fiscal_year)
    asked = {line.field: line.new for line in change.lines.filter(product=product)}
    wanted = {name: value for name, value in {**asked, **values}.items() if current[name] != value}
    if wanted == asked:
        return lines_of(change)
    change.lines.filter(product=product).delete()
    PlanChangeLine.objects.bulk_create(
        PlanChangeLine(change=change, product=product, field=name, old=current[name], new=value)
        for name, value in wanted.items()
    )
    count(change)
    facts = {"product": product_id, "asked": {name: wanted[name] for name in sorted(wanted)}}
    record_change(actor, change, "proposed", at, facts)
    return lines_of(change)


@transaction.atomic
def remove_line(*, actor: User, access: Access, change_id: int, line_id: int, at: datetime) -> None:
    """Ask no longer for a datum; twice has one effect. Raises PermissionDenied and ChangeError."""
    change = change_to_write(access, change_id)
    line = change.lines.filter(pk=line_id).first()
    if line is None:
        return
    facts = {"product": line.product_id, "field": line.field}
    line.delete()
    count(change)
    record_change(actor, change, "line_removed", at, facts)


@transaction.atomic
def submit_change(
    *, actor: User, access: Access, change_id: int, reason: str, at: datetime
) -> PlanChange:
    """Send it to the head authority with its reason and its effect on the statuses.

    Sending twice has one effect. Raises PermissionDenied and ChangeError: no datum, no reason,
    quarters that do not make the year, a quarter that closed meanwhile.
    """
    change = held_change(change_id)
    check_can_submit_plan(access, change.plan.institution_id)
    if change.state == PlanChangeState.SUBMITTED and change.requested_by_id == actor.pk:
        return change
    target = target_of("submit", change)
    check_reason(reason, _("Escriba el motivo del cambio."))
    check_is_sound(change, is_held=False)
    change.reason, change.observation = reason.strip(), ""
    change.effect = effect_on_statuses(change.plan.fiscal_year, proposed_by(change))
    change.requested_by, change.submitted_at = actor, at
    change.approved_by = change.approved_at = None
    move(change, target)
    tell_sent(change, at)
    record_change(actor, change, "submitted", at, {"reason": change.reason, "lines": said(change)})
    return change


@transaction.atomic
def approve_change(*, actor: User, access: Access, change_id: int, at: datetime) -> PlanChange:
    """The head authority answers for it; DIGER decides next. Twice has one effect.

    Raises PermissionDenied (also whoever sent it) and ChangeError.
    """
    change = held_change(change_id)
    check_can_approve_plan(access, change.plan.institution_id, sent_by=change.requested_by_id)
    if change.state == PlanChangeState.APPROVED and change.approved_by_id == actor.pk:
        return change
    target = target_of("approve", change)
    change.approved_by, change.approved_at = actor, at
    move(change, target)
    tell_sent(change, at)
    record_change(actor, change, "approved", at, {})
    return change


@transaction.atomic
def answer_change(
    *, actor: User, access: Access, change_id: int, event: str, observation: str, at: datetime
) -> PlanChange:
    """Give it back to be mended (`return`) or refuse it for good (`refuse`), saying why.

    The head authority may only return what was sent to them; DIGER does either. Twice has one
    effect. Raises PermissionDenied and ChangeError.
    """
    change = held_change(change_id)
    check_can_answer(access, change)
    if change.state in {PlanChangeState.RETURNED, PlanChangeState.REFUSED} and (
        change.observation == observation.strip()
    ):
        return change
    target = target_of(event, change)
    check_reason(observation, _("Escriba por qué."))
    change.observation = observation.strip()
    if target == PlanChangeState.REFUSED:
        change.decided_by, change.decided_at = actor, at
    move(change, target)
    tell_answered(change, at)
    record_change(actor, change, target, at, {"observation": change.observation})
    return change


@transaction.atomic
def accept_change(*, actor: User, access: Access, change_id: int, at: datetime) -> PlanChange:
    """DIGER accepts: the plan programmes what was asked, as its next version. Twice is once.

    The quarters of the year are held, so that none closes meanwhile. Figures that compare with
    what is programmed read it from now on; what closings kept stays. Raises PermissionDenied and
    ChangeError: a quarter that closed, or a datum that is no longer what was asked about.
    """
    place = PlanChange.objects.select_related("plan").get(pk=change_id).plan
    reported_quarters(place.pk, place.fiscal_year, is_held=True)
    change = held_change(change_id)
    check_can_decide_plan(access, change.plan.institution_id, signed_by=signers_of_change(change))
    if change.state == PlanChangeState.ACCEPTED:
        return change
    target = target_of("accept", change)
    check_is_sound(change, is_held=True)
    applied(change)
    change.decided_by, change.decided_at = actor, at
    move(change, target)
    version = keep_version(
        plan=change.plan,
        occasion=PlanVersion.Occasion.CHANGED,
        reason=_("Cambio n.º %(n)d: %(reason)s") % {"n": change.number, "reason": change.reason},
        actor=actor,
        at=at,
    )
    change.plan.version += 1
    change.plan.save(update_fields=["version"])
    tell_answered(change, at)
    record_change(
        actor, change, "accepted", at, {"plan_version": version.number, "lines": said(change)}
    )
    return change


@transaction.atomic
def withdraw_change(*, actor: User, access: Access, change_id: int, at: datetime) -> PlanChange:
    """The institution takes it back before DIGER has it; twice has one effect.

    Raises PermissionDenied and ChangeError.
    """
    change = held_change(change_id)
    check_can_submit_plan(access, change.plan.institution_id)
    if change.state == PlanChangeState.WITHDRAWN:
        return change
    move(change, target_of("withdraw", change))
    record_change(actor, change, "withdrawn", at, {})
    return change


def held_change(change_id: int) -> PlanChange:
    """The request and its plan, held until commit. Raises PlanChange.DoesNotExist."""
    rows = PlanChange.objects.select_for_update(of=("self", "plan"))
    return rows.select_related("plan__institution").get(pk=change_id)


def check_is_locked(plan: AnnualPlan) -> None:
    """Before the lock there is another way to change a plan, and the sentence says which."""
    if plan.state == PlanState.LOCKED:
        return
    said = {
        PlanState.DRAFT: _("El plan está en borrador: se edita directamente, sin solicitud."),
        PlanState.RETURNED: _("El plan está devuelto: se edita directamente, sin solicitud."),
        PlanState.ACCEPTED: _(
            "El plan está aceptado y todavía no se bloquea. Pida a la administración de DIGER "
            "que lo bloquee: desde entonces los cambios se piden aquí."
        ),
    }
    raise ChangeError(
        said.get(
            PlanState(plan.state),
            _("El plan espera una decisión: pida que lo devuelvan para corregirlo."),
        )
    )


def check_can_answer(access: Access, change: PlanChange) -> None:
    """The head authority while it is theirs, also just after they returned it; then DIGER."""
    own = change.plan.institution_id
    is_heads = change.state == PlanChangeState.SUBMITTED or (
        change.state == PlanChangeState.RETURNED and change.approved_by_id is None
    )
    if is_heads:
        check_can_approve_plan(access, own, sent_by=change.requested_by_id)
    else:
        check_can_decide_plan(access, own, signed_by=signers_of_change(change))


def change_to_write(access: Access, change_id: int) -> PlanChange:
    change = held_change(change_id)
    check_can_submit_plan(access, change.plan.institution_id)
    if change.state not in WRITABLE:
        raise ChangeError(
            _("La solicitud está %(state)s: ya no se le agregan ni quitan datos.")
            % {"state": change.get_state_display()}
        )
    return change


def product_of(plan: AnnualPlan, product_id: int) -> Product:
    rows = Product.objects.filter(operational_objective__objective__plan=plan)
    found = rows.select_related("operational_objective__objective").filter(pk=product_id).first()
    if found is None:
        raise ChangeError(_("Ese producto no está en el plan."))
    return found


def target_of(event: str, change: PlanChange) -> str:
    target = change_after(event, change.state)
    if target is None:
        raise ChangeError(
            _("La solicitud está %(state)s: ese paso ya no corresponde. Recargue la página.")
            % {"state": change.get_state_display()}
        )
    return target


def check_reason(text: str, sentence: str) -> None:
    if not text.strip() or len(text) > LONGEST:
        raise ChangeError(f"{sentence} {_('De 1 a 1,000 caracteres.')}")


def check_is_sound(change: PlanChange, *, is_held: bool) -> None:
    """Every datum is still what was asked about, its quarter open, and the year its quarters."""
    lines = lines_of(change)
    if not lines:
        raise ChangeError(_("Agregue al menos un dato que deba cambiar."))
    reported = reported_quarters(change.plan_id, change.plan.fiscal_year, is_held=is_held)
    by_product: dict[Product, dict[str, Decimal | None]] = {}
    for line in lines:
        by_product.setdefault(line.product, {})[line.field] = line.new
        if in_force(line.product, change.plan.fiscal_year)[line.field] != line.old:
            raise ChangeError(
                _("El plan cambió después de la solicitud: devuélvala para que se pida de nuevo.")
            )
    for product, values in by_product.items():
        check_amounts(change.plan, product, values, reported)
        check_quarters(change.plan, product, values)


def said(change: PlanChange) -> list[Mapping[str, object]]:
    return [
        {"product": line.product_id, "field": line.field, "old": line.old, "new": line.new}
        for line in lines_of(change)
    ]


def count(change: PlanChange) -> None:
    change.version += 1
    change.save(update_fields=["version"])


def move(change: PlanChange, target: str) -> None:
    change.state = target
    change.version += 1
    change.save()
