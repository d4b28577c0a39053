"""What a published version of the matrix says never changes, and it is seen if it does."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.results import actions
from sigpret.apps.results.health import last_version_is_whole
from sigpret.apps.results.models import MatrixVersion, MatrixVersionRow
from sigpret.config.commands.audit import run
from tests.apps.monitoring.scenes import NOW, access
from tests.factories.institutions import make_user
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
REWRITE = """UPDATE results_matrixversionrow SET content = content || '{"level": "otra"}'"""


@pytest.fixture
def version() -> MatrixVersion:
    analyst = make_user(Role.ANALYST)
    make_goal("presidential", {"2026": "30.5"}, code="MP-1")
    return actions.publish_matrix(actor=analyst, access=access(analyst), note="Primera", at=NOW)


def behind_the_triggers(*statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.parametrize(
    "change",
    [
        lambda: MatrixVersion.objects.update(note="Otra"),
        lambda: MatrixVersionRow.objects.update(level="sectoral"),
        lambda: MatrixVersionRow.objects.all().delete(),
        lambda: MatrixVersion.objects.all().delete(),
    ],
)
def test_the_database_refuses_to_change_what_was_published(version, change):
    with pytest.raises(ProgrammingError, match="no se cambia"), transaction.atomic():
        change()
    assert run(["verify", "--matrix"]) == 0


def test_every_version_verifies_with_its_own_digest(version, capsys):
    assert run(["verify", "--matrix"]) == 0
    assert f"Versión 1 de la matriz íntegra. Huella: {version.digest}" in capsys.readouterr().out
    assert run(["verify", "--matrix", "1"]) == 0
    assert last_version_is_whole().is_ok


def test_a_row_changed_behind_the_triggers_is_seen(version, capsys):
    behind_the_triggers(REWRITE)
    assert run(["verify", "--matrix", "1"]) == 1
    assert "Lo guardado cambió" in capsys.readouterr().out
    assert not last_version_is_whole().is_ok


def test_a_digest_rewritten_with_its_rows_is_seen_in_the_chain(version, capsys):
    behind_the_triggers("UPDATE results_matrixversion SET digest = repeat('0', 64)")
    assert run(["verify", "--matrix"]) == 1
    assert f"La bitácora dice otra huella de esta versión: {version.digest}" in (
        capsys.readouterr().out
    )


def test_a_version_nobody_published_is_a_sentence(capsys):
    assert run(["verify", "--matrix"]) == 0
    assert last_version_is_whole().is_ok
    assert run(["verify", "--matrix", "7"]) == 2
    assert "no tiene una versión 7" in capsys.readouterr().err


def test_publishing_asks_for_the_password_again_and_goes_on(client):
    analyst = make_user(Role.ANALYST)
    make_goal("presidential", {"2026": "30.5"}, code="MP-1")
    client.force_login(analyst, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("results:publish"), {"note": "Primera"})
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not MatrixVersion.objects.exists()
    given = {"password": "una-clave-larga", "next": reverse("results:publish")}
    client.post(answer["Location"], given)
    assert MatrixVersion.objects.get().note == "Primera"
