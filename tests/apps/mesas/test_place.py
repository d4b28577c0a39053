"""Inside a mesa the menu has its nouns, and says how many agreements are late."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.mesas.queries import with_overdue
from sigpret.apps.mesas.views.loading import is_inside
from sigpret.web import clock
from tests.factories.agreements import make_agreement
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesas import make_mesa

pytestmark = pytest.mark.django_db


def test_the_menu_of_a_mesa_counts_its_late_agreements(client):
    mesa, today = make_mesa(), clock.now().date()
    make_agreement(mesa, due_on=today - timedelta(days=1))
    make_agreement(mesa, due_on=today)
    assert with_overdue(mesa.sector.slug, on=today) == (mesa, 1)
    person = make_user(Role.ADMINISTRATOR)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("mesas:members", args=[mesa.sector.slug])).content.decode()
    assert f"MESGEPRET {mesa.sector.name}" in page
    assert '<span class="count hot">1<span class="sr"> vencidos</span></span>' in page
    assert page.count('aria-current="page">') >= 1


def test_a_mesa_nobody_has_heard_of_is_not_there():
    assert with_overdue("ninguna", on=clock.now().date()) is None


def test_who_does_not_belong_is_told_who_reads_it(client):
    stranger = make_user(Role.REGISTRAR, institution=make_institution("999"))
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("mesas:summary", args=[make_mesa().sector.slug]))
    assert answer.status_code == 403
    assert "Pida a DIGER que le acrediten" in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "name", "is_on"),
    [
        ("/mesas/salud", "mesas:summary", True),
        ("/mesas/salud/miembros", "mesas:summary", False),
    ],
)
def test_the_summary_is_only_itself(path, name, is_on):
    assert is_inside(path, "/mesas/salud", name) is is_on


def test_a_page_below_a_noun_is_in_it():
    assert is_inside("/mesas/salud/miembros/acreditar", "/mesas/salud/miembros", "mesas:members")
    assert not is_inside("/mesas/salud-2/x", "/mesas/salud", "mesas:members")


@pytest.mark.parametrize("path", ["/mesas/salud/convocar", "/mesas/salud/r/7/convocatoria"])
def test_what_is_called_and_held_is_among_the_meetings(path):
    assert is_inside(path, "/mesas/salud/reuniones", "mesas:meetings")
    assert not is_inside(path, "/mesas/salud/miembros", "mesas:members")
