"""Who learns of a change request: DIGER when it is asked, whoever asked when it is decided."""

from datetime import datetime

from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import people_with
from sigpret.apps.monitoring.models import ChangeRequest
from sigpret.apps.monitoring.notice_kinds import CHANGE_DECIDED, CHANGE_REQUESTED
from sigpret.apps.monitoring.queries.changes import change_facts
from sigpret.apps.monitoring.queries.rounds import local_day
from sigpret.apps.notices.actions import notify
from sigpret.web.dates import period_words


def tell_asked(asked: ChangeRequest, at: datetime) -> None:
    """The administration of DIGER has something to decide."""
    facts = change_facts(asked.pk)
    notify(
        recipients=people_with(Role.ADMINISTRATOR, on=local_day(at)),
        kind=CHANGE_REQUESTED.code,
        subject_key=f"change:{asked.pk}",
        context={
            "institution": facts.institution_name,
            "code": facts.code,
            "name": facts.name,
            "period": period_words(facts.period),
            "subject": facts.institution_name,
            "detail": facts.reason,
        },
        url=reverse("monitoring:change", args=[asked.pk]),
        at=at,
        dedupe_key=f"change_requested:{asked.pk}",
    )


def tell_decided(asked: ChangeRequest, at: datetime) -> None:
    """Whoever asked reads what was decided, and why in the product."""
    facts = change_facts(asked.pk)
    notify(
        recipients=[asked.requested_by],
        kind=CHANGE_DECIDED.code,
        subject_key=f"change:{asked.pk}",
        context={
            "code": facts.code,
            "name": facts.name,
            "period": period_words(facts.period),
            "decision": str(ChangeRequest.State(asked.state).label),
            "detail": facts.note,
        },
        url=reverse("monitoring:change", args=[asked.pk]),
        at=at,
        dedupe_key=f"change_decided:{asked.pk}",
    )
