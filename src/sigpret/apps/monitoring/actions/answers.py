"""Answering what the review returned: with words, and with the correction they ask for."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.comments import add_comment
from sigpret.apps.monitoring.actions.deadlines import Hold, check_accepts, held_round
from sigpret.apps.monitoring.actions.saving import save_value
from sigpret.apps.monitoring.actions.values import (
    ConflictError,
    LockedValueError,
    SavedValue,
    check_is_open,
    held_report,
    held_value,
    saved,
)
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class Correction:
    """The value an answer corrects the datum to."""

    value: Decimal | None


@transaction.atomic
def answer_value(
    *,
    actor: User,
    access: Access,
    value_id: int,
    text: str,
    correction: Correction | None = None,
    expected_version: int,
    at: datetime,
) -> SavedValue:
    """Say why to the review and, with `correction`, write the corrected value: both or neither.

    A returned datum counts as answered. Raises what `add_comment` and `save_value` raise, and
    LockedValueError for a datum that was not returned.
    """
    seen = ReportedValue.objects.select_related("report__institution", "report__round").get(
        pk=value_id
    )
    check_can_write_report(access, seen.report.institution_id)
    check_was_returned(seen)
    if correction is not None and correction.value != seen.value:
        # The value first: it takes the round, the report and the datum in everybody's order.
        save_value(
            **subject_of(seen),
            actor=actor,
            access=access,
            value=correction.value,
            cause_category=seen.cause_category,
            cause=seen.cause,
            expected_version=expected_version,
            at=at,
        )
    else:
        touch(seen, actor, expected_version, at)
    add_comment(actor=actor, access=access, value_id=value_id, text=text, at=at)
    stored = ReportedValue.objects.select_related("report").get(pk=value_id)
    return saved(stored, is_changed=True)


def subject_of(seen: ReportedValue) -> dict[str, Any]:
    return {
        "institution": seen.report.institution,
        "period": Period.parse(seen.period),
        "product_id": seen.product_id,
        "indicator_id": seen.indicator_id,
    }


def check_was_returned(seen: ReportedValue) -> None:
    if seen.state != ReportState.RETURNED:
        raise LockedValueError(_("DIGER ya no espera respuesta sobre este dato."))


def touch(seen: ReportedValue, actor: User, expected_version: int, at: datetime) -> None:
    """The same value, maintained: a new version that says who answers for it."""
    institution = seen.report.institution
    held = held_round(Period.parse(seen.period), Hold.WRITING, institution_id=institution.pk)
    check_accepts(held, at)
    stored = held_value(
        held_report(institution, held), product_id=seen.product_id, indicator_id=seen.indicator_id
    )
    check_is_open(stored)
    if stored.version != expected_version:
        raise ConflictError(stored, stored.value)
    stored.version += 1
    stored.reported_by, stored.reported_at = actor, at
    stored.save()
