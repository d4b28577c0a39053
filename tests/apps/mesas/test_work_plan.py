"""The work plan (guidelines, "Plan de Trabajo")."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions import work_plan as writing
from sigpret.apps.mesas.actions import work_plan_approval as approval
from sigpret.apps.mesas.actions.work_plan_progress import tell_activity
from sigpret.apps.mesas.models import WorkPlan
from sigpret.apps.mesas.queries import standing_in
from sigpret.apps.mesas.queries.work_plan import plan_in_force, plan_page, plan_status
from sigpret.apps.mesas.queries.work_plan_rows import row_as_typed
from sigpret.apps.notices.models import Notice
from tests.factories.agreements import add_activity, make_work_plan, put_in_force
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesas import AT, accredit, make_coordinator, make_mesa

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(days=3)
TODAY = NOW.date()


@pytest.fixture
def mesa():
    return make_mesa()


@pytest.fixture
def marta(mesa):
    return make_coordinator(mesa)


def standing_of(mesa, person):
    return standing_in(mesa, access_of(person, on=TODAY), on=TODAY)


def planning(plan, person) -> writing.Planning:
    return writing.Planning(person, standing_of(plan.mesa, person), plan.pk)


def begin(mesa, person, reason="", year=2026) -> WorkPlan:
    return writing.begin_plan(
        actor=person, standing=standing_of(mesa, person), year=year, reason=reason, at=NOW
    )


def head_of(mesa, institution):
    """Whom the institution accredited at the political level."""
    institution.sectors.add(mesa.sector)
    person = make_user()
    accredit(mesa, institution, person=person, level="political", full_name="Elena Padilla")
    return person


def sent_plan(mesa, marta, *places) -> WorkPlan:
    plan = begin(mesa, marta)
    add_activity(plan, "Diagnóstico", *places)
    plan.refresh_from_db()
    return approval.send_to_approval(
        planning=planning(plan, marta), expected_version=plan.version, at=NOW
    )


def approve(plan, person, place) -> WorkPlan:
    return approval.approve_plan(
        planning=planning(plan, person), institution_id=place.pk, digest=plan.digest, at=NOW
    )


def typed(place, **fields) -> writing.TypedActivity:
    values = {
        "text": "Revisión de vínculos",
        "institution_ids": [place.pk],
        "starts_on": date(2026, 4, 6),
        "ends_on": date(2026, 5, 29),
        **fields,
    }
    return writing.TypedActivity(**values)


def test_a_plan_without_responsible_or_activities_is_not_sent(mesa, marta):
    """«dicho plan deberá plantear los resultados y respectivas responsabilidades y tiempos para
    concretar las actividades»"""
    head_of(mesa, make_institution())
    plan = begin(mesa, marta)
    with pytest.raises(writing.PlanError, match=r"al menos un resultado; agregue actividades"):
        approval.send_to_approval(planning=planning(plan, marta), expected_version=1, at=NOW)


def test_it_rules_with_the_approval_of_all_head_authorities_and_not_before(mesa, marta):
    """«Dicho Plan deberá ser aprobado a nivel de las máximas autoridades de cada Mesa»"""
    one, other = make_institution(), make_institution()
    elena, mario = head_of(mesa, one), head_of(mesa, other)
    plan = sent_plan(mesa, marta, one)
    approve(plan, elena, one)
    assert plan_in_force(mesa, 2026) is None
    assert plan_status(mesa, TODAY).approved == 1
    approve(plan, mario, other)
    assert plan_in_force(mesa, 2026).number == 1
    assert Notice.objects.filter(recipient=marta, kind="work_plan_in_force").exists()


def test_a_technical_delegate_does_not_approve(mesa, marta):
    place = make_institution()
    head_of(mesa, place)
    delegate = make_user()
    accredit(mesa, place, person=delegate)
    plan = sent_plan(mesa, marta, place)
    with pytest.raises(PermissionDenied, match="no sus delegados"):
        approve(plan, delegate, place)


def test_who_approves_for_an_institution_by_role_heads_it_too(mesa, marta):
    place = make_institution()
    place.sectors.add(mesa.sector)
    julia = make_user(Role.APPROVER, institution=place)
    plan = sent_plan(mesa, marta, place)
    assert Notice.objects.get(recipient=julia).kind == "work_plan_to_approve"
    assert approve(plan, julia, place).state == "in_force"


def test_a_head_authority_approves_only_for_its_own(mesa, marta):
    one, other = make_institution(), make_institution()
    elena = head_of(mesa, one)
    head_of(mesa, other)
    plan = sent_plan(mesa, marta, one)
    with pytest.raises(PermissionDenied):
        approve(plan, elena, other)


def test_what_was_not_read_is_not_approved(mesa, marta):
    place = make_institution()
    elena = head_of(mesa, place)
    plan = sent_plan(mesa, marta, place)
    with pytest.raises(writing.StalePlanError, match="Vuelva a leerlo"):
        approval.approve_plan(
            planning=planning(plan, elena), institution_id=place.pk, digest="0" * 64, at=NOW
        )


def test_an_observation_goes_to_the_coordination_and_stays_to_be_read(mesa, marta):
    place = make_institution()
    elena = head_of(mesa, place)
    plan = sent_plan(mesa, marta, place)
    approval.observe_plan(
        planning=planning(plan, elena),
        institution_id=place.pk,
        digest=plan.digest,
        text="Falta IHSS.",
        at=NOW,
    )
    assert Notice.objects.get(recipient=marta).kind == "work_plan_observed"
    plan.refresh_from_db()
    approval.take_back(planning=planning(plan, marta), expected_version=plan.version)
    plan.refresh_from_db()
    approval.send_to_approval(planning=planning(plan, marta), expected_version=plan.version, at=NOW)
    (one,) = plan_page(mesa, 2026, on=TODAY).approvals
    assert (one.decision, one.observation) == ("pending", "Falta IHSS.")


def test_who_opened_it_is_known(mesa, marta):
    place = make_institution()
    elena = head_of(mesa, place)
    plan = sent_plan(mesa, marta, place)
    asked = {"standing": standing_of(mesa, elena), "plan_id": plan.pk, "at": NOW}
    assert approval.note_opened(**asked)
    assert not approval.note_opened(**asked)
    (one,) = plan_page(mesa, 2026, on=TODAY).approvals
    assert (one.name, one.opened_at) == ("Elena Padilla", NOW)


def test_those_that_are_missing_are_reminded_once_a_day(mesa, marta):
    place = make_institution()
    head_of(mesa, place)
    plan = sent_plan(mesa, marta, place)
    told = [approval.remind_authorities(planning=planning(plan, marta), at=NOW) for _n in range(2)]
    assert told == [1, 0]


def test_another_version_copies_the_one_in_force_and_says_why(mesa, marta):
    plan = make_work_plan(mesa)
    activity = add_activity(plan)
    put_in_force(plan)
    with pytest.raises(writing.PlanError, match="por qué cambia"):
        begin(mesa, marta)
    second = begin(mesa, marta, "Dos quirófanos cerrados.")
    assert begin(mesa, marta, "Otra vez").pk == second.pk
    (copied,) = second.results.get().activities.all()
    assert (copied.key, list(copied.institutions.all())) == (
        activity.key, list(activity.institutions.all()),
    )  # fmt: skip


def test_a_moved_date_gives_its_reason_before_it_is_sent(mesa, marta):
    place = make_institution()
    head_of(mesa, place)
    plan = make_work_plan(mesa)
    add_activity(plan, "Diagnóstico", place)
    put_in_force(plan)
    second = begin(mesa, marta, "Dos quirófanos cerrados.")
    row = second.results.get().activities.get()
    read = row_as_typed(second.pk, row.pk)
    moved = typed(place, text=row.text, starts_on=row.starts_on, ends_on=date(2026, 11, 20))
    save = {"planning": planning(second, marta), "result_id": row.result_id}
    writing.save_activity(**save, typed=moved, activity_id=row.pk, was=read["was"])
    second.refresh_from_db()
    asked = {"planning": planning(second, marta), "expected_version": second.version, "at": NOW}
    with pytest.raises(writing.PlanError, match=r"por qué cambia la actividad 1\.1"):
        approval.send_to_approval(**asked)
    page = plan_page(mesa, 2026, on=TODAY)
    (change,) = page.changes
    assert change.what == ("ends_on",)
    assert page.results[0].activities[0].proposed.ends_on == date(2026, 11, 20)


def test_a_row_that_somebody_changed_is_not_written_over(mesa, marta):
    place = make_institution()
    plan = begin(mesa, marta)
    row = add_activity(plan, "Diagnóstico", place)
    save = {"planning": planning(plan, marta), "result_id": row.result_id, "activity_id": row.pk}
    was = row_as_typed(plan.pk, row.pk)["was"]
    writing.save_activity(**save, typed=typed(place), was=was)
    with pytest.raises(writing.StalePlanError, match="Vuelva a leerla"):
        writing.save_activity(**save, typed=typed(place, text="Otra"), was=was)


def test_the_same_click_twice_adds_one_row_and_one_result(mesa, marta):
    place = make_institution()
    plan = begin(mesa, marta)
    for _click in range(2):
        result = writing.add_result(planning=planning(plan, marta), text="La MCR está completa")
        writing.save_activity(
            planning=planning(plan, marta),
            result_id=result.pk,
            typed=typed(place),
            activity_id=None,
            was="",
        )
    assert plan.results.get().activities.count() == 1


def test_what_is_taken_away_leaves_no_gap(mesa, marta):
    plan = begin(mesa, marta)
    rows = [add_activity(plan, f"Actividad {number}") for number in range(3)]
    for _click in range(2):
        writing.remove_activity(planning=planning(plan, marta), activity_id=rows[0].pk)
    assert list(plan.results.get().activities.values_list("number", flat=True)) == [1, 2]


def test_who_answers_for_an_activity_tells_how_far_it_is(mesa):
    place = make_institution()
    ramon = make_user()
    accredit(mesa, place, person=ramon)
    plan = make_work_plan(mesa)
    activity = add_activity(plan, "Diagnóstico", place)
    put_in_force(plan)
    tell = {"actor": ramon, "standing": standing_of(mesa, ramon), "key": activity.key, "at": NOW}
    for _click in range(2):
        tell_activity(**tell, percent=70, note="Falta un capítulo.")
    page = plan_page(mesa, 2026, on=TODAY)
    row = page.results[0].activities[0]
    assert (row.percent, row.note, str(row.pace), page.counts.late) == (
        70, "Falta un capítulo.", "late", 1,
    )  # fmt: skip
    with pytest.raises(writing.PlanError, match="qué quedó hecho"):
        tell_activity(**tell, percent=100, note=" ")


def test_progress_survives_another_version(mesa, marta):
    place = make_institution()
    elena = head_of(mesa, place)
    plan = make_work_plan(mesa)
    activity = add_activity(plan, "Diagnóstico", place)
    put_in_force(plan)
    tell_activity(
        actor=marta,
        standing=standing_of(mesa, marta),
        key=activity.key,
        percent=40,
        note="",
        at=NOW,
    )
    second = begin(mesa, marta, "Se agrega una actividad.")
    second.refresh_from_db()
    sent = approval.send_to_approval(
        planning=planning(second, marta), expected_version=second.version, at=NOW
    )
    approve(sent, elena, place)
    page = plan_page(mesa, 2026, on=TODAY)
    assert (page.shown.number, page.counts.percent) == (2, 40)
    assert WorkPlan.objects.get(pk=plan.pk).state == "superseded"
