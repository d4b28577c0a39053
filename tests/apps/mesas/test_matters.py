"""What is put to the level above, and what it decides."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions import escalations as matters
from sigpret.apps.mesas.actions.agreements import Following, fulfil, void
from sigpret.apps.mesas.actions.superseding import supersede
from sigpret.apps.mesas.models import AgreementStep, Designation, Escalation
from sigpret.apps.mesas.queries import standing_in
from sigpret.apps.mesas.queries.matters import matters as register
from sigpret.apps.notices.models import Notice
from tests.factories.agreements import make_agreement
from tests.factories.evidence import make_evidence
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesas import AT, designate, make_coordinator, make_mesa

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(days=3)
TODAY, NEXT_MONTH = NOW.date(), date(2026, 11, 13)


@pytest.fixture
def mesa():
    return make_mesa()


@pytest.fixture
def marta(mesa):
    return make_coordinator(mesa)


@pytest.fixture
def presidency():
    return make_user(Role.PRESIDENCY)


def standing_of(mesa, person):
    return standing_in(mesa, access_of(person, on=TODAY), on=TODAY)


def raised(mesa, person, to="presidency") -> Escalation:
    agreement = make_agreement(mesa)
    following = Following(person, standing_of(mesa, person), agreement.pk, 1, NOW)
    return matters.escalate(
        following=following, to=to, ask="Autorizar la compra directa.", reason="Quedó desierta."
    )


def deciding(matter, person, version=None) -> matters.Deciding:
    asked = matter.version if version is None else version
    return matters.Deciding(person, standing_of(matter.mesa, person), matter.pk, asked, NOW)


def decision(**fields) -> matters.Decision:
    values = {"text": "Se autoriza.", "owner_id": None, "due_on": NEXT_MONTH, **fields}
    values["owner_id"] = values["owner_id"] or make_institution().pk
    return matters.Decision(**values)


def test_what_the_coordination_raises_waits_at_the_presidency(mesa, marta, presidency):
    """«es responsable de responder ante la Presidencia de la República, respecto al avance de las
    metas»"""
    matter = raised(mesa, marta)
    assert matter.agreement.steps.get().kind == "escalated"
    assert Notice.objects.get(recipient=presidency).kind == "matter_raised"
    (line,) = register(access_of(presidency, on=TODAY), to="presidency", on=TODAY)
    assert (line.state, line.ask) == ("open", "Autorizar la compra directa.")


def test_what_is_raised_to_the_political_level_is_told_to_its_coordination(mesa, marta):
    minister = make_user()
    designate(mesa, minister, Designation.Duty.POLITICAL_COORDINATOR)
    raised(mesa, marta, "political")
    assert Notice.objects.get(recipient=minister).kind == "matter_raised"


def test_while_it_waits_it_is_raised_once(mesa, marta):
    matter = raised(mesa, marta)
    following = Following(marta, standing_of(mesa, marta), matter.agreement_id, 9, NOW)
    again = matters.escalate(following=following, to="presidency", ask="Otra", reason="Otra")
    assert again.pk == matter.pk


def test_the_presidency_decides_entrusts_and_dates(mesa, marta, presidency):
    matter = raised(mesa, marta)
    done = matters.decide(deciding=deciding(matter, presidency), decision=decision())
    assert (done.state, done.due_on, done.decided_by) == ("decided", NEXT_MONTH, presidency)
    assert Notice.objects.get(recipient=marta).kind == "matter_decided"


def test_the_political_coordination_does_not_decide_for_the_presidency(mesa, marta):
    minister = make_user()
    designate(mesa, minister, Designation.Duty.POLITICAL_COORDINATOR)
    matter = raised(mesa, marta)
    with pytest.raises(PermissionDenied, match="Presidencia de la República"):
        matters.decide(deciding=deciding(matter, minister), decision=decision())


@pytest.mark.parametrize(
    ("name", "wrong", "words"),
    [
        ("sin texto", {"text": " "}, "la decisión"),
        ("sin fecha", {"due_on": None}, "hasta cuándo"),
        ("ya pasó", {"due_on": date(2026, 10, 12)}, "hasta cuándo"),
    ],
)
def test_a_decision_says_what_who_and_until_when(mesa, marta, presidency, name, wrong, words):
    matter = raised(mesa, marta)
    with pytest.raises(matters.MatterError, match=words):
        matters.decide(deciding=deciding(matter, presidency), decision=decision(**wrong))


def test_deciding_twice_is_one_decision_and_two_people_do_not_overwrite(mesa, marta, presidency):
    matter, first = raised(mesa, marta), decision()
    for _click in range(2):
        matters.decide(deciding=deciding(matter, presidency, 1), decision=first)
    with pytest.raises(matters.StaleMatterError, match="Vuelva a leerlo"):
        matters.decide(deciding=deciding(matter, make_user(Role.PRESIDENCY), 1),
                       decision=decision(text="No."))  # fmt: skip


def test_the_institution_entrusted_says_that_it_was_done(mesa, marta, presidency):
    place = make_institution()
    luis = make_user(Role.REGISTRAR, institution=place)
    matter = raised(mesa, marta)
    decided = matters.decide(
        deciding=deciding(matter, presidency), decision=decision(owner_id=place.pk)
    )
    done = matters.fulfil_decision(
        deciding=deciding(decided, luis), text="Se compró.", fulfilled_on=TODAY
    )
    assert (done.state, done.outcome) == ("fulfilled", "Se compró.")


def test_what_nobody_decided_is_taken_back_with_its_reason(mesa, marta, presidency):
    matter = raised(mesa, marta)
    done = matters.withdraw(deciding=deciding(matter, marta), reason="Se resolvió.")
    assert done.state == "withdrawn"
    with pytest.raises(matters.MatterError, match="retirada"):
        matters.decide(deciding=deciding(done, presidency), decision=decision())


def test_the_presidency_notes_what_nobody_asked_once(mesa, presidency):
    asked = {
        "actor": presidency,
        "access": access_of(presidency, on=TODAY),
        "mesa_id": mesa.pk,
        "ask": "Vacunación",
        "decision": decision(),
        "at": NOW,
    }
    first = matters.note_decision(**asked)
    assert matters.note_decision(**asked).pk == first.pk
    assert first.state == "decided"


def test_only_the_presidency_notes_its_decisions(mesa, marta):
    with pytest.raises(PermissionDenied, match="las anota la Presidencia"):
        matters.note_decision(
            actor=marta,
            access=access_of(marta, on=TODAY),
            mesa_id=mesa.pk,
            ask="Vacunación",
            decision=decision(),
            at=NOW,
        )


def test_whoever_is_outside_reads_no_matter_of_a_mesa(mesa, marta):
    raised(mesa, marta)
    stranger = make_user(Role.REGISTRAR, institution=make_institution())
    assert register(access_of(stranger, on=TODAY), to="presidency", on=TODAY) == ()


def test_a_decision_is_overdue_the_day_after_its_date(mesa, marta, presidency):
    matter = raised(mesa, marta)
    matters.decide(deciding=deciding(matter, presidency), decision=decision())
    access = access_of(presidency, on=TODAY)
    for day, late in ((NEXT_MONTH, False), (NEXT_MONTH + timedelta(days=1), True)):
        (line,) = register(access, to="presidency", on=day)
        assert line.is_overdue is late


@pytest.mark.parametrize("settled_by", ["without effect", "fulfilled", "superseded"])
def test_nothing_waits_for_a_decision_about_what_is_settled(mesa, marta, presidency, settled_by):
    matter = raised(mesa, marta)
    agreement = matter.agreement
    agreement.refresh_from_db()
    following = Following(marta, standing_of(mesa, marta), agreement.pk, agreement.version, NOW)
    if settled_by == "without effect":
        void(following=following, text="Ya no aplica.")
    elif settled_by == "fulfilled":
        AgreementStep.objects.create(
            agreement=agreement, kind="progress", text="Contrato", by=marta, at=NOW,
            evidence=make_evidence(agreement.institution),
        )  # fmt: skip
        fulfil(following=following, text="Ya no aplica.", fulfilled_on=TODAY)
    else:
        supersede(following=following, by_agreement_id=make_agreement(mesa).pk)
    matter.refresh_from_db()
    assert matter.state == "withdrawn"
    assert matter.outcome.startswith("El acuerdo quedó ")
    assert AuditEvent.objects.filter(action="mesas.matter_withdrawn").count() == 1
    with pytest.raises(matters.MatterError, match="ya está retirada"):
        matters.decide(deciding=deciding(matter, presidency), decision=decision())
