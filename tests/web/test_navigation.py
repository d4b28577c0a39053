"""The menu: the same nouns in the same order, only what a role uses and what exists."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory, override_settings
from django.urls import path

from sigpret.web import navigation
from sigpret.web.navigation import EVERYBODY, MENU, PORTAL_MENU, Entry, Group, address, menu_for


def somewhere(request):
    raise AssertionError("never called")


urlpatterns = [
    path("pendientes/", somewhere, name="pending"),
    path("pendientes/hoy/", somewhere, name="today"),
    path("pendientes-viejos/", somewhere, name="old"),
]

GROUPS = (
    Group(
        "Mi trabajo",
        (
            Entry("Mis pendientes", "pending", "home", frozenset({"registrar"})),
            Entry("De otra parte", "not:installed", "home", frozenset({"registrar"})),
        ),
    ),
    Group("Otro papel", (Entry("Viejos", "old", "home", frozenset({"auditor"})),)),
)


def request_of(*roles: str, at: str = "/"):
    request = RequestFactory().get(at)
    request.roles = frozenset(roles)
    return request


@override_settings(ROOT_URLCONF=__name__)
def test_an_entry_is_shown_to_its_role_when_its_page_exists():
    groups = menu_for(request_of("registrar"), GROUPS)
    assert [(group.label, [entry.label for entry in group.entries]) for group in groups] == [
        ("Mi trabajo", ["Mis pendientes"])
    ]


@override_settings(ROOT_URLCONF=__name__)
def test_the_page_one_is_on_is_marked_and_its_neighbour_by_name_is_not():
    (group,) = menu_for(request_of("registrar", at="/pendientes/7/"), GROUPS)
    assert group.entries[0].is_on
    (group,) = menu_for(request_of("registrar", at="/pendientes-viejos/"), GROUPS)
    assert not group.entries[0].is_on


@override_settings(ROOT_URLCONF=__name__)
def test_an_entry_inside_another_is_the_only_one_marked():
    inside = Entry("Los de hoy", "today", "home", frozenset({"registrar"}))
    group = Group("Mi trabajo", (GROUPS[0].entries[0], inside))
    (shown,) = menu_for(request_of("registrar", at="/pendientes/hoy/"), (group,))
    assert [entry.label for entry in shown.entries if entry.is_on] == ["Los de hoy"]


def test_every_entry_of_the_product_leads_somewhere():
    names = [entry.url_name for group in MENU for entry in group.entries]
    names += [name for _label, name in PORTAL_MENU]
    assert [name for name in names if not address(name)] == []


def test_only_the_addresses_of_what_is_shown_are_looked_up(monkeypatch):
    asked = []
    monkeypatch.setattr(navigation, "address", lambda name: asked.append(name) or "/")
    menu_for(request_of("auditor"), GROUPS)
    assert asked == ["old"]


def test_without_roles_there_is_no_menu():
    assert menu_for(RequestFactory().get("/")) == ()


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_no_role_gets_more_than_a_person_can_scan(role):
    groups = [[e for e in group.entries if role in e.roles] for group in MENU]
    assert len([group for group in groups if group]) <= 7
    assert sum(map(len, groups)) <= 12


def test_help_is_always_the_last():
    assert str(MENU[-1].label) == "Ayuda"
    assert MENU[-1].entries[0].roles == EVERYBODY


def test_the_affiliation_is_the_post_of_the_person():
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(position="Planificador")
    assert navigation.affiliation(request) == "Planificador"
