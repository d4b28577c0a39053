"""Every address × every role, against one declarative table (tests/authorisation.toml)."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from sigpret.apps.accounts.roles import Role
from tests.apps.world import CANARIES, World, make_world

TABLE = tomllib.loads(
    (Path(__file__).parents[1] / "authorisation.toml").read_text(encoding="utf-8")
)
ROWS = [(name, row) for name, rows in TABLE["address"].items() for row in rows]
VISITORS = ["anonymous", "no_role", "stranger", *(role.value for role in Role)]
#: Those who may not read what the other institution has not published.
OUTSIDERS = {"anonymous", "no_role", "stranger", "registrar", "approver", "mesa_coordinator",
             "mesa_member", "political_coordinator"}  # fmt: skip


def addresses(patterns=None, space: str = "") -> Iterator[str]:
    """The name of every address of the product."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_address_is_in_the_table():
    assert sorted(set(addresses())) == sorted(TABLE["address"])


def addresses_without_post() -> Iterator[tuple[str, dict]]:
    """The first row of every address of ours that the table never asks with POST."""
    for name, rows in TABLE["address"].items():
        is_ours = not name.startswith(("account_", "mfa_"))
        if is_ours and not any(row.get("method") == "POST" for row in rows):
            yield name, rows[0]


@pytest.mark.django_db
def test_an_address_without_a_row_of_post_refuses_it(client):
    """Whoever makes a view accept POST says in the table who may."""
    world = make_world()
    client.force_login(
        world.people["administrator"], backend="django.contrib.auth.backends.ModelBackend"
    )
    accepted = [
        name
        for name, row in addresses_without_post()
        if client.post(reverse(name, kwargs=world.fill(row.get("at", {})))).status_code != 405
    ]
    assert accepted == []


def verdict(answer) -> str:
    """What the visitor got: ok (a page, a redirect inside, a complaint about input) or why not."""
    if answer.status_code in (301, 302) and "/ingresar/" in answer["Location"]:
        return "login"
    if answer.status_code in (200, 301, 302, 400, 409, 422):
        return "ok"
    return str(answer.status_code)


def expected(row: dict, visitor: str) -> str:
    """`to` lists who gets in; anonymous visitors of the rest sign in first."""
    if row["to"] == "everybody" or visitor in row["to"].split():
        return "ok"
    if row["to"] == "signed in" and visitor != "anonymous":
        return "ok"
    return row.get("anonymous", "login") if visitor == "anonymous" else row.get("others", "403")


def ask(client, world: World, name: str, row: dict, visitor: str):
    client.logout()
    if visitor != "anonymous":
        client.force_login(
            world.people[visitor], backend="django.contrib.auth.backends.ModelBackend"
        )
    address = reverse(name, kwargs=world.fill(row.get("at", {})))
    method = client.post if row.get("method") == "POST" else client.get
    return method(address, world.fill(row.get("with", {})))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "row"), ROWS, ids=[f"{row.get('method', 'GET')} {name}" for name, row in ROWS]
)
def test_each_role_gets_what_the_table_says(client, name, row):
    client.raise_request_exception = False
    world = make_world()
    got = {}
    for visitor in VISITORS:
        with transaction.atomic():
            answer = ask(client, world, name, row, visitor)
            body = b"".join(answer) if answer.streaming else answer.content
            got[visitor] = verdict(answer)
            transaction.set_rollback(True)
        if visitor in OUTSIDERS:
            read = [canary for canary in CANARIES if canary.encode() in body]
            assert not read, f"{visitor} reads the other institution's draft: {read}"
    assert got == {visitor: expected(row, visitor) for visitor in VISITORS}
