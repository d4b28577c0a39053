"""The administration tries a failed mail again."""

from django.db import transaction
from django.db.models.functions import Now

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.notices.models import Delivery
from sigpret.apps.notices.permissions import Access, check_can_administer_notices

RETRIED = "notices.delivery_retried"


@transaction.atomic
def retry_delivery(*, actor: User, access: Access, delivery_id: int) -> bool:
    """Put a failed mail back in the queue, under the same Message-ID; whether it was failed.

    Raises PermissionDenied.
    """
    check_can_administer_notices(access)
    failed = Delivery.objects.filter(pk=delivery_id, state=Delivery.State.FAILED)
    back = failed.update(
        state=Delivery.State.QUEUED, attempts=0, due_at=Now(), queued_at=Now(), last_error=""
    )
    if back:
        record(actor=actor, action=RETRIED, subject_type="notice_delivery", subject_id=delivery_id)
    return bool(back)
