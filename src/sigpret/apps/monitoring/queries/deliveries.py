"""D4: how far each institution is with its report, how long it has, and what was said last."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Count, Max

from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.models import ProgressReport, Reminder, ReportedValue
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.queries.due import due_by_state
from sigpret.apps.monitoring.queries.extensions import ExtensionFacts, extensions_of
from sigpret.apps.monitoring.queries.rounds import RoundFacts


class Stage(StrEnum):
    """Where a report is, the least advanced first."""

    NOT_BEGUN = "not_begun"
    WRITING = "writing"
    TO_APPROVE = "to_approve"
    RETURNED = "returned"
    SENT = "sent"
    IN_REVIEW = "in_review"
    VALIDATED = "validated"


#: Whoever stands here owes DIGER something.
OWING = (Stage.NOT_BEGUN, Stage.WRITING, Stage.TO_APPROVE, Stage.RETURNED)


@dataclass(frozen=True, slots=True)
class LastContact:
    """When the institution was last reminded and how often, and when it last wrote."""

    reminded_at: datetime | None
    reminders: int
    wrote_at: datetime | None


NO_CONTACT = LastContact(None, 0, None)


@dataclass(frozen=True, slots=True)
class Delivery:
    """An institution in a round. Counts are of due values; `deadline` is its own."""

    institution_id: int
    code: str
    name: str
    report_id: int | None
    stage: Stage
    due: int
    written: int
    validated: int
    returned: int
    deadline: datetime
    extension: ExtensionFacts | None
    contact: LastContact
    submitted_at: datetime | None

    @property
    def is_owing(self) -> bool:
        return self.stage in OWING

    @property
    def has_request(self) -> bool:
        return self.extension is not None and self.extension.is_waiting


@dataclass(frozen=True, slots=True)
class DeliveryMatrix:
    """Every institution with something due, by code; and how many stand at each stage."""

    round: RoundFacts
    deliveries: tuple[Delivery, ...]

    @property
    def counts(self) -> Mapping[Stage, int]:
        counted = Counter(delivery.stage for delivery in self.deliveries)
        return {stage: counted[stage] for stage in Stage}

    @property
    def sent(self) -> int:
        return sum(not delivery.is_owing for delivery in self.deliveries)

    @property
    def requests(self) -> int:
        return sum(delivery.has_request for delivery in self.deliveries)


def delivery_matrix(round_: RoundFacts) -> DeliveryMatrix:
    """The whole country's delivery in six statements, however many institutions."""
    states, reports = due_by_state(round_.period), reports_of(round_.id)
    extensions, contacts = extensions_of(round_.id), last_contacts(round_.id)
    owing = {institution for institution, _state in states}
    found = Institution.objects.filter(pk__in=owing).order_by("code")
    deliveries = []
    for pk, code, name in found.values_list("pk", "code", "name"):
        counts = {state: count for (whose, state), count in states.items() if whose == pk}
        report = reports.get(pk, SentReport())
        extension = extensions.get(pk)
        deliveries.append(
            Delivery(
                institution_id=pk,
                code=code,
                name=name,
                report_id=report.id,
                stage=stage_of(report.state, counts, report.decided),
                due=sum(counts.values()),
                written=sum(counts.values()) - counts.get("missing", 0),
                validated=counts.get(ReportState.VALIDATED, 0),
                returned=counts.get(ReportState.RETURNED, 0),
                deadline=deadline_of(round_, extension),
                extension=extension,
                contact=contacts.get(pk, NO_CONTACT),
                submitted_at=report.sent_at,
            )
        )
    return DeliveryMatrix(round_, tuple(deliveries))


class SentReport(NamedTuple):
    """A report as the matrix counts it: `decided` are its values somebody decided."""

    id: int | None = None
    state: str = ""
    sent_at: datetime | None = None
    decided: int = 0


def reports_of(round_id: int) -> dict[int, SentReport]:
    """The reports of a round by institution; one statement."""
    rows = (
        ProgressReport.objects.filter(round_id=round_id)
        .annotate(decided=Count("values__decided_at"))
        .values_list("institution_id", "pk", "state", "submitted_at", "decided")
    )
    return {
        institution: SentReport(pk, state, sent_at, decided)
        for institution, pk, state, sent_at, decided in rows
    }


def deadline_of(round_: RoundFacts, extension: ExtensionFacts | None) -> datetime:
    """Until when an institution may send: never before everybody else."""
    if extension is None or not extension.is_granted or extension.until is None:
        return round_.closes_at
    return max(round_.closes_at, extension.until)


STAGES = {
    ReportState.AWAITING_APPROVAL: Stage.TO_APPROVE,
    ReportState.RETURNED: Stage.RETURNED,
    ReportState.VALIDATED: Stage.VALIDATED,
}


def stage_of(state: str, counts: Mapping[str, int], decided: int) -> Stage:
    """The stage of a report from its state and its due values."""
    if state == ReportState.SUBMITTED:
        return Stage.IN_REVIEW if decided else Stage.SENT
    if state in STAGES:
        return STAGES[ReportState(state)]
    return Stage.WRITING if set(counts) - {"missing"} else Stage.NOT_BEGUN


def last_contacts(round_id: int) -> dict[int, LastContact]:
    """What was said between DIGER and each institution in a round; two statements."""
    reminders = {
        institution: (last, number)
        for institution, last, number in Reminder.objects.filter(round_id=round_id)
        .order_by()
        .values("institution_id")
        .annotate(last=Max("sent_at"), number=Count("pk"))
        .values_list("institution_id", "last", "number")
    }
    wrote = dict(
        ReportedValue.objects.filter(report__round_id=round_id)
        .order_by()
        .values("report__institution_id")
        .annotate(last=Max("reported_at"))
        .values_list("report__institution_id", "last")
    )
    return {
        institution: LastContact(*reminders.get(institution, (None, 0)), wrote.get(institution))
        for institution in {*reminders, *wrote}
    }
