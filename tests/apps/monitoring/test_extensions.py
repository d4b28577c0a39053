"""More time for one institution: asked once, decided by DIGER, and worth what it says."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.monitoring import actions
from sigpret.apps.monitoring.actions.round_notices import tell_expired_extensions
from sigpret.apps.monitoring.models import Extension, GoalAchievement, Snapshot
from sigpret.apps.monitoring.queries import closing_checklist
from sigpret.apps.monitoring.queries.extensions import excuses
from sigpret.apps.monitoring.queries.rounds import deadline_for, round_facts
from sigpret.apps.notices.models import Notice
from tests.apps.monitoring.scenes import DEADLINE, NOW, Q3, Ministry, access
from tests.factories.institutions import make_user

pytestmark = pytest.mark.django_db
LATER = DEADLINE + timedelta(days=30)
CLOSING = DEADLINE + timedelta(days=14)


@pytest.fixture
def ministry():
    return Ministry()


def ask(ministry, *, reason="Se incendió el archivo.", at=NOW, by=None):
    by = by or ministry.registrar
    return actions.request_extension(
        actor=by,
        access=access(by),
        institution=ministry.institution,
        period=Q3,
        reason=reason,
        at=at,
    )


def grant(ministry, *, until=LATER, at=NOW, by=None, **more):
    by = by or ministry.administrator
    return actions.grant_extension(
        actor=by,
        access=access(by),
        institution=ministry.institution,
        period=Q3,
        until=until,
        at=at,
        **more,
    )


def test_asking_twice_for_the_same_has_one_effect(ministry):
    first = ask(ministry)
    assert ask(ministry) == first
    assert AuditEvent.objects.filter(action="monitoring.extension_requested").count() == 1
    with pytest.raises(actions.ExtensionError, match="ya pidió prórroga"):
        ask(ministry, reason="Otro motivo.")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"reason": "  "}, "por qué necesita"),
        ({"at": DEADLINE}, "venció el 16 de octubre"),
        ({"at": NOW - timedelta(days=30)}, "todavía no abre"),
    ],
)
def test_what_cannot_be_asked_says_why(ministry, asked, sentence):
    with pytest.raises(actions.ExtensionError, match=sentence):
        ask(ministry, **asked)


def test_only_the_institution_asks_and_only_the_administration_decides(ministry):
    with pytest.raises(PermissionDenied):
        ask(
            ministry, by=make_user(Role.REGISTRAR, institution=Ministry(ministry.round).institution)
        )
    for role in (Role.ANALYST, Role.AUDITOR):
        with pytest.raises(PermissionDenied, match="Sólo la administración"):
            grant(ministry, by=make_user(role), reason="x")


def test_nobody_decides_how_much_time_their_own_institution_has(ministry):
    insider = make_user(Role.ADMINISTRATOR, Role.REGISTRAR, institution=ministry.institution)
    asked = ask(ministry)
    with pytest.raises(PermissionDenied, match="pertenece a esta institución"):
        grant(ministry, by=insider)
    with pytest.raises(PermissionDenied, match="pertenece a esta institución"):
        actions.refuse_extension(
            actor=insider, access=access(insider), extension_id=asked.pk, note="No.", at=NOW
        )


def test_a_request_alone_moves_nothing(ministry):
    ask(ministry)
    with pytest.raises(actions.RoundNotOpenError):
        ministry.save("2", at=DEADLINE)


def test_a_granted_extension_moves_the_deadline_of_its_institution_only(ministry):
    other = Ministry(round=ministry.round)
    ask(ministry)
    grant(ministry)
    assert ministry.save("2", at=DEADLINE + timedelta(days=1)).value == 2
    with pytest.raises(actions.RoundNotOpenError):
        other.save("2", at=DEADLINE + timedelta(days=1))
    with pytest.raises(actions.RoundNotOpenError, match="cerró el 15 de noviembre"):
        ministry.save("3", version=1, at=LATER)
    facts = round_facts(Q3)
    assert deadline_for(ministry.institution.pk, facts) == LATER
    assert deadline_for(other.institution.pk, facts) == DEADLINE
    assert round_facts(Q3, institution_id=ministry.institution.pk).accepts_at(DEADLINE)


@pytest.mark.parametrize("until", [NOW, DEADLINE, DEADLINE - timedelta(days=1)])
def test_an_extension_ends_after_the_deadline_and_after_today(ministry, until):
    with pytest.raises(actions.ExtensionError, match="vencer después"):
        grant(ministry, until=until, reason="Incendio.")


def test_an_exception_without_a_request_says_why(ministry):
    with pytest.raises(actions.ExtensionError, match="motivo de la excepción"):
        grant(ministry)
    assert grant(ministry, reason="Incendio.").requested_by is None


def test_granting_just_so_again_has_no_effect_and_its_date_may_move(ministry):
    grant(ministry, reason="Incendio.")
    before = AuditEvent.objects.count()
    grant(ministry)
    assert AuditEvent.objects.count() == before
    assert grant(ministry, until=LATER + timedelta(days=1)).until == LATER + timedelta(days=1)


def test_refusing_says_why_and_a_granted_one_is_not_refused(ministry):
    asked = ask(ministry)
    decide = {
        "actor": ministry.administrator,
        "access": access(ministry.administrator),
        "extension_id": asked.pk,
        "at": NOW,
    }
    with pytest.raises(actions.ExtensionError, match="por qué no concede"):
        actions.refuse_extension(**decide, note="")
    refused = actions.refuse_extension(**decide, note="El plazo basta.")
    assert actions.refuse_extension(**decide, note="El plazo basta.") == refused
    grant(ministry)
    with pytest.raises(actions.ExtensionError, match="ya está concedida"):
        actions.refuse_extension(**decide, note="No.")


def test_nobody_decides_what_they_asked(ministry):
    asked = ask(ministry)
    Extension.objects.filter(pk=asked.pk).update(requested_by=ministry.administrator)
    with pytest.raises(actions.ExtensionError, match="Otra persona"):
        grant(ministry)
    with pytest.raises(IntegrityError, match="nobody_decides"), transaction.atomic():
        Extension.objects.update(
            state="granted", until=LATER, decided_by=ministry.administrator, decided_at=NOW
        )
    assert grant(ministry, by=ministry.director).state == "granted"


def test_granting_asks_for_the_password_again_and_refusing_does_not(ministry, client):
    ask(ministry)
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(ministry.administrator, backend=backend)
    address = reverse("monitoring:extension_decision", args=[ministry.institution.code, 2026, 3])
    given = {"until": LATER.strftime("%Y-%m-%dT%H:%M"), "reason": "Incendio.", "note": ""}
    answer = client.post(address, given)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert Extension.objects.get().state == "requested"
    client.post(answer["Location"], {"password": "una-clave-larga", "next": address})
    assert Extension.objects.get().state == "granted"


@pytest.mark.parametrize(
    ("until", "after", "told"),
    [
        (CLOSING + timedelta(days=5), timedelta(), 1),
        (CLOSING + timedelta(days=5), timedelta(days=6), 1),
        (CLOSING + timedelta(days=5), -timedelta(minutes=1), 0),
        (CLOSING + timedelta(days=5), timedelta(days=8), 0),
        (CLOSING - timedelta(days=1), timedelta(), 0),
    ],
)
def test_diger_learns_that_an_excuse_ended_after_the_closing(ministry, until, after, told):
    grant(ministry, until=until, reason="Incendio.")
    ministry.close(at=CLOSING)
    assert tell_expired_extensions(at=until + after) == told
    assert tell_expired_extensions(at=until + after) == told
    notices = Notice.objects.filter(kind="extension_expired")
    assert set(notices.values_list("recipient", flat=True)) == (
        {ministry.administrator.pk, ministry.director.pk} if told else set()
    )
    assert notices.count() == 2 * told


def test_the_database_holds_one_extension_per_institution_and_round(ministry):
    ask(ministry)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(
            round=ministry.round, institution=ministry.institution, reason="x", requested_at=NOW
        )


def test_what_an_excused_institution_sent_does_not_keep_the_quarter_open(ministry):
    grant(ministry, reason="Incendio.")
    ministry.save_everything()
    ministry.submit()
    assert closing_checklist(Q3).undecided
    assert not closing_checklist(Q3, excused=excuses(ministry.round.pk, CLOSING)).undecided
    assert ministry.close(at=CLOSING).is_closed


def test_past_the_closing_its_values_are_written_and_decided_until_it_ends(ministry):
    grant(ministry, reason="Incendio.")
    kept = ministry.close(at=CLOSING)
    goal = Snapshot.objects.get(kind="goal").payload
    assert goal["own"]["status"] == "not_reported"
    after = CLOSING + timedelta(days=1)
    ministry.save("2", at=after, cause="Incendio.", cause_category="procurement")
    ministry.save(
        "10", indicator_id=ministry.indicator.pk, at=after, cause="x", cause_category="procurement"
    )
    ministry.submit(at=after)
    ministry.validate(*ministry.report.values.all(), at=after)
    live = GoalAchievement.objects.get(goal=ministry.goal, period=Q3.code)
    assert live.own_status == "behind"
    assert round_facts(Q3).digest == kept.digest
    assert Snapshot.objects.get(kind="goal").payload == goal
    with pytest.raises(actions.NotUnderReviewError, match="solicitud de cambio"):
        ministry.give_back(ministry.value_of(ministry.product), at=after)
    with pytest.raises(actions.RoundNotOpenError):
        ministry.save("3", version=2, at=LATER)


def test_an_extension_that_ended_before_the_closing_leaves_it_closed(ministry):
    grant(ministry, until=CLOSING - timedelta(days=1), reason="Incendio.")
    ministry.close(at=CLOSING)
    with pytest.raises(actions.RoundNotOpenError):
        ministry.save("2", at=CLOSING + timedelta(days=1))
