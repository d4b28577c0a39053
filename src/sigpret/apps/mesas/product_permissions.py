"""Who writes the products of a mesa, who proposes them, who decides, who solves a bottleneck."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sigpret.apps.mesas.queries.standing import Standing


def can_propose(standing: Standing) -> bool:
    """The technical level: its coordination, or DIGER's analyst."""
    return standing.coordinates or standing.accompanies


def check_can_propose(standing: Standing) -> None:
    if not can_propose(standing):
        raise PermissionDenied(
            _("Al nivel político lo propone la coordinación técnica de la mesa, o DIGER.")
        )


def can_follow_bottleneck(standing: Standing, owner_id: int) -> bool:
    """Who writes in the mesa, and the institution in charge."""
    return standing.writes or standing.answers_for(owner_id)


def check_can_follow_bottleneck(standing: Standing, owner_id: int) -> None:
    if not can_follow_bottleneck(standing, owner_id):
        raise PermissionDenied(
            _("Lo informan la institución encargada y quienes escriben en la mesa.")
        )
