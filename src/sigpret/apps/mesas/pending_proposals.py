"""What the products of a mesa ask: a decision of its political level."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.accounts.roles import SECTOR_ROLES
from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.models import Designation
from sigpret.apps.mesas.product_places import address_of_product
from sigpret.apps.mesas.queries.duties import mesas_by_duty
from sigpret.apps.mesas.queries.proposals_waiting import WaitingProposal, waiting_proposals
from sigpret.web.dates import day_of, short_date
from sigpret.web.pending import PendingTask


def proposal_tasks(access: Access, now: datetime) -> Iterator[PendingTask]:
    """What waits for the political coordination of a mesa; three statements for who has one."""
    if access.user_id is None or not access.has(*SECTOR_ROLES):
        return
    duties = mesas_by_duty(access.user_id, on=day_of(now))
    mesas = duties.get(Designation.Duty.POLITICAL_COORDINATOR, {})
    for waiting in waiting_proposals(list(mesas)) if mesas else ():
        yield to_decide(waiting)


def to_decide(waiting: WaitingProposal) -> PendingTask:
    return PendingTask(
        title=_("Decidir lo que propone la mesa de %(name)s") % {"name": waiting.mesa},
        url=address_of(waiting),
        action=_("Leer y decidir"),
        detail=_("%(what)s · espera desde el %(day)s")
        % {"what": waiting.title, "day": short_date(waiting.proposed_at)},
        icon="signature",
        is_urgent=True,
    )


def address_of(waiting: WaitingProposal) -> str:
    if not waiting.kind:
        return reverse("mesas:strategy", args=[waiting.slug, waiting.id])
    return address_of_product(waiting.slug, waiting)
