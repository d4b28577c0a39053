"""A ministry, and the people who look at it."""

import pytest

from sigpret.apps.accounts.roles import Role
from tests.apps.monitoring.scenes import Ministry
from tests.apps.monitoring.views.desk import Desk
from tests.factories.institutions import make_institution, make_user


@pytest.fixture
def ministry(db):
    return Ministry()


@pytest.fixture
def sent(ministry):
    """The ministry with everything reported and sent."""
    ministry.save_everything()
    ministry.submit()
    return ministry


@pytest.fixture
def registrar(ministry):
    return Desk(ministry, ministry.registrar)


@pytest.fixture
def analyst(ministry):
    return Desk(ministry, ministry.analyst)


@pytest.fixture
def anonymous(ministry):
    return Desk(ministry)


@pytest.fixture
def stranger(ministry):
    """The registrar of another institution."""
    return Desk(ministry, make_user(Role.REGISTRAR, institution=make_institution()))
