"""Planning a visit, writing what was seen, and signing it: after that nothing changes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.evaluation.models import FieldVisit, FieldVisitCheck
from sigpret.apps.evaluation.visit_permissions import check_can_visit
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.models import ReportedValue

LONGEST_LINE = 300
MOST_CHECKS = 20


class VisitError(Exception):
    """The visit cannot be written so; its text is the sentence for the person."""


class SignedVisitError(VisitError):
    """The visit is signed: it says what it says."""


class StaleVisitError(VisitError):
    """Somebody wrote in the visit since the person read it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen: `answers` and `notes` by number of the checklist."""

    done_on: date
    participants: str
    result: str
    findings: str
    found: Decimal | None
    answers: Mapping[int, str]
    notes: Mapping[int, str]


@transaction.atomic
def plan_visit(
    *,
    actor: User,
    access: Access,
    value_id: int,
    place: str,
    purpose: str,
    planned_for: date,
    questions: Sequence[str],
    at: datetime,
) -> FieldVisit:
    """Plan a visit for a reported datum; whoever plans it is who goes.

    The same plan of the same person for the same day is one visit. Raises PermissionDenied,
    VisitError and ReportedValue.DoesNotExist.
    """
    value = ReportedValue.objects.select_related("report").select_for_update(
        of=("self",), no_key=True
    ).get(pk=value_id)  # fmt: skip
    check_can_visit(access, value.report.institution_id)
    if value.value is None:
        raise VisitError(_("Ese dato aún no tiene un valor que comprobar."))
    asked = checked_questions(questions)
    same = {"value": value, "planned_by": actor, "planned_for": planned_for, "place": place.strip()}
    if (found := FieldVisit.objects.filter(**same).first()) is not None:
        return found
    visit = FieldVisit.objects.create(
        **same, purpose=purpose.strip(), visitor=actor, planned_at=at, reported=value.value
    )
    FieldVisitCheck.objects.bulk_create(
        FieldVisitCheck(visit=visit, number=number, question=text)
        for number, text in enumerate(asked, 1)
    )
    note(visit, actor, "planned", {"planned_for": planned_for, "place": visit.place})
    return visit


def checked_questions(questions: Sequence[str]) -> list[str]:
    asked = [text.strip() for text in questions if text.strip()]
    if not asked:
        raise VisitError(_("Escriba al menos una cosa por comprobar."))
    if len(asked) > MOST_CHECKS or any(len(text) > LONGEST_LINE for text in asked):
        raise VisitError(_("Escriba a lo sumo 20 puntos, de 300 caracteres cada uno."))
    return asked


@transaction.atomic
def record_visit(
    *, actor: User, access: Access, visit_id: int, seen: Seen, expected_version: int, at: datetime
) -> FieldVisit:
    """Write what was seen; it can be written again until it is signed.

    Raises PermissionDenied, SignedVisitError, StaleVisitError, VisitError and
    FieldVisit.DoesNotExist.
    """
    visit = held_visit(visit_id, actor, access)
    if visit.version != expected_version:
        raise StaleVisitError(
            _("Alguien escribió en esta visita mientras usted la llenaba. Vuelva a leerla.")
        )
    if seen.done_on > at.date():
        raise VisitError(_("El día de la visita no puede ser después de hoy."))
    checks = list(visit.checks.all())
    for check in checks:
        check.answer = seen.answers.get(check.number, "")
        check.note = seen.notes.get(check.number, "").strip()[:LONGEST_LINE]
    FieldVisitCheck.objects.bulk_update(checks, ["answer", "note"])
    visit.state = FieldVisit.State.DONE
    visit.done_on, visit.result, visit.found = seen.done_on, seen.result, seen.found
    visit.participants, visit.findings = seen.participants.strip(), seen.findings.strip()
    visit.version += 1
    visit.save()
    note(visit, actor, "recorded", {"result": visit.result, "version": visit.version})
    return visit


def held_visit(visit_id: int, actor: User, access: Access) -> FieldVisit:
    """The visit, held, for who went, the only one who writes in it.

    Raises PermissionDenied and SignedVisitError.
    """
    visit: FieldVisit = (
        FieldVisit.objects.select_for_update(of=("self",))
        .select_related("value__report")
        .get(pk=visit_id)
    )
    check_can_visit(access, visit.value.report.institution_id)
    if visit.visitor_id != actor.pk:
        raise PermissionDenied(_("Solo quien hizo la visita escribe en ella y la firma."))
    if visit.state == FieldVisit.State.SIGNED:
        raise SignedVisitError(_("La visita está firmada: ya no se cambia."))
    return visit


@transaction.atomic
def sign_visit(
    *,
    actor: User,
    access: Access,
    visit_id: int,
    counterpart: str,
    counterpart_position: str,
    expected_version: int,
    at: datetime,
) -> FieldVisit:
    """Close a visit with the simple electronic signature of who went (this person, now) and the
    typed name of who received them: name, moment and digest of all it says.

    Signing twice has one effect. Raises PermissionDenied, VisitError, StaleVisitError and
    FieldVisit.DoesNotExist.
    """
    try:
        visit = held_visit(visit_id, actor, access)
    except SignedVisitError:
        return FieldVisit.objects.get(pk=visit_id)
    if visit.version != expected_version:
        raise StaleVisitError(_("La visita cambió desde que usted la leyó. Vuelva a leerla."))
    if visit.state != FieldVisit.State.DONE:
        raise VisitError(_("Escriba primero lo que se vio."))
    if not counterpart.strip():
        raise VisitError(_("Escriba el nombre de quien recibió la visita."))
    visit.counterpart = counterpart.strip()
    visit.counterpart_position = counterpart_position.strip()
    visit.signed_by, visit.signed_at = actor, at
    visit.signature = digest_of(visit)
    visit.state = FieldVisit.State.SIGNED
    visit.version += 1
    visit.save()
    note(visit, actor, "signed", {"result": visit.result, "signature": visit.signature})
    return visit


def digest_of(visit: FieldVisit) -> str:
    """SHA-256 over the canonical JSON of everything the visit says, photographs by their own
    digest; whoever has the text can compute it again."""
    text = json.dumps(
        said_by(visit), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    )
    return sha256(text.encode()).hexdigest()


def said_by(visit: FieldVisit) -> dict[str, Any]:
    return {
        "visit": visit.pk,
        "value": visit.value_id,
        "reported": f"{visit.reported.normalize():f}",
        "place": visit.place,
        "purpose": visit.purpose,
        "done_on": visit.done_on,
        "participants": visit.participants,
        "result": visit.result,
        "found": None if visit.found is None else f"{visit.found.normalize():f}",
        "findings": visit.findings,
        "checks": [
            [check.number, check.question, check.answer, check.note]
            for check in visit.checks.order_by("number")
        ],
        "photos": sorted(visit.photos.values_list("file__sha256", flat=True)),
        "signed_by": visit.signed_by_id,
        "signed_at": visit.signed_at.isoformat() if visit.signed_at else None,
        "counterpart": [visit.counterpart, visit.counterpart_position],
    }


def note(visit: FieldVisit, actor: User, deed: str, payload: Mapping[str, Any]) -> None:
    record(
        actor=actor,
        action=f"evaluation.visit_{deed}",
        subject_type="field_visit",
        subject_id=visit.pk,
        payload={"value_id": visit.value_id, **payload},
    )
