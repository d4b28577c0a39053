"""Which databases `./sigpret demo --reset` may empty."""

import pytest
from django.db import connection

from sigpret.apps.audit.actions import record
from sigpret.config.commands.demo import NotDemonstrationError, check_may_be_emptied, run
from sigpret.demonstration.loader import LOADED
from tests.factories.institutions import make_institution, make_user

pytestmark = pytest.mark.django_db


def run_sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def pretend_it_is_loaded() -> None:
    make_institution()
    make_user(is_demo=True)
    record(actor=None, action=LOADED, subject_type="country", subject_id=414)


def test_a_database_without_tables():
    run_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    check_may_be_emptied()


def test_one_that_was_only_prepared():
    check_may_be_emptied()


def test_the_demonstrations_own():
    pretend_it_is_loaded()
    check_may_be_emptied()


def test_not_one_with_a_real_person():
    pretend_it_is_loaded()
    make_user()
    with pytest.raises(NotDemonstrationError, match="personas reales"):
        check_may_be_emptied()


def test_not_an_installation_without_people_yet():
    make_institution()
    with pytest.raises(NotDemonstrationError, match="no es la demostración"):
        check_may_be_emptied()


def test_not_another_programs():
    run_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE nomina (id int)")
    with pytest.raises(NotDemonstrationError, match="nomina"):
        check_may_be_emptied()


def test_not_one_shared_with_another_program():
    pretend_it_is_loaded()
    run_sql("CREATE TABLE nomina (id int)")
    with pytest.raises(NotDemonstrationError, match="nomina"):
        check_may_be_emptied()


def test_not_another_django_programs():
    run_sql(
        "DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE django_migrations (id int)"
    )
    with pytest.raises(NotDemonstrationError, match="no es la demostración"):
        check_may_be_emptied()


def test_the_refusal_is_a_sentence_and_nothing_is_lost(capsys):
    person = make_user()
    assert run(["--reset", "--no-serve"]) == 1
    assert "personas reales" in capsys.readouterr().err
    person.refresh_from_db()
