"""Who may take each step of a plan, and of a change of it. Nobody approves what they sent."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import AnnualPlan, PlanChange

REVIEWERS = (Role.ANALYST, Role.ADMINISTRATOR)


def can_submit_plan(access: Access, institution_id: int) -> bool:
    return access.works_for(institution_id)


def check_can_submit_plan(access: Access, institution_id: int) -> None:
    if not can_submit_plan(access, institution_id):
        raise PermissionDenied(
            _(
                "Sólo la UPGRET de la institución envía su plan. La administración de DIGER "
                "asigna ese papel."
            )
        )


def is_head(access: Access, institution_id: int) -> bool:
    """Does the person answer for what this institution plans?"""
    return Role.APPROVER in access.institutions.get(institution_id, ())


def can_approve_plan(access: Access, institution_id: int, *, sent_by: int | None) -> bool:
    return is_head(access, institution_id) and sent_by != access.user_id


def check_can_approve_plan(access: Access, institution_id: int, *, sent_by: int | None) -> None:
    """Raises PermissionDenied, also for whoever sent it."""
    if not is_head(access, institution_id):
        raise PermissionDenied(
            _(
                "Sólo la máxima autoridad de la institución aprueba su plan y sus cambios. La "
                "administración de DIGER asigna ese papel."
            )
        )
    if sent_by == access.user_id:
        raise PermissionDenied(_("Usted lo envió: debe aprobarlo otra persona."))


def signers_of(plan: AnnualPlan) -> tuple[int | None, ...]:
    """Who answers for what DIGER decides about a plan: none of them decides it."""
    return (plan.submitted_by_id, plan.approved_by_id)


def signers_of_change(change: PlanChange) -> tuple[int | None, ...]:
    """Who asked for a change and who approved it: none of them decides it."""
    return (change.requested_by_id, change.approved_by_id)


def can_decide_plan(
    access: Access, institution_id: int, *, signed_by: Collection[int | None]
) -> bool:
    """DIGER decides, but nobody decides what is of their own institution or what they signed."""
    is_free = institution_id not in access.institutions and access.user_id not in signed_by
    return access.has(*REVIEWERS) and is_free


def check_can_decide_plan(
    access: Access, institution_id: int, *, signed_by: Collection[int | None]
) -> None:
    """`signed_by`: whoever requested, sent or approved it, whatever their roles are by now.

    Raises PermissionDenied.
    """
    if not access.has(*REVIEWERS):
        raise PermissionDenied(
            _(
                "Sólo las analistas y la administración de DIGER aceptan o devuelven planes. La "
                "administración de DIGER asigna ese papel."
            )
        )
    if institution_id in access.institutions:
        raise PermissionDenied(
            _("Usted pertenece a esta institución: debe decidirlo otra persona de DIGER.")
        )
    if access.user_id in signed_by:
        raise PermissionDenied(why_not_decide(access, signed_by))


def why_not_decide(access: Access, signed_by: Collection[int | None]) -> str:
    """What DIGER's people read when they signed what they would decide; nobody else reads it."""
    if not access.has(*REVIEWERS) or access.user_id not in signed_by:
        return ""
    return _("Usted lo envió o lo aprobó: debe decidirlo otra persona de DIGER.")


def can_remind_plans(access: Access) -> bool:
    return access.has(*REVIEWERS)


def check_can_remind_plans(access: Access) -> None:
    if not can_remind_plans(access):
        raise PermissionDenied(
            _("Sólo las analistas y la administración de DIGER recuerdan a las instituciones.")
        )


def can_set_calendar(access: Access) -> bool:
    return access.has(Role.ADMINISTRATOR)


def check_can_set_calendar(access: Access) -> None:
    if not can_set_calendar(access):
        raise PermissionDenied(
            _("El calendario de formulación lo fija la administración de DIGER.")
        )


def can_lock_plan(
    access: Access, institution_id: int, *, signed_by: Collection[int | None]
) -> bool:
    """The administration, which keeps the calendar that locks the others."""
    return access.has(Role.ADMINISTRATOR) and can_decide_plan(
        access, institution_id, signed_by=signed_by
    )


def check_can_lock_plan(
    access: Access, institution_id: int, *, signed_by: Collection[int | None]
) -> None:
    """Raises PermissionDenied."""
    if not access.has(Role.ADMINISTRATOR):
        raise PermissionDenied(_("Los planes los bloquea la administración de DIGER."))
    check_can_decide_plan(access, institution_id, signed_by=signed_by)
