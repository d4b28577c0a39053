"""Two people wrote the same datum: what is not kept stays in the history all the same."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.values import plain
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.methodology.periods import Period


@transaction.atomic
def settle_conflict(
    *,
    actor: User,
    access: Access,
    institution: Institution,
    period: Period,
    product_id: int | None = None,
    indicator_id: int | None = None,
    discarded: Decimal | None,
    at: datetime,
) -> bool:
    """Note that the person typed `discarded` and took what a colleague had written instead.

    The value does not change. False when there is no such value, or it is the same. Raises
    PermissionDenied.
    """
    check_can_write_report(access, institution.pk)
    subject = {"product_id": product_id} if product_id else {"indicator_id": indicator_id or 0}
    stored = ReportedValue.objects.filter(
        report__institution=institution, period=period.code, **subject
    ).first()
    if stored is None or stored.value == discarded:
        return False
    record(
        actor=actor,
        action="monitoring.conflict_settled",
        subject_type="progress_report",
        subject_id=stored.report_id,
        payload={
            "value_id": stored.pk,
            "period": period.code,
            "kept": plain(stored.value),
            "discarded": plain(discarded),
            "at": at,
        },
    )
    return True
