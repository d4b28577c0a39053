"""A database nobody prepared is answered with what to do."""

import pytest
from django.db import connection

from sigpret.config.commands import audit, give_role, load_catalogues

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (load_catalogues, []),
        (give_role, ["ana@example.hn", "analyst", "--name", "Ana"]),
        (audit, ["verify"]),
    ],
    ids=["load_catalogues", "give_role", "audit"],
)
def test_it_says_to_prepare_it(command, arguments, capsys):
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    assert command.run(arguments) == 2
    assert "./sigpret manage migrate" in capsys.readouterr().err
