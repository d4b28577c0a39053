"""The cell a device sends from its queue: kept once, or refused in one sentence it can show."""

import uuid

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.models import Membership
from sigpret.apps.monitoring.models import ReportedValue
from tests.apps.monitoring.scenes import NOW

KEY = "8d0a3c1e-5a0e-4b52-9f37-2c3c1b6f5a11"


@pytest.fixture
def send(ministry):
    def post(visitor, value="2", *, version=0, key=KEY, **more):
        return visitor.post(
            f"{visitor.report_url}/dato",
            {"product": ministry.product.pk, "value": value, "version": version, **more},
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )

    return post


def stored(ministry) -> ReportedValue:
    return ReportedValue.objects.get(product=ministry.product)


def test_a_value_is_kept_and_its_version_comes_back(registrar, ministry, send):
    answer = send(registrar, "1,234.5")
    assert answer.status_code == 200
    assert answer.json() | {"saved_at": ""} == {
        "value": "1234.5",
        "version": 1,
        "state": "draft",
        "saved_at": "",
    }
    assert stored(ministry).value == 1234.5


def test_a_zero_is_kept_as_a_value(registrar, ministry, send):
    assert send(registrar, "0").json()["value"] == "0"
    assert stored(ministry).value == 0


def test_the_same_request_twice_has_one_effect(registrar, ministry, send):
    first, second = send(registrar), send(registrar)
    assert first.json()["version"] == second.json()["version"] == 1
    assert AuditEvent.objects.filter(action="monitoring.value_saved").count() == 1


def test_the_same_key_with_another_value_is_a_conflict(registrar, ministry, send):
    send(registrar, "2")
    answer = send(registrar, "3", version=1)
    assert answer.status_code == 409
    assert "vuelva a escribir el dato" in answer.json()["error"]
    assert stored(ministry).value == 2


def test_a_colleague_who_wrote_meanwhile_leaves_both_values(registrar, ministry, send):
    ministry.save("24")
    answer = send(registrar, "26", version=0)
    assert answer.status_code == 409
    assert (answer.json()["mine"], answer.json()["theirs"]) == ("26", "24")
    assert answer.json()["version"] == 1


@pytest.mark.parametrize(
    ("value", "said"), [("3O", "3O"), ("uno", "uno"), ("-1", "negativo"), ("9" * 30, "grande")]
)
def test_what_is_not_a_quantity_is_refused_with_a_sentence(registrar, send, value, said):
    answer = send(registrar, value)
    assert answer.status_code == 422
    assert said in answer.json()["error"]


def test_a_likely_number_is_suggested(registrar, send):
    assert send(registrar, "3O").json()["suggestion"] == "30"


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '{"version": "x"}', "[" * 5_000])
def test_what_is_not_a_cell_is_refused(registrar, body):
    answer = registrar.post(f"{registrar.report_url}/dato", body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["error"] == "No se entendió el dato. Escríbalo otra vez."


def test_an_ended_session_is_told_so(anonymous, send):
    answer = send(anonymous)
    assert answer.status_code == 401
    assert "Ingrese otra vez" in answer.json()["error"]


def test_another_institution_writes_nothing(stranger, send):
    assert send(stranger).status_code == 403
    assert not ReportedValue.objects.exists()


def test_a_key_that_is_none_keeps_nothing(registrar, send):
    assert send(registrar, key="one").status_code == 400
    assert not ReportedValue.objects.exists()


def test_different_keys_are_different_requests(registrar, ministry, send):
    send(registrar, "2", key=str(uuid.uuid4()))
    assert send(registrar, "3", version=1, key=str(uuid.uuid4())).json()["version"] == 2


@pytest.mark.parametrize("version", [0, 1])
def test_a_saved_cell_takes_four_messages_to_the_database(registrar, ministry, send, version):
    """The session, the person and their roles, what stands and is held, and what is written."""
    ministry.save("1")
    if version == 0:
        ReportedValue.objects.all().delete()
    with CaptureQueriesContext(connection) as asked:
        assert send(registrar, version=version).status_code == 200
    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) == 4


def test_a_role_that_ended_writes_nothing_from_the_next_request_on(registrar, ministry, send):
    assert send(registrar).status_code == 200
    Membership.objects.filter(user=ministry.registrar).update(
        valid_from="2026-01-01", valid_until="2026-10-12"
    )
    assert send(registrar, "3", version=1, key=str(uuid.uuid4())).status_code == 403
    assert stored(ministry).value == 2


def test_somebody_whose_account_is_closed_is_out_at_once(registrar, ministry, send):
    ministry.registrar.is_active = False
    ministry.registrar.save()
    assert send(registrar).status_code == 401


@pytest.mark.parametrize("expires", [None, NOW.replace(year=2020)])
def test_a_session_that_ended_is_out_at_once(registrar, send, expires):
    if expires is None:
        Session.objects.all().delete()
    else:
        Session.objects.update(expire_date=expires)
    assert send(registrar).status_code == 401
