"""The chain of events: what it holds, what it refuses, what its verification sees."""

import json
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from sigpret.apps.audit.actions import canonical, record
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.audit.queries import verify_chain
from tests.factories.institutions import make_user

pytestmark = pytest.mark.django_db


def record_three(actor=None) -> list[AuditEvent]:
    for number in range(3):
        record(
            actor=actor,
            action="value.saved",
            subject_type="value",
            subject_id=number,
            payload={"old": None, "new": "50", "why": "corrección de Óscar"},
        )
    return list(AuditEvent.objects.order_by("id"))


def tamper(statement: str) -> None:
    """Change the table as somebody with the keys of the database would."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


@contextmanager
def refused():
    """What happens inside is refused by the database, in its own words."""
    with pytest.raises(DatabaseError, match="sólo admite hechos nuevos"), transaction.atomic():
        yield


def test_an_untouched_chain_is_whole():
    events = record_three(make_user())
    verdict = verify_chain()
    assert verdict.is_whole
    assert verdict.events == 3
    assert verdict.head == events[-1].digest


def test_an_empty_chain_is_whole():
    verdict = verify_chain()
    assert verdict.is_whole
    assert verdict.head == ""


def test_each_event_follows_the_one_before():
    first, second, third = record_three()
    assert first.previous_digest == ""
    assert second.previous_digest == first.digest
    assert third.previous_digest == second.digest


def test_the_system_acts_under_its_own_name():
    event = record_three()[0]
    assert event.actor_id is None
    assert event.actor_name == "SIGPRET"


def test_the_payload_is_kept_as_it_was_hashed():
    event = record_three()[0]
    assert json.loads(event.payload) == {"new": "50", "old": None, "why": "corrección de Óscar"}


def test_canonical_text_does_not_depend_on_the_order_of_keys():
    assert canonical({"b": 1, "a": 2}) == canonical({"a": 2, "b": 1}) == '{"a":2,"b":1}'


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET actor_name = 'otra persona'",
        "DELETE FROM audit_auditevent",
    ],
)
def test_the_database_refuses_to_change_what_happened(statement):
    record_three()
    with refused(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_to_empty_the_chain():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditevent ENABLE TRIGGER audit_is_not_truncated")
    with refused(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_auditevent")


def test_what_a_writer_says_about_time_and_digests_is_ignored():
    AuditEvent.objects.create(
        actor_name="x",
        action="a",
        subject_type="t",
        subject_id="1",
        at="2001-01-01T00:00:00Z",
        digest="0" * 64,
        previous_digest="1" * 64,
    )
    event = AuditEvent.objects.get()
    assert event.at.year > 2001
    assert verify_chain().is_whole


#: The middle event, the first and the last; ids may have gaps.
MIDDLE = "(SELECT id FROM audit_auditevent ORDER BY id OFFSET 1 LIMIT 1)"
FIRST = "(SELECT min(id) FROM audit_auditevent)"
LAST = "(SELECT max(id) FROM audit_auditevent)"
TAMPERED = [
    ("edited", f"UPDATE audit_auditevent SET payload = '{{}}' WHERE id = {MIDDLE}", "alterado"),
    (
        "moved in time",
        f"UPDATE audit_auditevent SET at = at + '1 s' WHERE id = {FIRST}",
        "alterado",
    ),
    ("deleted", f"DELETE FROM audit_auditevent WHERE id = {MIDDLE}", "no sigue al anterior"),
    ("first deleted", f"DELETE FROM audit_auditevent WHERE id = {FIRST}", "no sigue al anterior"),
    ("reordered", f"UPDATE audit_auditevent SET id = -id WHERE id = {LAST}", "no sigue"),
]


@pytest.mark.parametrize(("how", "change", "said"), TAMPERED, ids=[row[0] for row in TAMPERED])
def test_verification_sees_what_was_touched(how, change, said):
    record_three()
    tamper(change)
    verdict = verify_chain()
    assert not verdict.is_whole
    assert any(said in problem for problem in verdict.problems)


def test_a_cut_tail_is_seen_against_a_head_kept_outside():
    head = record_three()[-1].digest
    tamper("DELETE FROM audit_auditevent WHERE id = (SELECT max(id) FROM audit_auditevent)")
    assert verify_chain().is_whole
    assert not verify_chain(expected_head=head).is_whole


def test_an_older_head_kept_outside_is_still_recognised():
    events = record_three()
    assert verify_chain(expected_head=events[0].digest).is_whole
