"""The chain on the health page."""

import pytest

from sigpret.apps.audit.health import last_links_hold
from tests.apps.audit.test_chain import MIDDLE, record_three, tamper

pytestmark = pytest.mark.django_db


def test_a_whole_chain_is_well():
    record_three()
    assert last_links_hold().is_ok


def test_a_touched_chain_is_not():
    record_three()
    tamper(f"UPDATE audit_auditevent SET payload = '{{}}' WHERE id = {MIDDLE}")
    assert not last_links_hold().is_ok


def test_the_health_page_says_so_with_its_code(client):
    assert client.get("/salud").status_code == 200
    record_three()
    tamper(f"UPDATE audit_auditevent SET payload = '{{}}' WHERE id = {MIDDLE}")
    assert client.get("/salud").status_code == 503
