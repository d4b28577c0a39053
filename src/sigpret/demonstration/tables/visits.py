"""Three visits of the open quarter: one that contradicts, one that confirms, one to be made."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from sigpret.apps.accounts.models import User
from sigpret.apps.evaluation.actions import Seen, plan_visit, record_visit, sign_visit
from sigpret.apps.evaluation.models import FieldVisit
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.demonstration.people import ANALYST, SECOND_ANALYST
from sigpret.demonstration.quarters import OPEN

QUESTIONS = (
    "El producto o servicio está en el lugar.",
    "La cantidad encontrada coincide con la reportada.",
    "La evidencia adjunta corresponde a lo que se vio.",
    "Quienes lo recibieron lo confirman.",
    "El registro del lugar está al día.",
)
PLACES = ("Bodega regional de Tocoa", "Oficina departamental de Choluteca", "Sede de La Ceiba")
PARTICIPANTS = "Norma Discua, encargada de la sede\nJosé Pineda, auxiliar de registro"


def store_visits(people: Mapping[str, User], at: datetime) -> None:
    """Visits to data that wait for a decision, of three institutions."""
    data = data_to_visit()
    analyst, second = people[ANALYST], people[SECOND_ANALYST]
    if len(data) < len(PLACES):
        return
    contradicting = planned(data[0], analyst, PLACES[0], at - timedelta(days=4))
    seen = seen_there(contradicting, share=Decimal("0.5"), result="contradicts")
    sign(written(contradicting, analyst, seen, at - timedelta(days=1)), analyst, at)
    confirming = planned(data[1], second, PLACES[1], at - timedelta(days=3))
    written(confirming, second, seen_there(confirming, share=Decimal(1), result="confirms"), at)
    planned(data[2], analyst, PLACES[2], at, on=at.date() + timedelta(days=2))


def data_to_visit() -> Sequence[ReportedValue]:
    """One datum of each of three institutions, with something to count."""
    waiting = ReportedValue.objects.filter(
        period=OPEN, state="submitted", value__gte=4, product__isnull=False
    )
    chosen: dict[int, ReportedValue] = {}
    for value in waiting.select_related("report").order_by("report_id", "pk"):
        chosen.setdefault(value.report_id, value)
    return list(chosen.values())[: len(PLACES)]


def planned(
    value: ReportedValue, visitor: User, place: str, at: datetime, *, on: date | None = None
) -> FieldVisit:
    return plan_visit(
        actor=visitor,
        access=access_of(visitor, on=at.date()),
        value_id=value.pk,
        place=place,
        purpose="Contar en el lugar lo que se reporta y cotejarlo con su registro.",
        planned_for=on or at.date() + timedelta(days=1),
        questions=QUESTIONS,
        at=at,
    )


def seen_there(visit: FieldVisit, *, share: Decimal, result: str) -> Seen:
    found = (visit.reported * share).quantize(Decimal(1))
    is_whole = share == 1
    return Seen(
        done_on=visit.planned_for,
        participants=PARTICIPANTS,
        result=result,
        findings=(
            "Se contó todo lo reportado y coincide con el registro de entregas."
            if is_whole
            else "El registro de entregas sólo respalda la mitad; el resto sigue en bodega."
        ),
        found=found,
        answers=dict.fromkeys(range(1, 6), "yes") | ({} if is_whole else {2: "no", 4: "no"}),
        notes={} if is_whole else {2: "Se contó dos veces, con la encargada presente."},
    )


def written(visit: FieldVisit, visitor: User, seen: Seen, at: datetime) -> FieldVisit:
    return record_visit(
        actor=visitor,
        access=access_of(visitor, on=at.date()),
        visit_id=visit.pk,
        seen=seen,
        expected_version=visit.version,
        at=at,
    )


def sign(visit: FieldVisit, visitor: User, at: datetime) -> None:
    sign_visit(
        actor=visitor,
        access=access_of(visitor, on=at.date()),
        visit_id=visit.pk,
        counterpart="Norma Discua",
        counterpart_position="Encargada de la sede",
        expected_version=visit.version,
        at=at,
    )
