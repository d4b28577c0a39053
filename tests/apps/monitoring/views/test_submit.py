"""T3 · Sending: everything that is missing at once, once sent, a receipt."""

from datetime import datetime
from uuid import uuid4

import pytest

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from tests.apps.monitoring.views.desk import Desk, text_of
from tests.factories.institutions import make_user
from tests.factories.monitoring import TEGUCIGALPA


def declared(ministry, version: int | None = None) -> dict:
    return {
        "declaration": "on",
        "version": ministry.report.version if version is None else version,
    }


def test_anonymous_people_sign_in_first(anonymous):
    assert anonymous.get(anonymous.submit_url).status_code == 302


def test_another_institution_sees_and_sends_nothing(stranger, ministry):
    ministry.save_everything()
    assert stranger.get(stranger.submit_url).status_code == 403
    assert stranger.post(stranger.submit_url, declared(ministry)).status_code == 403
    assert ministry.report.state == "draft"


def test_an_analyst_does_not_send(analyst, ministry):
    ministry.save_everything()
    assert analyst.post(analyst.submit_url, declared(ministry)).status_code == 403


def test_what_is_missing_is_listed_and_the_button_explains(registrar, ministry):
    ministry.save("2", cause="Hubo atrasos.", cause_category="other")
    words = text_of(registrar.get(registrar.submit_url))
    assert "Falta resolver 1 fila para enviar" in words
    assert "Enviar a DIGER · falta 1" in words


def test_a_row_that_needs_a_cause_says_how_far_it_is(registrar, ministry):
    """Two of two in the quarter may still be half of what was due to date."""
    ministry.save("2")
    words = text_of(registrar.get(registrar.submit_url))
    assert "% a la fecha" in words


def test_an_incomplete_report_is_not_sent_and_says_so(registrar, ministry):
    ministry.save("2")
    response = registrar.post(registrar.submit_url, declared(ministry))
    assert response.status_code == 422
    assert ministry.report.state == "draft"


def test_nothing_is_sent_without_the_declaration(registrar, ministry):
    ministry.save_everything()
    response = registrar.post(registrar.submit_url, {"version": ministry.report.version})
    assert response.status_code == 422
    assert "Marque la declaración" in text_of(response)
    assert ministry.report.state == "draft"


def test_sending_gives_a_receipt(registrar, ministry):
    ministry.save_everything()
    response = registrar.post(registrar.submit_url, declared(ministry), follow=True)
    words = text_of(response)
    assert ministry.report.state == "submitted"
    assert f"Comprobante n.º {ministry.institution.code}-2026-T3-" in words
    assert "Puede corregir hasta que DIGER empiece a revisar" in words


def test_the_receipt_is_a_paper_that_says_the_same_twice(registrar, ministry):
    ministry.save_everything()
    paper_url = registrar.report_url + "/comprobante.pdf"
    assert registrar.get(paper_url).status_code == 404
    ministry.submit()
    paper = registrar.get(paper_url)
    assert paper.content.startswith(b"%PDF-")
    assert ministry.report.receipt in paper.headers["Content-Disposition"]
    assert registrar.get(paper_url).content == paper.content


def test_sending_twice_sends_once(registrar, ministry):
    ministry.save_everything()
    data = declared(ministry)
    registrar.post(registrar.submit_url, data)
    version = ministry.report.version
    assert registrar.post(registrar.submit_url, data).status_code == 302
    assert ministry.report.version == version


def test_a_report_that_changed_meanwhile_is_read_again(registrar, ministry):
    ministry.save_everything()
    response = registrar.post(registrar.submit_url, declared(ministry, version=1))
    assert response.status_code == 409
    assert ministry.report.state == "draft"


@pytest.mark.usefixtures("ministry")
def test_after_the_deadline_nothing_is_sent(registrar, ministry, settings):
    ministry.save_everything()
    settings.DEMO_NOW = datetime(2026, 10, 16, 17, 0, tzinfo=TEGUCIGALPA)
    assert registrar.post(registrar.submit_url, declared(ministry)).status_code == 409
    assert "El plazo no está abierto" in text_of(registrar.get(registrar.submit_url))
    assert ministry.report.state == "draft"


class TestTwoPeople:
    @pytest.fixture
    def approver(self, ministry):
        user = make_user(Role.APPROVER, institution=ministry.institution, full_name="Julia M.")
        ministry.save_everything()
        return Desk(ministry, user)

    def test_the_registrar_is_told_who_approves(self, registrar, approver):
        words = text_of(registrar.get(registrar.submit_url))
        assert "Julia M." in words
        assert "Enviar a aprobación" in words

    def test_it_waits_until_the_approver_sends_it(self, registrar, approver, ministry):
        page = registrar.post(registrar.submit_url, declared(ministry), follow=True)
        assert "Aprueba Julia M." in text_of(page)
        assert ministry.report.state == "to_approve"
        words = text_of(approver.get(approver.submit_url))
        assert "Aprobar y enviar a DIGER" in words
        data = declared(ministry) | {"decision": "approve"}
        assert "Comprobante n.º" in text_of(approver.post(approver.submit_url, data, follow=True))
        assert ministry.report.state == "submitted"

    def test_the_approver_gives_it_back_with_a_sentence(self, registrar, approver, ministry):
        registrar.post(registrar.submit_url, declared(ministry))
        asked = {"decision": "give_back", "version": ministry.report.version}
        response = approver.post(approver.submit_url, asked)
        assert response.status_code == 422
        assert "Escriba qué debe cambiar" in text_of(response)
        approver.post(approver.submit_url, asked | {"note": "Revise las visitas."})
        assert ministry.report.state == "draft"
        assert "«Revise las visitas.»" in text_of(registrar.get(registrar.submit_url))
        assert "«Revise las visitas.»" in text_of(registrar.get(registrar.report_url))

    def test_the_registrar_does_not_approve(self, registrar, approver, ministry):
        registrar.post(registrar.submit_url, declared(ministry))
        data = declared(ministry) | {"decision": "approve"}
        assert registrar.post(registrar.submit_url, data).status_code == 403
        assert ministry.report.state == "to_approve"


class TestTheKeyOfARequest:
    def test_trying_again_gets_the_first_answer(self, registrar, ministry):
        ministry.save_everything()
        data, key = declared(ministry), {"Idempotency-Key": str(uuid4())}
        for _attempt in range(2):
            assert registrar.post(registrar.submit_url, data, headers=key).status_code == 302
        assert AuditEvent.objects.filter(action="monitoring.report_submitted").count() == 1

    def test_for_something_else_is_refused_with_a_sentence(self, registrar, ministry):
        ministry.save_everything()
        key = {"Idempotency-Key": str(uuid4())}
        registrar.post(registrar.submit_url, declared(ministry), headers=key)
        response = registrar.post(registrar.submit_url, declared(ministry, 1), headers=key)
        assert response.status_code == 409
        assert "ya se usó para guardar otra cosa" in text_of(response)

    def test_that_is_not_one_is_refused(self, registrar, ministry):
        ministry.save_everything()
        key = {"Idempotency-Key": "mañana"}
        response = registrar.post(registrar.submit_url, declared(ministry), headers=key)
        assert response.status_code == 400
