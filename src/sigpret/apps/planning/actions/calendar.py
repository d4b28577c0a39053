"""Setting the days by which a year is formulated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import FormulationStep
from sigpret.apps.planning.step_permissions import check_can_set_calendar

Code = FormulationStep.Code
#: Each comes on the day of the one before it, or later.
CHAINS = (
    (Code.START, Code.SUBMISSION, Code.APPROVAL, Code.ACCEPTANCE, Code.LOCK),
    (Code.START, Code.CEILINGS, Code.BUDGET_PROPOSAL),
)


class CalendarError(Exception):
    """Days that cannot be; the text says which."""


@transaction.atomic
def set_formulation(
    *,
    actor: User,
    access: Access,
    fiscal_year: int,
    days: Mapping[str, date | None],
    source: str,
    seen: Mapping[str, date],
    at: datetime,
) -> bool:
    """Set the last day of each step of the formulation of a year; was anything changed?

    `days` maps a `FormulationStep.Code` to its day, None to leave it without one; `source` says
    which act sets them; `seen` is what the person was looking at. Saving the same twice changes
    nothing. Raises PermissionDenied, and CalendarError: no source, days out of order, or
    somebody set others meanwhile.
    """
    check_can_set_calendar(access)
    rows = FormulationStep.objects.select_for_update().filter(fiscal_year=fiscal_year)
    stored = {row.code: row for row in rows.order_by("pk")}
    before = {code: row.due_on for code, row in stored.items()}
    wanted = {code: day for code, day in days.items() if day is not None}
    if wanted == before:
        return False
    if before != dict(seen):
        raise CalendarError(_("Otra persona cambió el calendario: revise los días y guarde."))
    check_days(wanted)
    if not source.strip():
        raise CalendarError(_("Escriba qué acto o circular fija estos días."))
    for code in before.keys() - wanted.keys():
        stored[code].delete()
    for code, day in wanted.items():
        if before.get(code) != day:
            write(stored.get(code), fiscal_year, code, day, source.strip())
    record(
        actor=actor,
        action="planning.formulation_set",
        subject_type="formulation",
        subject_id=fiscal_year,
        payload={"before": before, "after": wanted, "source": source.strip(), "at": at},
    )
    return True


def check_days(days: Mapping[str, date]) -> None:
    """Raise CalendarError when a step would end before the one it follows."""
    for chain in CHAINS:
        for first, second in pairwise([code for code in chain if code in days]):
            if days[second] < days[first]:
                raise CalendarError(
                    _("«%(second)s» no puede vencer antes que «%(first)s».")
                    % {"first": first.label, "second": second.label}
                )


def write(row: FormulationStep | None, fiscal_year: int, code: str, day: date, source: str) -> None:
    if row is None:
        FormulationStep.objects.create(
            fiscal_year=fiscal_year, code=code, due_on=day, source=source
        )
        return
    row.due_on, row.source, row.version = day, source, row.version + 1
    row.save()
