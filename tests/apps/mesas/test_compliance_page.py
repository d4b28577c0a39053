"""DIGER's board of the mesas: the sentence, the filters and who reads it."""

from datetime import date

import pytest
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from tests.factories.institutions import make_sector, make_user
from tests.factories.mesas import make_mesa

pytestmark = pytest.mark.django_db
ADDRESS = "/mesas/cumplimiento"


def board_for(client, query=""):
    client.force_login(make_user(Role.ADMINISTRATOR))
    return client.get(ADDRESS + query).content.decode()


def test_the_heading_counts_the_mesas_and_names_the_one_that_is_missing(client):
    make_mesa(make_sector("Salud"))
    make_mesa(make_sector("Vivienda"), constituted_on=None, constitution_act="")
    assert "0 de 2 mesas cumplen los lineamientos; Vivienda sigue sin constituirse" in board_for(
        client
    )


def test_a_filter_leaves_only_the_mesas_that_break_its_guideline(client):
    make_mesa(make_sector("Salud"))
    make_mesa(make_sector("Vivienda"), constituted_on=None, constitution_act="")
    page = board_for(client, "?regla=constituted")
    assert reverse("mesas:summary", args=["x"])[:-1] in page
    assert page.count('scope="row"><a') == 1


def test_a_filter_that_leaves_nothing_says_so(client):
    make_mesa(constituted_on=date(2026, 1, 12))
    assert "Ninguna mesa cumple el filtro" in board_for(client, "?estado=due_soon")


def test_each_guideline_is_quoted_on_the_page(client):
    make_mesa()
    assert "al menos cinco (5) días de anticipación" in board_for(client)
