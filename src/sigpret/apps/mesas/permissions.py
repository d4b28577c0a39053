"""Who reads a mesa, convenes it, writes its minutes and decides. Each refusal says who can."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import NATIONAL_READERS, Role
from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.models import Designation
from sigpret.apps.mesas.models.mesa import Level
from sigpret.apps.mesas.queries.standing import Standing


def check_can_read(standing: Standing) -> None:
    if not standing.reads:
        raise PermissionDenied(
            _(
                "Una mesa la leen sus integrantes, las instituciones de su sector, DIGER, "
                "la Presidencia y la auditoría. Pida a DIGER que le acrediten."
            )
        )


def check_can_write(standing: Standing) -> None:
    if not standing.writes:
        raise PermissionDenied(
            _(
                "Sólo la coordinación técnica, su equipo de apoyo y la analista de DIGER "
                "escriben en esta mesa."
            )
        )


def check_can_convene(standing: Standing) -> None:
    if not standing.coordinates:
        raise PermissionDenied(
            _(
                "Sólo la coordinación técnica convoca, pide conformidad y distribuye. "
                "Su equipo de apoyo puede dejarlo preparado."
            )
        )


def check_can_accompany(standing: Standing) -> None:
    if not standing.accompanies:
        raise PermissionDenied(
            _("Sólo la analista de DIGER de la mesa o la administración pueden hacerlo.")
        )


def duties_open_to(standing: Standing) -> list[tuple[str, str]]:
    """The duties the person may give, with their words: analysts are for the administration."""
    return [
        (duty, str(label))
        for duty, label in Designation.Duty.choices
        if duty != Designation.Duty.ANALYST or standing.access.has(Role.ADMINISTRATOR)
    ]


def check_can_accredit(standing: Standing, institution_id: int, level: str) -> None:
    if standing.accredits(institution_id, level):
        return
    if level == Level.POLITICAL:
        raise PermissionDenied(
            _("El nivel político lo acredita la máxima autoridad de la institución, o DIGER.")
        )
    raise PermissionDenied(
        _("Cada institución acredita a sus representantes ante DIGER; DIGER los registra.")
    )


def check_can_see_contacts(standing: Standing, institution_id: int) -> None:
    if not standing.sees_contacts_of(institution_id):
        raise PermissionDenied(
            _("Teléfonos, correos y oficios los ven quien convoca y la propia institución.")
        )


def check_can_decide(standing: Standing) -> None:
    if not standing.decides:
        raise PermissionDenied(
            _("Decide el nivel político: su coordinación o la Presidencia de la República.")
        )


def can_compare_mesas(access: Access) -> bool:
    return access.has(*NATIONAL_READERS)


def check_can_compare_mesas(access: Access) -> None:
    if not can_compare_mesas(access):
        raise PermissionDenied(
            _("El cumplimiento de las 22 mesas lo leen DIGER, la Presidencia y la auditoría.")
        )
