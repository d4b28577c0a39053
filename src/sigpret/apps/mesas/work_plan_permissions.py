"""Who writes the work plan of a mesa, who sends it, who approves it, who tells its progress."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sigpret.apps.mesas.queries.standing import Standing


def check_can_write_plan(standing: Standing) -> None:
    if not standing.writes:
        raise PermissionDenied(
            _(
                "El plan lo elaboran la coordinación técnica, su equipo de apoyo y la analista "
                "de DIGER de la mesa."
            )
        )


def can_send_plan(standing: Standing) -> bool:
    return standing.coordinates or standing.accompanies


def check_can_send_plan(standing: Standing) -> None:
    if not can_send_plan(standing):
        raise PermissionDenied(
            _("A aprobación lo envía la coordinación técnica de la mesa, o DIGER.")
        )


def check_can_approve_plan(standing: Standing, institution_id: int) -> None:
    if institution_id not in standing.headed_institutions:
        raise PermissionDenied(
            _(
                "La aprueban las máximas autoridades, no sus delegados: quien la institución "
                "acreditó en el nivel político."
            )
        )


def can_tell_activity(standing: Standing, institution_ids: Collection[int]) -> bool:
    """Who writes in the mesa, and the institutions that answer for the activity."""
    return standing.writes or any(standing.answers_for(pk) for pk in institution_ids)


def check_can_tell_activity(standing: Standing, institution_ids: Collection[int]) -> None:
    if not can_tell_activity(standing, institution_ids):
        raise PermissionDenied(
            _(
                "El avance lo informan las instituciones responsables de la actividad y la "
                "coordinación técnica."
            )
        )
