"""What the people of the mesas ask: an institution to accredit, a mesa to constitute."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.queries.people_waiting import (
    MissingPeople,
    WaitingMesa,
    missing_people,
    waiting_mesas,
)
from sigpret.web.dates import date_words, day_of
from sigpret.web.pending import PendingTask


def people_tasks(access: Access, now: datetime) -> Iterator[PendingTask]:
    """The institution's accreditations that are missing; the analyst's mesas that wait."""
    if access.user_id is None:
        return
    for missing in missing_people(access):
        yield to_accredit(missing)
    for mesa in waiting_mesas(access, on=day_of(now)):
        yield to_constitute(mesa)


def to_accredit(missing: MissingPeople) -> PendingTask:
    title = (
        _("Acreditar a los representantes de %(place)s en la mesa de %(mesa)s")
        if missing.is_absent
        else _("Acreditar a quien dirige la UPGRET de %(place)s en la mesa de %(mesa)s")
    )
    return PendingTask(
        title=title % {"place": missing.place, "mesa": missing.mesa},
        url=f"{reverse('mesas:accredit', args=[missing.slug])}?institucion={missing.code}",
        action=_("Acreditar"),
        detail=_("Con el oficio de su institución ante DIGER."),
        icon="people",
    )


def to_constitute(mesa: WaitingMesa) -> PendingTask:
    return PendingTask(
        title=_("Constituir la mesa de %(mesa)s") % {"mesa": mesa.mesa},
        url=reverse("mesas:members", args=[mesa.slug]),
        action=_("Ver qué falta"),
        detail=_("Debía estar constituida el %(day)s.") % {"day": date_words(mesa.due_since)},
        icon="people",
    )
