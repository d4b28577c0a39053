"""What travels to the database in one message."""

import pytest
from django.db import DataError, connection, transaction
from psycopg.pq import TransactionStatus

from sigpret.web.statements import Statement, send, send_last

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
