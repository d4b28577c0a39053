"""Invented figures never mix with real ones."""

import pytest

from sigpret.demonstration import NotEmptyError, is_loaded, load_country
from tests.factories.institutions import make_institution, make_user


@pytest.mark.parametrize("make_something", [make_institution, make_user])
def test_a_database_in_use_is_left_alone(db, make_something):
    make_something()
    with pytest.raises(NotEmptyError, match="base vacía"):
        load_country()
    assert not is_loaded()
