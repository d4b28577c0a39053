"""Who may take each step of a plan, and of a change of it. Nobody approves what they sent."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import Access

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


def can_decide_plan(access: Access, institution_id: int) -> bool:
    """DIGER decides, but nobody decides what is of their own institution."""
    return access.has(*REVIEWERS) and institution_id not in access.institutions


def check_can_decide_plan(access: Access, institution_id: int) -> None:
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


def can_lock_plan(access: Access, institution_id: int) -> bool:
    return access.has(Role.ADMINISTRATOR) and institution_id not in access.institutions
