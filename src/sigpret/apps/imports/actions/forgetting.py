"""Workbooks nobody applied in time: their files go, what they changed (nothing) stays as it was."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from sigpret.apps.audit.actions import record
from sigpret.apps.imports import originals
from sigpret.apps.imports.models import PlanImport, WorkbookLot

State = WorkbookLot.State


@transaction.atomic
def forget_expired_lots(*, at: datetime) -> int:
    """Put away every workbook that expired unapplied and remove its file; how many.

    An applied one keeps its file: it says where the data came from. So does whatever has the
    same bytes and has not expired. Run it as often as wanted.
    """
    held = WorkbookLot.objects.select_for_update(skip_locked=True).filter(expires_at__lte=at)
    lots = list(held.exclude(state=State.APPLIED).exclude(file="").order_by("pk"))
    if not lots:
        return 0
    files = {str(lot.file) for lot in lots}
    rows = WorkbookLot.objects.filter(pk__in=[lot.pk for lot in lots])
    rows.filter(state=State.REVIEW).update(state=State.DISCARDED)
    rows.update(file="", content={}, corrections={}, decisions={}, updated_at=at)
    transaction.on_commit(lambda: remove_unused(files))
    record(
        actor=None,
        action="imports.workbooks_forgotten",
        subject_type="workbook_lot",
        subject_id="expired",
        payload={"lots": [lot.pk for lot in lots]},
    )
    return len(lots)


def remove_unused(files: Collection[str]) -> None:
    """Remove the files no row names any more."""
    for model in (WorkbookLot, PlanImport):
        named = model._default_manager.filter(file__in=files)
        files = set(files) - {str(one) for one in named.values_list("file", flat=True)}
    for relative in files:
        originals.remove(relative)
