"""T3 · Sending: everything that is missing at once, once sent, a receipt."""

from datetime import datetime

import pytest

from tests.apps.monitoring.views.desk import text_of
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
