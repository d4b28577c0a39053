"""Who reads a budget that is not published, and who writes it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import Access


def can_read_budget(access: Access, institution_id: int) -> bool:
    return access.reads_institution(institution_id)


def check_can_read_budget(access: Access, institution_id: int) -> None:
    if not can_read_budget(access, institution_id):
        raise PermissionDenied(
            _(
                "El presupuesto de una institución lo leen su propia gente, DIGER, la Presidencia "
                "y auditoría."
            )
        )


def can_write_budget(access: Access, institution_id: int) -> bool:
    """The institution's planning unit prepares it; DIGER's administration may mend it."""
    return access.works_for(institution_id) or access.has(Role.ADMINISTRATOR)


def check_can_write_budget(access: Access, institution_id: int) -> None:
    if not can_write_budget(access, institution_id):
        raise PermissionDenied(
            _(
                "El presupuesto lo escriben la UPGRET o la máxima autoridad de la institución y la "
                "administración de DIGER."
            )
        )


def can_apportion(access: Access, institution_id: int, *, is_plan_writable: bool) -> bool:
    """Once the plan was sent, its products' money is moved by DIGER's administration alone."""
    if is_plan_writable:
        return can_write_budget(access, institution_id)
    return access.has(Role.ADMINISTRATOR)


def check_can_apportion(access: Access, institution_id: int, *, is_plan_writable: bool) -> None:
    check_can_write_budget(access, institution_id)
    if not can_apportion(access, institution_id, is_plan_writable=is_plan_writable):
        raise PermissionDenied(
            _(
                "El plan ya se envió: desde entonces el reparto entre sus productos sólo lo "
                "cambia la administración de DIGER. Pídale el cambio o que devuelvan el plan."
            )
        )


def can_set_ceilings(access: Access) -> bool:
    return access.has(Role.ADMINISTRATOR)


def check_can_set_ceilings(access: Access) -> None:
    if not can_set_ceilings(access):
        raise PermissionDenied(_("Los techos los fija la administración de DIGER."))


def check_can_bring_execution(access: Access, institution_id: int | None) -> None:
    """The country's file is DIGER's; an institution brings its own."""
    allowed = access.has(Role.ADMINISTRATOR) or (
        institution_id is not None and access.works_for(institution_id)
    )
    if not allowed:
        raise PermissionDenied(
            _(
                "La ejecución de todo el país la importa la administración de DIGER; la de una "
                "institución, también su UPGRET."
            )
        )


def can_bring_somewhere(access: Access) -> bool:
    """Does the person bring some institution's execution, or the country's?"""
    return access.has(Role.ADMINISTRATOR) or any(map(access.works_for, access.institutions))


def check_can_open_executions(access: Access) -> None:
    if not can_bring_somewhere(access):
        raise PermissionDenied(
            _(
                "La ejecución la importan la UPGRET o la máxima autoridad de cada institución y la "
                "administración de DIGER."
            )
        )


def can_add_classifiers(access: Access) -> bool:
    """Sources, bodies and objects are the whole country's."""
    return access.has(Role.ADMINISTRATOR)
