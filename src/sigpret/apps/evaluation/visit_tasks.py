"""The visits a person has to make, and those they made and did not sign."""

from collections.abc import Iterator
from datetime import datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.evaluation.queries.visits import VisitLine, visits_of
from sigpret.apps.evaluation.visit_permissions import VISITORS
from sigpret.apps.institutions.queries import Access
from sigpret.web.dates import TEGUCIGALPA, day_of
from sigpret.web.pending import PendingTask

END_OF_DAY = time(17)


def visit_tasks(access: Access, now: datetime) -> Iterator[PendingTask]:
    """One task for each; nothing for who does not visit."""
    if not access.has(*VISITORS):
        return
    for line in visits_of(access.user_id or 0, today=day_of(now)):
        yield task_of(line)


def task_of(line: VisitLine) -> PendingTask:
    is_planned = line.state == "planned"
    words = {"place": line.place}
    title = _("Visitar %(place)s") if is_planned else _("Firmar la visita a %(place)s")
    return PendingTask(
        title=title % words,
        url=reverse("evaluation:visit", args=[line.number]),
        action=_("Llenar la visita") if is_planned else _("Firmar"),
        detail=f"{line.datum.institution_name} · {line.datum.code} {line.datum.name}",
        due_at=datetime.combine(line.planned_for, END_OF_DAY, TEGUCIGALPA) if is_planned else None,
        icon="map" if is_planned else "signature",
        is_urgent=line.is_overdue,
    )
