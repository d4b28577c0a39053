"""What travels to the database in one message."""

import pytest
from django.db import DataError, connection, transaction
from psycopg.pq import TransactionStatus

from sigpret.web.statements import Repeated, Statement, send, send_last

ONE, TWO = Statement("SELECT 1"), Statement("SELECT %s", (2,))


def status() -> TransactionStatus:
    return connection.connection.info.transaction_status


@pytest.mark.django_db
def test_each_statement_of_a_message_has_its_answer():
    assert send(ONE, TWO) == [[(1,)], [(2,)]]


@pytest.mark.django_db(transaction=True)
def test_what_ends_a_transaction_travels_with_its_commit():
    with transaction.atomic():
        assert send_last(ONE, TWO)[:2] == [[(1,)], [(2,)]]
        assert status() == TransactionStatus.IDLE


@pytest.mark.django_db(transaction=True)
def test_inside_another_transaction_the_outer_one_commits():
    with transaction.atomic(), transaction.atomic():
        assert send_last(ONE) == [[(1,)]]
        assert status() == TransactionStatus.INTRANS


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_fails_is_not_committed_with_the_others():
    kept = Statement("CREATE TABLE never_kept (n int)")
    with pytest.raises(DataError), transaction.atomic():
        send_last(kept, Statement("SELECT 1 / 0"))
    assert "never_kept" not in connection.introspection.table_names()


def planned(text: str) -> list[tuple[int]]:
    """How often this connection used each statement it planned with that end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans + custom_plans FROM pg_prepared_statements"
            " WHERE statement LIKE %s",
            [f"%{text}"],
        )
        return cursor.fetchall()


@pytest.mark.django_db
def test_a_repeated_statement_is_planned_once_for_each_connection():
    text = "SELECT code, %s::int FROM institutions_institution WHERE code = %s /* once */"
    assert [send(Repeated(text, (place, "nadie"))) for place in range(3)] == [[[]]] * 3
    assert planned("/* once */") == [(3,)]


@pytest.mark.django_db
def test_repeated_and_other_statements_travel_together_in_their_order():
    assert send(ONE, Repeated("SELECT %s::int /* among */", (3,)), TWO) == [[(1,)], [(3,)], [(2,)]]


@pytest.mark.django_db(transaction=True)
def test_what_a_connection_planned_outlives_a_transaction_that_failed():
    divided = "SELECT 6 / %s::int /* outlives */"
    with pytest.raises(DataError), transaction.atomic():
        send(Repeated(divided, (0,)))
    assert send(Repeated(divided, (2,))) == [[(3,)]]


@pytest.mark.django_db(transaction=True)
def test_another_connection_plans_it_again():
    again = Repeated("SELECT %s::int /* again */", (1,))
    assert send(again) == [[(1,)]]
    connection.close()
    assert send(again) == [[(1,)]]
