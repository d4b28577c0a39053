"""Field visits: those planned, those done, and what each one saw."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.evaluation.models import FieldVisit
from sigpret.apps.evaluation.visit_permissions import can_read_visit, can_visit
from sigpret.apps.evidence import storage
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.monitoring.queries import Testimony
from sigpret.apps.monitoring.queries.threads import LINE_FIELDS, subject_of
from sigpret.methodology.periods import Period
from sigpret.web.formats import format_number


@dataclass(frozen=True, slots=True)
class VisitedDatum:
    """The datum a visit is about. `key` names its row in the report."""

    value_id: int
    report_id: int
    institution_id: int
    institution_code: str
    institution_name: str
    period: Period
    key: str
    code: str
    name: str
    unit: str
    value: Decimal | None
    state: str


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit in a list."""

    number: int
    datum: VisitedDatum
    state: str
    state_label: str
    result: str
    result_label: str
    place: str
    visitor: str
    planned_for: date
    done_on: date | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class VisitCheck:
    number: int
    question: str
    answer: str
    answer_label: str
    note: str


@dataclass(frozen=True, slots=True)
class VisitPhoto:
    id: int
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """Everything a visit says. `can_write`: this person went and may still write in it;
    `can_decide`: they may decide about the datum."""

    line: VisitLine
    purpose: str
    reported: Decimal
    found: Decimal | None
    participants: str
    findings: str
    planned_by: str
    checks: tuple[VisitCheck, ...]
    photos: tuple[VisitPhoto, ...]
    counterpart: str
    counterpart_position: str
    signed_by: str
    signed_at: datetime | None
    signature: str
    version: int
    can_write: bool
    can_decide: bool


def visited_datum(value_id: int) -> VisitedDatum | None:
    """The datum somebody wants to visit; None when there is none."""
    row = ReportedValue.objects.values(*DATUM_FIELDS).filter(pk=value_id).first()
    return datum_of(row) if row else None


UNIT, INDICATOR_UNIT = "product__unit_of_measure__name", "indicator__unit"
DATUM_FIELDS = (*LINE_FIELDS, UNIT, INDICATOR_UNIT)


def datum_of(row: dict[str, Any]) -> VisitedDatum:
    key, code, name = subject_of(row)
    return VisitedDatum(
        value_id=row["pk"],
        report_id=row["report_id"],
        institution_id=row["report__institution_id"],
        institution_code=row["report__institution__code"],
        institution_name=row["report__institution__name"],
        period=Period.parse(row["period"]),
        key=key,
        code=code,
        name=name,
        unit=row[UNIT] or row[INDICATOR_UNIT] or "",
        value=row["value"],
        state=row["state"],
    )


def visits(*, access: Access, today: date, year: int | None = None) -> tuple[VisitLine, ...]:
    """The visits this person may read: those to be made first, by their day; two statements.

    With `year`, the ones planned for a day of it, and whichever is not signed of any other.
    """
    found = readable(access)
    if year is not None:
        found = found.filter(Q(planned_for__year=year) | ~Q(state=FieldVisit.State.SIGNED))
    data = data_of(visit.value_id for visit in found)
    lines = [line_of(visit, data[visit.value_id], today) for visit in found]
    return tuple(sorted(lines, key=by_turn))


def years_of_visits(access: Access) -> tuple[int, ...]:
    """The years somebody went to see something, the newest first; one statement."""
    days = readable(access).order_by().dates("planned_for", "year", order="DESC")
    return tuple(day.year for day in days)


def visits_of(user_id: int, *, today: date) -> tuple[VisitLine, ...]:
    """What one person still has to make or to sign, the nearest day first; two statements."""
    open_ = [FieldVisit.State.PLANNED, FieldVisit.State.DONE]
    found = FieldVisit.objects.select_related("visitor").filter(visitor_id=user_id, state__in=open_)
    listed = list(found.order_by("planned_for", "pk"))
    data = data_of(visit.value_id for visit in listed)
    return tuple(line_of(visit, data[visit.value_id], today) for visit in listed)


def by_turn(line: VisitLine) -> tuple[bool, int]:
    """What is planned first, the nearest day on top; then what was done, the latest on top."""
    is_planned = line.state == FieldVisit.State.PLANNED
    day = line.planned_for.toordinal()
    return not is_planned, day if is_planned else -day


def readable(access: Access) -> QuerySet[FieldVisit]:
    rows = FieldVisit.objects.select_related("visitor")
    if can_read_visit(access, 0):
        return rows
    return rows.filter(value__report__institution_id__in=access.institutions)


def data_of(value_ids: Iterable[int]) -> dict[int, VisitedDatum]:
    rows = ReportedValue.objects.values(*DATUM_FIELDS).filter(pk__in=list(value_ids))
    return {row["pk"]: datum_of(row) for row in rows}


def line_of(visit: FieldVisit, datum: VisitedDatum, today: date) -> VisitLine:
    return VisitLine(
        number=visit.pk,
        datum=datum,
        state=visit.state,
        state_label=visit.get_state_display(),
        result=visit.result,
        result_label=visit.get_result_display(),
        place=visit.place,
        visitor=visit.visitor.full_name,
        planned_for=visit.planned_for,
        done_on=visit.done_on,
        is_overdue=visit.state == FieldVisit.State.PLANNED and visit.planned_for < today,
    )


def visit_sheet(number: int, *, access: Access, today: date) -> VisitSheet | None:
    """One visit with everything it says; None when there is none. Four statements."""
    visit = (
        FieldVisit.objects.select_related("visitor", "planned_by", "signed_by")
        .filter(pk=number)
        .first()
    )
    if visit is None:
        return None
    datum = data_of([visit.value_id])[visit.value_id]
    is_open = visit.state != FieldVisit.State.SIGNED
    return VisitSheet(
        line=line_of(visit, datum, today),
        purpose=visit.purpose,
        reported=visit.reported,
        found=visit.found,
        participants=visit.participants,
        findings=visit.findings,
        planned_by=visit.planned_by.full_name,
        checks=tuple(
            VisitCheck(one.number, one.question, one.answer, one.get_answer_display(), one.note)
            for one in visit.checks.order_by("number")
        ),
        photos=tuple(
            VisitPhoto(photo.pk, photo.name, photo.file.sha256)
            for photo in visit.photos.select_related("file").order_by("pk")
        ),
        counterpart=visit.counterpart,
        counterpart_position=visit.counterpart_position,
        signed_by=visit.signed_by.full_name if visit.signed_by else "",
        signed_at=visit.signed_at,
        signature=visit.signature,
        version=visit.version,
        can_write=is_open
        and visit.visitor_id == access.user_id
        and can_visit(access, datum.institution_id),
        can_decide=can_visit(access, datum.institution_id),
    )


def photo_of(number: int, photo_id: int) -> str | None:
    """The digest of a photograph of a visit; None when it is not of that visit."""
    found = FieldVisit.objects.filter(pk=number, photos=photo_id)
    digest: str | None = found.values_list("photos__file__sha256", flat=True).first()
    return digest if digest and storage.is_intact(digest) else None


def testimonies_of_visits(value_ids: Collection[int]) -> dict[int, tuple[Testimony, ...]]:
    """What visits say of some values, the newest first; one statement."""
    found: dict[int, tuple[Testimony, ...]] = {}
    rows = FieldVisit.objects.filter(value_id__in=value_ids).order_by("-planned_for", "-pk")
    for visit in rows:
        said = Testimony(
            value_id=visit.value_id,
            number=visit.pk,
            verdict=visit.result,
            text=testimony_words(visit),
            on=visit.done_on or visit.planned_for,
            url=reverse("evaluation:visit", args=[visit.pk]),
        )
        found[visit.value_id] = (*found.get(visit.value_id, ()), said)
    return found


def testimony_words(visit: FieldVisit) -> str:
    """`se encontraron 6 donde se reportó 10 (Tocoa).`"""
    if visit.state == FieldVisit.State.PLANNED:
        return _("planificada en %(place)s.") % {"place": visit.place}
    if visit.found is None:
        return _("%(findings)s (%(place)s).") % {
            "findings": visit.findings.rstrip("."),
            "place": visit.place,
        }
    return _("se encontró %(found)s donde se reportó %(reported)s (%(place)s).") % {
        "found": format_number(visit.found),
        "reported": format_number(visit.reported),
        "place": visit.place,
    }
