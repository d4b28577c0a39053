"""Somebody goes to see: the plan, what was seen, the signatures, and what it says of the datum."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.evaluation.actions import (
    Seen,
    StaleVisitError,
    VisitError,
    add_photo,
    plan_visit,
    record_visit,
    sign_visit,
)
from sigpret.apps.evaluation.actions.visits import digest_of
from sigpret.apps.evaluation.models import FieldVisit
from sigpret.apps.evaluation.queries.visits import visit_sheet, visits, years_of_visits
from sigpret.apps.evaluation.visit_tasks import visit_tasks
from sigpret.apps.monitoring.queries import review_sheet
from sigpret.web import lists
from tests.apps.monitoring.scenes import NOW, Ministry, access
from tests.factories.evidence import picture
from tests.factories.institutions import make_institution, make_user

pytestmark = pytest.mark.django_db
SEEN = Seen(
    done_on=date(2026, 10, 12),
    participants="Ana Paz, jefa de bodega",
    result="contradicts",
    findings="Faltan cajas.",
    found=Decimal(1),
    answers={1: "yes", 2: "no"},
    notes={2: "Se contaron dos veces."},
)


@pytest.fixture
def ministry():
    scene = Ministry()
    scene.save_everything()
    scene.submit()
    return scene


@pytest.fixture
def visit(ministry):
    return plan(ministry)


def plan(ministry, *, by=None, questions=("¿Está?", "¿Coincide?"), **more):
    by = by or ministry.analyst
    facts = {"place": "Tocoa", "purpose": "Contar.", "planned_for": date(2026, 10, 14)} | more
    return plan_visit(
        actor=by,
        access=access(by),
        value_id=ministry.value_of(ministry.product).pk,
        questions=questions,
        at=NOW,
        **facts,
    )


def write(ministry, visit, *, seen=SEEN, by=None, version=None):
    by = by or ministry.analyst
    return record_visit(
        actor=by,
        access=access(by),
        visit_id=visit.pk,
        seen=seen,
        expected_version=visit.version if version is None else version,
        at=NOW,
    )


def sign(ministry, visit, *, counterpart="Ana Paz", by=None, version=None):
    by = by or ministry.analyst
    return sign_visit(
        actor=by,
        access=access(by),
        visit_id=visit.pk,
        counterpart=counterpart,
        counterpart_position="Jefa de bodega",
        expected_version=visit.version if version is None else version,
        at=NOW,
    )


def shoot(ministry, visit, data=None, name="foto.png"):
    return add_photo(
        actor=ministry.analyst,
        access=access(ministry.analyst),
        visit_id=visit.pk,
        name=name,
        file=BytesIO(picture() if data is None else data),
        at=NOW,
    )


def test_a_planned_visit_keeps_what_was_reported_that_day(ministry, visit):
    assert (visit.state, visit.reported, visit.checks.count()) == ("planned", 2, 2)


def test_planning_twice_is_one_visit(ministry, visit):
    assert plan(ministry).pk == visit.pk


@pytest.mark.parametrize("questions", [(), ("", "  "), tuple("x" * 21), ("x" * 301,)])
def test_a_visit_looks_at_something_and_not_at_everything(ministry, questions):
    with pytest.raises(VisitError):
        plan(ministry, questions=questions)


@pytest.mark.parametrize("role", [Role.STATISTICIAN, Role.AUDITOR, Role.PRESIDENCY])
def test_only_who_reviews_visits(ministry, role):
    with pytest.raises(PermissionDenied):
        plan(ministry, by=make_user(role))


def test_nobody_visits_their_own_institution(ministry):
    insider = make_user(Role.ANALYST, institution=ministry.institution)
    with pytest.raises(PermissionDenied, match="pertenece a esta institución"):
        plan(ministry, by=insider)


@pytest.mark.parametrize("deed", [write, sign])
def test_only_who_went_writes_and_signs(ministry, visit, deed):
    with pytest.raises(PermissionDenied, match="Solo quien hizo la visita"):
        deed(ministry, visit, by=make_user(Role.ANALYST))


def test_what_was_seen_can_be_written_again_until_it_is_signed(ministry, visit):
    written = write(ministry, visit)
    again = write(ministry, written, seen=replace(SEEN, findings="Faltan dos cajas."))
    assert (again.state, again.findings) == ("done", "Faltan dos cajas.")
    assert [check.answer for check in again.checks.order_by("number")] == ["yes", "no"]


def test_two_people_do_not_overwrite_each_other(ministry, visit):
    write(ministry, visit)
    with pytest.raises(StaleVisitError):
        write(ministry, visit, version=1)


def test_a_visit_is_not_made_tomorrow(ministry, visit):
    later = replace(SEEN, done_on=NOW.date() + timedelta(days=1))
    with pytest.raises(VisitError, match="después de hoy"):
        write(ministry, visit, seen=later)


def test_a_visit_is_signed_after_it_was_made_and_by_both(ministry, visit):
    with pytest.raises(VisitError, match="lo que se vio"):
        sign(ministry, visit)
    written = write(ministry, visit)
    with pytest.raises(VisitError, match="quien recibió"):
        sign(ministry, written, counterpart="  ")
    signed = sign(ministry, written)
    assert (signed.state, signed.signature) == ("signed", digest_of(signed))


def test_whoever_signs_proves_again_who_they_are(ministry, visit, client):
    written = write(ministry, visit)
    ministry.analyst.set_password("una frase larga de prueba")
    ministry.analyst.save()
    client.force_login(ministry.analyst, backend="django.contrib.auth.backends.ModelBackend")
    place = reverse("evaluation:visit_sign", args=[visit.pk])
    said = {"counterpart": "Ana Paz", "agrees": "on", "version": written.version}
    answer = client.post(place, said)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert FieldVisit.objects.get(pk=visit.pk).state == "done"


def test_signing_twice_is_one_signature(ministry, visit):
    signed = sign(ministry, write(ministry, visit))
    assert sign(ministry, signed, counterpart="Otra").counterpart == "Ana Paz"
    assert AuditEvent.objects.filter(action="evaluation.visit_signed").count() == 1


def test_nothing_of_a_signed_visit_changes(ministry, visit):
    shoot(ministry, visit)
    visit.refresh_from_db()
    signed = sign(ministry, write(ministry, visit))
    with pytest.raises(VisitError, match="ya no se cambia"):
        write(ministry, signed)
    with pytest.raises(VisitError, match="ya no se cambia"):
        shoot(ministry, signed)


@pytest.mark.parametrize("change", ["visit", "check", "photo", "deleted"])
def test_the_database_refuses_too(ministry, visit, change):
    shoot(ministry, visit)
    visit.refresh_from_db()
    signed = sign(ministry, write(ministry, visit))
    doings = {
        "visit": lambda: FieldVisit.objects.filter(pk=signed.pk).update(found=9),
        "check": lambda: signed.checks.update(answer="yes"),
        "photo": lambda: signed.photos.all().delete(),
        "deleted": lambda: FieldVisit.objects.filter(pk=signed.pk).delete(),
    }
    with pytest.raises(DatabaseError, match="firmada"), transaction.atomic():
        doings[change]()


def test_a_photo_is_kept_once_and_changes_what_will_be_signed(ministry, visit):
    data = picture()
    assert shoot(ministry, visit, data) is True
    assert shoot(ministry, visit, data) is False
    before = digest_of(FieldVisit.objects.get(pk=visit.pk))
    shoot(ministry, visit)
    assert digest_of(FieldVisit.objects.get(pk=visit.pk)) != before


def test_a_text_is_no_photograph(ministry, visit):
    with pytest.raises(VisitError, match="fotografías"):
        shoot(ministry, visit, b"Acta de la visita.\n", name="acta.txt")


def test_a_visit_that_contradicts_puts_its_datum_first(ministry, visit):
    write(ministry, visit)
    sheet = review_sheet(report_id=ministry.report.pk, access=access(ministry.analyst))
    row = next(row for row in sheet.rows if row.row.kind == "product")
    assert row.signals[0].rule == "contradicted"
    assert "se encontró 1 donde se reportó 2 (Tocoa)" in row.signals[0].explanation.sentence()
    assert sheet.rows[0] == row


def test_one_that_confirms_gives_no_signal(ministry, visit):
    write(ministry, visit, seen=replace(SEEN, result="confirms", found=Decimal(2)))
    sheet = review_sheet(report_id=ministry.report.pk, access=access(ministry.analyst))
    rules = {signal.rule for row in sheet.rows for signal in row.signals}
    assert "contradicted" not in rules
    assert any(row.examined.testimonies for row in sheet.rows)


def test_an_institution_reads_its_own_visits_and_no_others(ministry, visit):
    stranger = make_user(Role.REGISTRAR, institution=make_institution())
    today = NOW.date()
    assert [line.number for line in visits(access=access(ministry.registrar), today=today)] == [
        visit.pk
    ]
    assert visits(access=access(stranger), today=today) == ()
    assert not visit_sheet(visit.pk, access=access(ministry.registrar), today=today).can_write


def test_the_list_is_of_one_year_and_of_whatever_is_not_signed(ministry, visit):
    reader, today = access(ministry.analyst), NOW.date()
    assert years_of_visits(reader) == (2026,)
    assert [line.number for line in visits(access=reader, today=today, year=2025)] == [visit.pk]
    sign(ministry, write(ministry, visit))
    assert visits(access=reader, today=today, year=2025) == ()
    assert [line.number for line in visits(access=reader, today=today, year=2026)] == [visit.pk]


def test_a_long_list_has_pages(ministry, visit, client, monkeypatch):
    monkeypatch.setattr(lists, "PER_PAGE", 1)
    other = plan(ministry, place="Choluteca", planned_for=date(2026, 11, 14))
    client.force_login(ministry.analyst)
    first = client.get(reverse("evaluation:visits")).text
    assert "Página 1 de 2" in first
    assert "Choluteca" not in first
    last = client.get(reverse("evaluation:visits"), {"pagina": "99", "anio": "mil"}).text
    assert "Choluteca" in last
    assert other.pk != visit.pk


def test_who_visits_has_it_among_their_tasks_until_it_is_signed(ministry, visit):
    def tasks(person):
        return [str(task.title) for task in visit_tasks(access(person), NOW)]

    assert tasks(ministry.analyst) == ["Visitar Tocoa"]
    assert tasks(make_user(Role.ANALYST)) == tasks(ministry.registrar) == []
    written = write(ministry, visit)
    assert tasks(ministry.analyst) == ["Firmar la visita a Tocoa"]
    sign(ministry, written)
    assert tasks(ministry.analyst) == []
