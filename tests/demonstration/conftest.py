"""One invented country for every test that only reads it."""

import pytest
from django.conf import settings

from sigpret.demonstration.catalogue import read_catalogue
from sigpret.demonstration.country import invent_country


@pytest.fixture(scope="session")
def catalogue():
    return read_catalogue(settings.CATALOGUES)


@pytest.fixture(scope="session")
def country(catalogue):
    return invent_country(catalogue, seed=414)


@pytest.fixture(scope="session")
def goals(country):
    return {goal.code: goal for goal in country.goals}


@pytest.fixture(scope="session")
def values(country):
    """Every reported value with the period of its report."""
    return [(report.period, value) for report in country.reports for value in report.values]
