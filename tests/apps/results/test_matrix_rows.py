"""The matrix, row by row."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.models import Alignment, Goal
from sigpret.apps.results.queries import MATRIX_COLUMNS, MatrixFilters, matrix_rows
from tests.factories.institutions import make_institution, make_sector
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
NATIONAL = Access(user_id=1, roles=frozenset({Role.ANALYST}))


@pytest.fixture
def chain():
    """P1 ← S1 ← I1, and I2 of another institution and sector that serves nothing."""
    sector = make_sector()
    top = make_goal(Goal.Level.PRESIDENTIAL, code="P1", sector=sector)
    middle = make_goal(Goal.Level.SECTORAL, code="S1", sector=sector, serves=(top,))
    own = make_goal(
        code="I1", sector=sector, serves=(middle,), planned={"2026": "8", "2026-Q1": "2"}
    )
    other = make_goal(code="I2")
    return top, middle, own, other


def test_a_row_names_the_goals_it_reaches_in_the_official_order(chain):
    row = {row.code: row for row in matrix_rows(MatrixFilters(), NATIONAL)}["I1"]
    assert [name.code for name in row.presidential] == ["P1"]
    assert [name.code for name in row.sectoral] == ["S1"]
    assert row.serves[0].weight == Decimal(1)
    assert row.multi_year == {"2026": Decimal(8)}
    assert row.programming == {"2026-Q1": Decimal(2)}
    cells = {column.name: column.cell(row) for column in MATRIX_COLUMNS}
    assert cells["presidential.code"] == "P1"
    assert cells["sense"] == "ascendente: más es mejor"


def test_the_rows_follow_the_chain_and_loose_goals_come_last(chain):
    assert [row.code for row in matrix_rows(MatrixFilters(), NATIONAL)] == ["P1", "S1", "I1", "I2"]


def test_an_institution_finds_its_goals_and_the_chain_above_them(chain):
    _top, _middle, own, _other = chain
    access = Access(
        roles=frozenset({Role.REGISTRAR}),
        institutions={own.institution_id: frozenset({Role.REGISTRAR})},
    )
    assert [row.code for row in matrix_rows(MatrixFilters(), access)] == ["P1", "S1", "I1"]


def test_a_mesa_finds_the_goals_of_its_sector(chain):
    _top, middle, _own, other = chain
    access = Access(roles=frozenset({Role.MESA_MEMBER}), sector_ids=frozenset({other.sector_id}))
    assert [row.code for row in matrix_rows(MatrixFilters(), access)] == ["I2"]
    assert middle.sector_id != other.sector_id


def test_nobody_without_a_role_finds_anything(chain):
    assert matrix_rows(MatrixFilters(), Access()) == ()


def test_words_are_found_without_accents_or_by_code(chain):
    goal = make_goal(code="MI-9", text="Niñas en educación", stems="niñ educ")
    for words in ("educacion", "mi-9", "niñas educación"):
        found = matrix_rows(MatrixFilters(words=words), NATIONAL)
        assert [row.code for row in found] == [goal.code]


def test_a_goal_with_two_parents_stands_in_one_row(chain):
    _top, _middle, own, _other = chain
    second = make_goal(Goal.Level.SECTORAL, code="S2")
    Alignment.objects.create(child=own, parent=second)
    rows = matrix_rows(MatrixFilters(level="institutional"), NATIONAL)
    assert [name.code for name in rows[0].sectoral] == ["S1", "S2"]


def test_the_matrix_is_read_in_the_same_statements_however_long(chain):
    with CaptureQueriesContext(connection) as few:
        matrix_rows(MatrixFilters(), NATIONAL)
    institution = make_institution()
    for _number in range(5):
        make_goal(institution=institution)
    with CaptureQueriesContext(connection) as many:
        matrix_rows(MatrixFilters(), NATIONAL)
    assert len(many) == len(few) <= 14
