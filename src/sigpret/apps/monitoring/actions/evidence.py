"""Showing evidence for a value, and taking it away: under the same rules as writing the value."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.evidence.actions import (
    StoredEvidence,
    UnusableEvidenceError,
    put_away_evidence,
    replace_evidence,
)
from sigpret.apps.evidence.models import Evidence
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.deadlines import (
    Hold,
    RoundNotOpenError,
    check_accepts,
    held_round,
)
from sigpret.apps.monitoring.actions.values import (
    check_is_open,
    check_subject,
    held_report,
    held_value,
    written_states,
)
from sigpret.apps.monitoring.models import (
    EvidenceUse,
    ProgressReport,
    ReportedValue,
)
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.monitoring.queries.sheet import SubjectKind
from sigpret.apps.monitoring.workflow import state_of_report, target_of
from sigpret.methodology.periods import Period

#: What the institution still has in its hands: nobody at DIGER has it to decide.
OPEN_STATES = (ReportState.DRAFT, ReportState.AWAITING_APPROVAL, ReportState.RETURNED)


@dataclass(frozen=True, slots=True)
class Pairing:
    """An evidence and the row it is shown for: `kind` and id as in `SheetRow`."""

    kind: str
    subject_id: int
    evidence_id: int


@dataclass(frozen=True, slots=True)
class AttachedEvidence:
    """`version` is the value's now. `is_changed` False: it was already so."""

    value_id: int
    version: int
    is_changed: bool


@transaction.atomic
def attach_evidence(
    *,
    actor: User,
    access: Access,
    institution: Institution,
    period: Period,
    product_id: int | None = None,
    indicator_id: int | None = None,
    evidence_id: int,
    at: datetime,
) -> AttachedEvidence:
    """Show an evidence for the value of a product or an indicator (exactly one id is given).

    Nothing written yet becomes a blank value, version 0. Answering a returned value, or
    correcting a sent one, counts as writing it. Twice has one effect.
    Raises PermissionDenied, RoundNotOpenError, UnknownSubjectError, LockedValueError,
    UnusableEvidenceError.
    """
    kind = SubjectKind.PRODUCT if product_id is not None else SubjectKind.INDICATOR
    pairing = Pairing(kind, product_id or indicator_id or 0, evidence_id)
    return attach_matches(
        actor=actor,
        access=access,
        institution=institution,
        period=period,
        pairings=[pairing],
        at=at,
    )[0]


@transaction.atomic
def attach_matches(
    *,
    actor: User,
    access: Access,
    institution: Institution,
    period: Period,
    pairings: Iterable[Pairing],
    at: datetime,
) -> list[AttachedEvidence]:
    """Show many evidences at once, all or none, with one event. Raises as `attach_evidence`."""
    report = open_report(access, institution, period, at)
    # In one order, so that two people who confirm at once never wait for each other.
    wanted = sorted(set(pairings), key=lambda one: (one.kind, one.subject_id, one.evidence_id))
    check_usable(institution, {one.evidence_id for one in wanted})
    done = [attach(report, one, actor=actor, at=at) for one in wanted]
    changed = [
        {"value_id": result.value_id, "evidence_id": pairing.evidence_id}
        for pairing, result in zip(wanted, done, strict=True)
        if result.is_changed
    ]
    if changed:
        note(report, actor, "monitoring.evidence_attached", period, changed)
    return done


@transaction.atomic
def detach_evidence(
    *,
    actor: User,
    access: Access,
    institution: Institution,
    period: Period,
    product_id: int | None = None,
    indicator_id: int | None = None,
    evidence_id: int,
    at: datetime,
) -> AttachedEvidence:
    """Show it no longer for the value; the evidence itself stays. Raises as `attach_evidence`."""
    report = open_report(access, institution, period, at)
    check_subject(institution, period, product_id, indicator_id)
    stored = held_value(report, product_id=product_id, indicator_id=indicator_id)
    uses = EvidenceUse.objects.filter(value_id=stored.pk, evidence_id=evidence_id)
    if stored.pk is None or not uses.exists():
        return AttachedEvidence(stored.pk or 0, stored.version, is_changed=False)
    check_is_open(stored)
    uses.delete()
    touch(stored)
    changed = [{"value_id": stored.pk, "evidence_id": evidence_id}]
    note(report, actor, "monitoring.evidence_detached", period, changed)
    return AttachedEvidence(stored.pk, stored.version, is_changed=True)


@transaction.atomic
def substitute_evidence(
    *, actor: User, access: Access, evidence_id: int, name: str, file: BinaryIO, at: datetime
) -> StoredEvidence:
    """Put a file in the place of an evidence, also in the values its institution still holds.

    What was sent or validated keeps what it was sent with. Raises PermissionDenied,
    RefusedEvidenceError and Evidence.DoesNotExist.
    """
    replaced = replace_evidence(
        actor=actor, access=access, evidence_id=evidence_id, name=name, file=file, at=at
    )
    if replaced.is_new:
        show_instead(evidence_id, replaced.evidence.id, actor=actor, at=at)
    return replaced


def show_instead(old_id: int, new_id: int, *, actor: User, at: datetime) -> None:
    """In the values the institution may still write: the new evidence where the old one was."""
    shown = EvidenceUse.objects.filter(evidence_id=old_id, value__state__in=OPEN_STATES)
    places = shown.order_by().values_list("value__period", "value__report__institution_id")
    accepting = [
        period for period, institution in places.distinct() if accepts(period, institution, at)
    ]
    held = shown.filter(value__period__in=accepting).order_by("pk")
    # Reports before values, as everybody takes them.
    reports = {use.value.report_id for use in held.select_related("value")}
    for report in ProgressReport.objects.filter(pk__in=reports).order_by("pk").select_for_update():
        for use in held.filter(value__report=report):
            use.value.report = report
            touch(use.value)
            use.evidence_id, use.attached_by, use.attached_at = new_id, actor, at
            use.save(update_fields=["evidence", "attached_by", "attached_at"])


def accepts(period: str, institution_id: int, at: datetime) -> bool:
    """Does the quarter take values of that institution now? Its round is held from here on."""
    try:
        held = held_round(Period.parse(period), Hold.WRITING, institution_id=institution_id)
        check_accepts(held, at)
    except RoundNotOpenError:
        return False
    return True


@transaction.atomic
def withdraw_evidence(*, actor: User, access: Access, evidence_id: int, at: datetime) -> bool:
    """Put away an evidence that no value shows; False when it already was.

    Raises PermissionDenied, UnusableEvidenceError and Evidence.DoesNotExist.
    """
    # Whoever attaches it holds it too, so it cannot come into use in between.
    Evidence.objects.select_for_update(of=("self",)).get(pk=evidence_id)
    is_used = EvidenceUse.objects.filter(evidence_id=evidence_id).exists()
    return put_away_evidence(
        actor=actor, access=access, evidence_id=evidence_id, is_used=is_used, at=at
    )


def open_report(
    access: Access, institution: Institution, period: Period, at: datetime
) -> ProgressReport:
    """The report, begun if need be and held, of a quarter that takes values now."""
    check_can_write_report(access, institution.pk)
    held = held_round(period, Hold.WRITING, institution_id=institution.pk)
    check_accepts(held, at)
    return held_report(institution, held)


def check_usable(institution: Institution, evidence_ids: set[int]) -> None:
    """Every evidence is the institution's, neither withdrawn nor replaced; held until the end."""
    held = Evidence.objects.select_for_update(of=("self",), no_key=True).filter(
        pk__in=evidence_ids,
        institution=institution,
        withdrawn_at__isnull=True,
        replaced_by__isnull=True,
    )
    if len(held.order_by("pk")) != len(evidence_ids):
        raise UnusableEvidenceError(
            _(
                "Esa evidencia ya no se puede usar: fue retirada o reemplazada, o no es de la "
                "institución."
            )
        )


def attach(
    report: ProgressReport, pairing: Pairing, *, actor: User, at: datetime
) -> AttachedEvidence:
    is_product = pairing.kind == SubjectKind.PRODUCT
    product_id = pairing.subject_id if is_product else None
    indicator_id = None if is_product else pairing.subject_id
    period = Period.parse(report.round.period)
    check_subject(report.institution, period, product_id, indicator_id)
    stored = held_value(report, product_id=product_id, indicator_id=indicator_id)
    shown = EvidenceUse(evidence_id=pairing.evidence_id, attached_by=actor, attached_at=at)
    if stored.pk and stored.evidence_uses.filter(evidence_id=pairing.evidence_id).exists():
        return AttachedEvidence(stored.pk, stored.version, is_changed=False)
    check_is_open(stored)
    touch(stored)
    shown.value = stored
    shown.save(force_insert=True)
    return AttachedEvidence(stored.pk, stored.version, is_changed=True)


def touch(stored: ReportedValue) -> None:
    """What evidence does to its value: a draft stays as it is; anything else was written again."""
    if stored.pk is None:
        stored.save(force_insert=True)
    if stored.state == ReportState.DRAFT:
        return
    stored.state = target_of("write", stored.state) or stored.state
    stored.version += 1
    stored.save(update_fields=["state", "version"])
    report = stored.report
    report.state = state_of_report(written_states(report))
    report.version += 1
    report.save(update_fields=["state", "version"])


def note(
    report: ProgressReport,
    actor: User,
    action: str,
    period: Period,
    changed: list[dict[str, int]],
) -> None:
    record(
        actor=actor,
        action=action,
        subject_type="progress_report",
        subject_id=report.pk,
        payload={"period": period.code, "evidence": changed},
    )
