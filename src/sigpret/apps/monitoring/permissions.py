"""Who may write, decide and close. `check_can_x` raises with the sentence; `can_x` answers."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import INSTITUTION_ROLES, NATIONAL_READERS, Role
from sigpret.apps.institutions.queries import Access

REVIEWERS = (Role.ANALYST, Role.ADMINISTRATOR)


def can_choose_institution(access: Access) -> bool:
    """Does the person read the country, and not only where they work?"""
    return access.has(*NATIONAL_READERS)


def check_can_list_library(access: Access) -> None:
    if not access.institutions and not can_choose_institution(access):
        raise PermissionDenied(
            _(
                "Las evidencias las ven la UPGRET de cada institución, DIGER y la auditoría. "
                "La administración de DIGER asigna esos papeles."
            )
        )


def can_read_report(access: Access, institution_id: int) -> bool:
    return access.reads_institution(institution_id)


def check_can_read_report(access: Access, institution_id: int) -> None:
    if not can_read_report(access, institution_id):
        raise PermissionDenied(
            _("Este reporte aún no es público. Pida acceso a la UPGRET de la institución.")
        )


def can_write_report(access: Access, institution_id: int) -> bool:
    return access.works_for(institution_id)


def check_can_write_report(access: Access, institution_id: int) -> None:
    if not can_write_report(access, institution_id):
        raise PermissionDenied(
            _(
                "Sólo la UPGRET de la institución puede escribir y enviar este reporte. "
                "La administración de DIGER asigna ese papel."
            )
        )


def can_approve(access: Access, institution_id: int) -> bool:
    """Does the person answer for what this institution sends?"""
    return Role.APPROVER in access.institutions.get(institution_id, ())


def check_can_approve(access: Access, institution_id: int) -> None:
    if not can_approve(access, institution_id):
        raise PermissionDenied(
            _(
                "Sólo la máxima autoridad de la institución, o quien ella delegue, aprueba este "
                "reporte. La administración de DIGER asigna ese papel."
            )
        )


def can_review(access: Access) -> bool:
    return access.has(*REVIEWERS)


def check_can_review(access: Access) -> None:
    if not can_review(access):
        raise PermissionDenied(
            _(
                "Sólo las analistas y la administración de DIGER validan o devuelven datos. "
                "La administración de DIGER asigna ese papel."
            )
        )


def can_comment(access: Access, institution_id: int) -> bool:
    """Whoever reports the datum or reviews it, their own included: speaking decides nothing."""
    return can_review(access) or can_write_report(access, institution_id)


def check_can_comment(access: Access, institution_id: int) -> None:
    if not can_comment(access, institution_id):
        raise PermissionDenied(
            _("Sólo la institución y quienes validan en DIGER conversan sobre este dato.")
        )


def check_can_read_threads(access: Access) -> None:
    """Those who read the country, and those who work for an institution; of theirs only."""
    if not can_read_report(access, 0) and not access.has(*INSTITUTION_ROLES):
        raise PermissionDenied(
            _("Las conversaciones son de las instituciones y de quienes validan en DIGER.")
        )


def conflict_of_interest(access: Access, *, institution_id: int, reported_by_id: int | None) -> str:
    """Why this person may not decide this value; empty when they may."""
    if reported_by_id is not None and reported_by_id == access.user_id:
        return _("Usted escribió este dato: debe decidirlo otra persona.")
    if institution_id in access.institutions:
        return _("Usted pertenece a esta institución: debe decidirlo otra persona.")
    return ""


def can_decide(access: Access, *, institution_id: int, reported_by_id: int | None) -> bool:
    return can_review(access) and not conflict_of_interest(
        access, institution_id=institution_id, reported_by_id=reported_by_id
    )


def check_can_decide(access: Access, *, institution_id: int, reported_by_id: int | None) -> None:
    check_can_review(access)
    check_no_interest(access, institution_id=institution_id, reported_by_id=reported_by_id)


def check_no_interest(
    access: Access, *, institution_id: int, reported_by_id: int | None = None
) -> None:
    """Nobody decides what they wrote, nor what is of their own institution."""
    if reason := conflict_of_interest(
        access, institution_id=institution_id, reported_by_id=reported_by_id
    ):
        raise PermissionDenied(reason)


def check_can_open_round(access: Access) -> None:
    if not access.has(Role.ADMINISTRATOR):
        raise PermissionDenied(_("Sólo la administración de DIGER abre un trimestre."))


def can_open_round(access: Access) -> bool:
    return access.has(Role.ADMINISTRATOR)


#: Who follows the delivery of every institution.
FOLLOWERS = frozenset({*REVIEWERS, Role.STATISTICIAN, Role.AUDITOR, Role.PRESIDENCY})


def check_can_follow(access: Access) -> None:
    if not access.has(*FOLLOWERS):
        raise PermissionDenied(
            _("El seguimiento de las entregas lo ven DIGER, la Presidencia y la auditoría.")
        )


def can_remind(access: Access) -> bool:
    return access.has(*REVIEWERS)


def check_can_remind(access: Access) -> None:
    if not can_remind(access):
        raise PermissionDenied(
            _("Sólo las analistas y la administración de DIGER recuerdan a las instituciones.")
        )


def can_grant_extension(access: Access) -> bool:
    return access.has(Role.ADMINISTRATOR)


def check_can_grant_extension(access: Access) -> None:
    if not can_grant_extension(access):
        raise PermissionDenied(
            _("Sólo la administración de DIGER concede o deniega prórrogas y excepciones.")
        )


def can_close_round(access: Access) -> bool:
    return access.has(Role.ADMINISTRATOR)


def check_can_close_round(access: Access) -> None:
    if not can_close_round(access):
        raise PermissionDenied(_("Sólo la administración de DIGER cierra un trimestre."))
