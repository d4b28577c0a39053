"""The follow-up of agreements (guidelines, "Ayudas Memoria de Acuerdos")."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions import agreements as follow
from sigpret.apps.mesas.actions.agreeing import drop_agreement
from sigpret.apps.mesas.actions.session import MinutesError
from sigpret.apps.mesas.actions.superseding import settle_superseded, supersede
from sigpret.apps.mesas.models import Designation
from sigpret.apps.mesas.queries.agreement import agreement_page
from sigpret.apps.mesas.queries.agreements import (
    AgreementFilters,
    agreement_counts,
    overdue,
    owed_by,
    register,
)
from sigpret.apps.mesas.queries.standing import standing_in
from sigpret.apps.notices.models import Notice
from sigpret.methodology.mesas.agreements import Situation
from tests.factories.agreements import DUE, make_agreement, make_held_meeting
from tests.factories.evidence import make_evidence
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesas import AT, accredit, designate, make_coordinator, make_mesa

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 13)
NOW = AT + timedelta(days=3)


@pytest.fixture
def mesa():
    return make_mesa()


@pytest.fixture
def marta(mesa):
    return make_coordinator(mesa)


def following(agreement, person, *, version=None, at=NOW) -> follow.Following:
    standing = standing_in(agreement.mesa, access_of(person, on=at.date()), on=at.date())
    agreement.refresh_from_db()
    asked = agreement.version if version is None else version
    return follow.Following(person, standing, agreement.pk, asked, at)


def proof(agreement):
    return make_evidence(agreement.institution).pk


def test_the_register_says_first_what_is_late(mesa):
    near = make_agreement(mesa, due_on=TODAY + timedelta(days=3))
    late = make_agreement(mesa, due_on=TODAY - timedelta(days=1))
    done = make_agreement(mesa, state="fulfilled", fulfilled_on=DUE, result="Listo")
    assert [line.id for line in register(mesa, on=TODAY)] == [late.pk, near.pk, done.pk]
    assert [line.id for line in overdue(mesa, TODAY)] == [late.pk]


def test_agreements_of_a_session_that_has_not_ended_are_not_followed_yet(mesa):
    make_agreement(mesa, meeting=make_held_meeting(mesa, state="in_session"))
    assert register(mesa, on=TODAY) == ()


def test_the_counts_are_of_the_day(mesa):
    make_agreement(mesa, due_on=TODAY)
    make_agreement(
        mesa, state="fulfilled", due_on=DUE, fulfilled_on=DUE + timedelta(days=1), result="Tarde"
    )
    assert agreement_counts(mesa, TODAY).pending == 1
    tomorrow = agreement_counts(mesa, TODAY + timedelta(days=1))
    assert (tomorrow.overdue, tomorrow.fulfilled, tomorrow.on_time) == (1, 1, 0)


def test_the_register_is_one_statement_however_long(mesa, django_assert_num_queries):
    for _number in range(5):
        make_agreement(mesa)
    with django_assert_num_queries(1):
        assert len(register(mesa, AgreementFilters(), on=TODAY)) == 5


def test_whoever_is_responsible_tells_how_it_goes_without_another_role(mesa):
    person = make_user()
    agreement = make_agreement(mesa, responsible_person=person)
    done = follow.tell_progress(following=following(agreement, person), text="Se pidió la compra.")
    assert done.state == "in_progress"
    assert AuditEvent.objects.filter(action="mesas.agreement_progress").count() == 1


def test_whoever_represents_the_responsible_institution_tells_it_too(mesa):
    person, place = make_user(), make_institution()
    accredit(mesa, place, person=person)
    agreement = make_agreement(mesa, institution=place)
    follow.tell_progress(following=following(agreement, person), text="Se pidió.")
    assert agreement.steps.count() == 1


def test_another_institution_does_not(mesa):
    agreement = make_agreement(mesa)
    person = make_user(Role.REGISTRAR, institution=make_institution())
    with pytest.raises(PermissionDenied, match="coordinación"):
        follow.tell_progress(following=following(agreement, person), text="Se pidió.")


def test_an_agreement_is_not_fulfilled_without_evidence(mesa, marta):
    agreement = make_agreement(mesa)
    with pytest.raises(follow.AgreementError, match="evidencia"):
        follow.fulfil(
            following=following(agreement, marta), text="Se compró.", fulfilled_on=NOW.date()
        )


def test_the_evidence_of_an_earlier_step_is_enough(mesa, marta):
    agreement = make_agreement(mesa)
    follow.tell_progress(
        following=following(agreement, marta), text="Acta", evidence_id=proof(agreement)
    )
    done = follow.fulfil(
        following=following(agreement, marta), text="Se compró.", fulfilled_on=NOW.date()
    )
    assert (done.state, done.result) == ("fulfilled", "Se compró.")


def test_evidence_of_another_institution_proves_nothing(mesa, marta):
    agreement = make_agreement(mesa)
    with pytest.raises(follow.AgreementError, match="institución responsable"):
        follow.tell_progress(
            following=following(agreement, marta),
            text="Acta",
            evidence_id=make_evidence(make_institution()).pk,
        )


@pytest.mark.parametrize("days", [-30, 1])
def test_it_was_fulfilled_between_the_session_and_today(mesa, marta, days):
    agreement = make_agreement(mesa)
    with pytest.raises(follow.AgreementError, match="desde el de la reunión"):
        follow.fulfil(
            following=following(agreement, marta),
            text="Se compró.",
            fulfilled_on=NOW.date() + timedelta(days=days),
            evidence_id=proof(agreement),
        )


def test_the_coordination_knows_that_somebody_fulfilled_one(mesa, marta):
    person = make_user()
    agreement = make_agreement(mesa, responsible_person=person)
    follow.fulfil(
        following=following(agreement, person),
        text="Se compró.",
        fulfilled_on=NOW.date(),
        evidence_id=proof(agreement),
    )
    assert Notice.objects.get(recipient=marta).kind == "agreement_fulfilled"


def test_another_date_keeps_the_one_that_was_agreed(mesa, marta):
    person = make_user()
    agreement = make_agreement(mesa, responsible_person=person)
    later = DUE + timedelta(days=20)
    follow.reprogram(
        following=following(agreement, marta), new_due_on=later, text="La compra quedó desierta."
    )
    agreement.refresh_from_db()
    assert (agreement.agreed_due_on, agreement.due_on) == (DUE, later)
    step = agreement.steps.get()
    assert (step.old_due_on, step.new_due_on) == (DUE, later)
    assert Notice.objects.get(recipient=person).kind == "agreement_changed"
    assert register(mesa, on=TODAY)[0].times_moved == 1


def test_whoever_is_responsible_does_not_give_themselves_another_date(mesa):
    person = make_user()
    agreement = make_agreement(mesa, responsible_person=person)
    with pytest.raises(PermissionDenied, match="reprograma"):
        follow.reprogram(
            following=following(agreement, person), new_due_on=DUE + timedelta(days=9), text="Más"
        )


def test_a_date_that_has_passed_is_no_new_date(mesa, marta):
    agreement = make_agreement(mesa)
    with pytest.raises(follow.AgreementError, match="de hoy en adelante"):
        follow.reprogram(
            following=following(agreement, marta), new_due_on=date(2026, 10, 12), text="Error"
        )


def test_what_is_not_final_is_changed_in_its_minutes(mesa, marta):
    agreement = make_agreement(mesa, is_final=False)
    with pytest.raises(follow.AgreementError, match="todavía no es definitivo"):
        follow.void(following=following(agreement, marta), text="Ya no hace falta.")


def test_the_same_click_twice_is_one_step(mesa, marta):
    agreement = make_agreement(mesa)
    asked = following(agreement, marta)
    for _click in range(2):
        follow.void(following=asked, text="Ya no hace falta.")
    assert agreement.steps.count() == 1


def test_two_people_at_once_do_not_write_over_each_other(mesa, marta):
    agreement = make_agreement(mesa)
    first = following(agreement, marta)
    follow.tell_progress(following=first, text="Uno")
    with pytest.raises(follow.StaleFollowUpError, match="Vuelva a leerlo"):
        follow.tell_progress(following=following(agreement, marta, version=1), text="Dos")


def test_one_that_was_given_as_fulfilled_is_opened_again_with_its_reason(mesa, marta):
    agreement = make_agreement(mesa, state="fulfilled", fulfilled_on=DUE, result="Se compró.")
    done = follow.reopen(following=following(agreement, marta), text="Faltó el recibo.")
    assert (done.state, done.fulfilled_on, done.result) == ("in_progress", None, "")


def test_final_agreements_are_never_edited_a_later_one_supersedes(mesa, marta):
    """«se deberá reflejar las resoluciones o acuerdos tomados entre los participantes,
    considerándose los mismos como definitivos»"""
    old = make_agreement(mesa)
    later = make_agreement(mesa, text="Comprar por convenio")
    supersede(following=following(old, marta), by_agreement_id=later.pk)
    old.refresh_from_db()
    assert old.state == "without_effect"
    assert "Comprar por convenio" in old.steps.get().text
    page = agreement_page(
        mesa, old.meeting.number, old.number, standing=following(old, marta).standing, on=TODAY
    )
    assert page.superseded_by.id == later.pk


def test_an_agreement_somebody_follows_is_not_dropped_from_its_draft(mesa, marta):
    agreement = make_agreement(mesa, meeting=make_held_meeting(mesa, state="draft"), is_final=False)
    asked = following(agreement, marta)
    follow.tell_progress(following=asked, text="Se pidió.")
    with pytest.raises(MinutesError, match="ya tiene seguimiento"):
        drop_agreement(
            actor=marta,
            standing=asked.standing,
            meeting_id=agreement.meeting_id,
            agreement_id=agreement.pk,
        )


def test_an_earlier_agreement_supersedes_nothing(mesa, marta):
    earlier = make_agreement(mesa)
    later = make_agreement(mesa)
    with pytest.raises(follow.AgreementError, match="posterior"):
        supersede(following=following(later, marta), by_agreement_id=earlier.pk)


def test_what_new_minutes_supersede_is_settled_once(mesa, marta):
    old = make_agreement(mesa)
    later = make_agreement(mesa, supersedes=old)
    asked = {"actor": marta, "standing": following(old, marta).standing, "at": NOW}
    first = settle_superseded(meeting_id=later.meeting_id, **asked)
    assert [one.pk for one in first] == [old.pk]
    assert settle_superseded(meeting_id=later.meeting_id, **asked) == ()


def test_a_person_owes_the_open_ones_that_name_them(mesa):
    person = make_user()
    mine = make_agreement(mesa, responsible_person=person, due_on=TODAY - timedelta(days=1))
    make_agreement(mesa, responsible_person=person, state="without_effect")
    make_agreement(mesa)
    (line,) = owed_by(person.pk, on=TODAY)
    assert (line.id, line.situation) == (mine.pk, Situation.OVERDUE)


def test_the_support_team_tells_progress_and_governs_nothing(mesa):
    support = make_user()
    designate(mesa, support, Designation.Duty.SUPPORT)
    agreement = make_agreement(mesa)
    follow.tell_progress(following=following(agreement, support), text="Llamamos.")
    with pytest.raises(PermissionDenied):
        follow.void(following=following(agreement, support), text="Ya no.")
