"""What the rounds ask of DIGER: extensions and changes to decide, a closing to finish."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.pending import closing_url
from sigpret.apps.monitoring.permissions import (
    can_close_round,
    can_grant_extension,
    can_review,
)
from sigpret.apps.monitoring.queries.waiting import (
    confirmations_of_others,
    waiting_changes,
    waiting_extensions,
)
from sigpret.web.dates import period_name, short_date
from sigpret.web.pending import PendingTask


def round_tasks(access: Access, now: datetime) -> Iterator[PendingTask]:
    """The decisions that wait for this person; one statement for each kind they decide."""
    if can_grant_extension(access):
        yield from extension_tasks()
    if can_review(access):
        yield from change_tasks(access)
    if can_close_round(access):
        yield from confirmation_tasks(access)


def extension_tasks() -> Iterator[PendingTask]:
    waiting = waiting_extensions()
    if waiting:
        text = ngettext("Decidir %(n)s prórroga", "Decidir %(n)s prórrogas", len(waiting))
        yield PendingTask(
            title=text % {"n": len(waiting)},
            url=f"{reverse('monitoring:deliveries')}?etapa=prorroga",
            action=_("Decidir"),
            detail=", ".join(name for name, _deadline in waiting[:3]),
            due_at=min(deadline for _name, deadline in waiting),
            icon="calendar",
        )


def change_tasks(access: Access) -> Iterator[PendingTask]:
    number = waiting_changes(access)
    if number:
        text = ngettext(
            "Decidir %(n)s solicitud de cambio", "Decidir %(n)s solicitudes de cambio", number
        )
        yield PendingTask(
            title=text % {"n": number},
            url=reverse("monitoring:changes"),
            action=_("Decidir"),
            detail=_("Datos de trimestres cerrados que deben ser otros."),
            icon="history",
        )


def confirmation_tasks(access: Access) -> Iterator[PendingTask]:
    for one in confirmations_of_others(access):
        yield PendingTask(
            title=_("Confirmar y cerrar el %(period)s") % {"period": period_name(one.period)},
            url=closing_url(one.period),
            action=_("Cerrar"),
            detail=_("%(who)s confirmó el %(day)s: falta la segunda persona.")
            % {"who": one.confirmed_by, "day": short_date(one.confirmed_at)},
            icon="lock",
            is_urgent=True,
        )
