"""Holding a plan to write it: who may, and while the institution still writes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import AnnualPlan, Product
from sigpret.apps.planning.permissions import check_can_record_plan
from sigpret.apps.planning.reported import closed_quarters
from sigpret.apps.planning.workflow import WRITABLE_PLANS
from sigpret.web.dates import period_name

PLAN_SUBJECT = "annual_plan"


class PlanNotWritableError(Exception):
    """The plan left the hands of the institution; `state` is a `PlanState`."""

    def __init__(self, plan: AnnualPlan) -> None:
        super().__init__(
            _(
                "El plan operativo %(year)s está %(state)s y ya no se edita. Si debe cambiar, "
                "pida que se lo devuelvan o proponga un cambio a la programación."
            )
            % {"year": plan.fiscal_year, "state": plan.get_state_display()}
        )
        self.state = plan.state


class InvalidRowError(Exception):
    """A row that cannot be written so; `field` is the datum the sentence speaks of, "" the row."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class ClosedQuarterError(InvalidRowError):
    """A quarter that closed keeps what it programmed; `quarter` is its code, `2026-Q1`."""

    def __init__(self, quarter: str, sentence: str = "") -> None:
        super().__init__(sentence or closed_words(quarter), quarter)
        self.quarter = quarter


def closed_words(quarter: str) -> str:
    """Why the cells of a quarter are not written."""
    return _("El %(quarter)s ya cerró: lo programado en un trimestre cerrado no cambia.") % {
        "quarter": period_name(quarter)
    }


class MissingRowError(Exception):
    """What was being written is no longer in the plan."""

    def __init__(self) -> None:
        super().__init__(_("Otra persona quitó esa fila del plan mientras usted la editaba."))


def is_writable(plan: AnnualPlan) -> bool:
    """Does the institution still write it?"""
    return plan.state in WRITABLE_PLANS


def check_is_writable(plan: AnnualPlan) -> None:
    """Raise PlanNotWritableError once the plan was sent."""
    if not is_writable(plan):
        raise PlanNotWritableError(plan)


def plan_to_write(plan_id: int, access: Access) -> AnnualPlan:
    """The plan, held until commit. Raises PermissionDenied and PlanNotWritableError."""
    plan = AnnualPlan.objects.select_for_update().get(pk=plan_id)
    check_can_record_plan(access, plan.institution_id)
    check_is_writable(plan)
    return plan


def plan_to_program(plan_id: int, access: Access) -> tuple[AnnualPlan, frozenset[str]]:
    """The same, and the codes of the quarters of its year that closed.

    The quarters are held before the plan, in the order of everybody who holds both.
    """
    year = AnnualPlan.objects.values_list("fiscal_year", flat=True).get(pk=plan_id)
    closed = closed_quarters(year, is_held=True)
    return plan_to_write(plan_id, access), closed


def count_write(plan: AnnualPlan) -> None:
    """One more write of a plan that is held."""
    plan.version += 1
    plan.save(update_fields=["version"])


def record_row(
    actor: User, plan: AnnualPlan, action: str, payload: dict[str, Any], at: datetime
) -> None:
    """Count the write and append its event: the last statement of an action."""
    count_write(plan)
    record(
        actor=actor,
        action=action,
        subject_type=PLAN_SUBJECT,
        subject_id=plan.pk,
        payload={"version": plan.version, "at": at} | payload,
    )


def product_to_write(plan: AnnualPlan, product_id: int) -> Product:
    """A product of a plan that is held. Raises MissingRowError."""
    product = (
        Product.objects.select_related("operational_objective__objective")
        .filter(operational_objective__objective__plan=plan, pk=product_id)
        .first()
    )
    if product is None:
        raise MissingRowError
    return product
