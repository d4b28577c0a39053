"""From the Presidency to sectors and institutions, and the versions that are published."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.models import AxisBlock, SectorBlock, StrategicAxis
from sigpret.apps.results import actions
from sigpret.apps.results.actions.goals import slug_of
from sigpret.apps.results.models import Alignment, Goal, IndicatorVariable, MatrixVersionRow
from sigpret.apps.results.queries.findings import country_problems, findings
from sigpret.apps.results.queries.handing import divided
from sigpret.apps.results.queries.versions import matrix_versions, version_differences
from sigpret.methodology.chain import LinkError
from sigpret.methodology.periods import Period
from tests.apps.monitoring.scenes import NOW, access
from tests.factories.institutions import make_institution, make_sector, make_user
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
QUARTERS = [Period.parse(f"2026-Q{number}") for number in (1, 2, 3, 4)]


@pytest.fixture
def analyst():
    return make_user(Role.ANALYST)


@pytest.fixture
def country():
    """A presidential goal of 120 a year, two sectors, three institutions: one of them in both."""
    sectors = [make_sector(), make_sector()]
    institutions = [make_institution() for _number in range(3)]
    institutions[0].sectors.add(sectors[0])
    institutions[1].sectors.add(sectors[0], sectors[1])
    institutions[2].sectors.add(sectors[1])
    planned = {quarter.code: "30" for quarter in QUARTERS}
    goal = make_goal(
        Goal.Level.PRESIDENTIAL, planned, code="MP-1", sector=sectors[0], text="Más agua",
        stems="mas agu",
    )  # fmt: skip
    return goal, sectors, institutions


def hand_down(user, country, **asked):
    goal, sectors, institutions = country
    asked = {
        "goal_ids": [goal.pk],
        "sector_ids": [sector.pk for sector in sectors],
        "institution_ids": [institution.pk for institution in institutions],
        "periods": QUARTERS,
    } | asked
    return actions.hand_down(actor=user, access=access(user), **asked)


def test_every_sector_and_every_institution_receives_the_goal_once(analyst, country):
    made = hand_down(analyst, country)
    assert made == actions.HandedDown(sectoral=2, institutional=3, targets=20, links=5)
    levels = Goal.objects.values_list("level", flat=True)
    assert sorted(levels) == ["institutional"] * 3 + ["presidential"] + ["sectoral"] * 2
    assert not Goal.objects.filter(handed_down_from__isnull=False, has_own_wording=True).exists()
    assert [problem.rule for problem in country_problems() if "sheet" not in problem.rule] == []


def test_what_adds_up_is_divided_and_adds_up_again(analyst, country):
    hand_down(analyst, country)
    for level in ("sectoral", "institutional"):
        planned = Goal.objects.filter(level=level, indicator__targets__period="2026-Q1")
        parts = planned.values_list("indicator__targets__planned", flat=True)
        assert sum(parts) == 30


def test_a_share_is_the_same_for_everybody():
    assert divided({"2026": Decimal(90)}, 2, adds_up=False) == [{"2026": 90}, {"2026": 90}]


def test_what_does_not_divide_goes_to_the_first():
    assert divided({"2026": Decimal(10)}, 3, adds_up=True) == [
        {"2026": Decimal("3.3334")}, {"2026": Decimal("3.3333")}, {"2026": Decimal("3.3333")},
    ]  # fmt: skip


def test_doing_it_again_creates_nothing(analyst, country):
    hand_down(analyst, country)
    with pytest.raises(actions.NothingToHandDownError, match="ya llegaron"):
        hand_down(analyst, country)
    assert AuditEvent.objects.filter(action="results.goals_handed_down").count() == 1


def test_who_was_left_out_can_receive_it_later(analyst, country):
    first, second, third = country[2]
    hand_down(analyst, country, institution_ids=[first.pk, third.pk])
    made = hand_down(analyst, country)
    assert (made.sectoral, made.institutional) == (0, 1)
    assert Goal.objects.filter(institution=second).get().serves.get().parent.level == "sectoral"


def test_the_formula_travels_with_its_variables(analyst, country):
    indicator = country[0].indicator
    indicator.value_source, indicator.formula = "formula", "a / b"
    indicator.save()
    for name in ("a", "b"):
        IndicatorVariable.objects.create(indicator=indicator, name=name, label=name)
    hand_down(analyst, country)
    assert IndicatorVariable.objects.count() == 12


def test_a_goal_stays_inside_its_axes(analyst, country):
    axis = StrategicAxis.objects.create(code="9", name="Otro")
    block = AxisBlock.objects.create(code="9", axis=axis, name="Otro")
    SectorBlock.objects.filter(sector=country[1][1]).update(block=block)
    with pytest.raises(LinkError, match="mismo eje"):
        hand_down(analyst, country)


def test_a_code_somebody_else_used_is_said_before_anything_is_written(analyst, country):
    code = f"MP-1.{country[1][0].code}"
    make_goal(Goal.Level.SECTORAL, code=code, sector=country[1][0])
    with pytest.raises(LinkError, match=f"Ya hay otra meta con el código {code}"):
        hand_down(analyst, country)


def test_a_code_that_would_be_too_long_is_said_before_anything_is_written(analyst, country):
    Goal.objects.filter(pk=country[0].pk).update(code="MP-1234567890123456789012345")
    with pytest.raises(LinkError, match="pasaría de 30 caracteres"):
        hand_down(analyst, country)


@pytest.mark.parametrize("other", ["MP-12", "MP-1-2", "MP-1_2", "MP-1..2"])
def test_the_dot_of_a_code_is_seen_in_its_address(other):
    assert slug_of("Más agua", "MP-1.2") == "mas-agua-mp-1_2"
    assert slug_of("Más agua", other) != slug_of("Más agua", "MP-1.2")


def test_only_diger_hands_down(country):
    with pytest.raises(PermissionDenied):
        hand_down(make_user(Role.REGISTRAR, institution=country[2][0]), country)


def test_the_statements_do_not_grow_with_the_country(analyst, country):
    with CaptureQueriesContext(connection) as captured:
        hand_down(analyst, country)
    assert len(captured) <= 20


def test_renaming_reaches_everybody_who_received_the_goal(analyst, country):
    hand_down(analyst, country)
    renamed = actions.rename_goal(
        actor=analyst, access=access(analyst), goal_id=country[0].pk, text="Agua segura",
        expected_version=1,
    )  # fmt: skip
    assert renamed == 6
    assert set(Goal.objects.values_list("text", flat=True)) == {"Agua segura"}


class TestVersions:
    def publish(self, user, note="Primera"):
        return actions.publish_matrix(actor=user, access=access(user), note=note, at=NOW)

    def test_a_version_keeps_every_row_and_its_digest(self, analyst, country):
        version = self.publish(analyst)
        assert (version.number, len(version.digest)) == (1, 64)
        row = MatrixVersionRow.objects.get()
        assert row.content["cells"]["programming"]["2026-Q1"] == "30"
        assert [facts.number for facts in matrix_versions()] == [1]

    def test_the_same_matrix_is_not_published_twice(self, analyst, country):
        self.publish(analyst)
        with pytest.raises(actions.NothingChangedError, match="lo mismo que la versión 1"):
            self.publish(analyst, "Otra vez")

    def test_what_changed_is_told_cell_by_cell(self, analyst, country):
        loose = make_goal(code="MI-9")
        self.publish(analyst)
        goal = country[0]
        goal.text = "Agua segura"
        goal.save()
        goal.indicator.targets.filter(period="2026-Q4").update(planned=45)
        loose.delete()
        added = make_goal(Goal.Level.SECTORAL, code="MS-9", sector=goal.sector, serves=(goal,))
        found = {one.code: one for one in version_differences(1, None)}
        assert {code: one.kind for code, one in found.items()} == {
            "MP-1": "changed", "MI-9": "removed", added.code: "added",
        }  # fmt: skip
        told = [(cell.label, cell.before, cell.after) for cell in found["MP-1"].cells]
        assert ("Meta de la fila", "Más agua", "Agua segura") in told
        assert ("Programación del año 2026-Q4", "30", "45") in told
        assert self.publish(analyst, "Segunda").number == 2
        assert version_differences(1, 2) == version_differences(1, None)
        assert version_differences(2, None) == ()

    def test_a_changed_weight_is_a_change(self, analyst, country):
        goal = country[0]
        make_goal(Goal.Level.SECTORAL, code="MS-9", sector=goal.sector, serves=(goal,))
        self.publish(analyst)
        Alignment.objects.update(weight=40)
        (changed,) = version_differences(1, None)
        assert [(cell.label, cell.before, cell.after) for cell in changed.cells] == [
            ("→ MP-1", "1 % · promedio ponderado", "40 % · promedio ponderado")
        ]

    def test_errors_refuse_and_warnings_do_not(self, analyst, country):
        wrong = make_goal(code="MI-9", sector=country[0].sector, serves=(country[0],))
        with pytest.raises(actions.MatrixErrorsError) as refused:
            self.publish(analyst)
        assert [problem.goal for problem in refused.value.problems] == [wrong.code]
        wrong.serves.all().delete()
        assert self.publish(analyst).number == 1

    def test_an_institution_is_told_of_its_own_goals(self, country):
        goal = make_goal(code="MI-9", institution=country[2][0])
        make_goal(code="MI-8")
        registrar = make_user(Role.REGISTRAR, institution=country[2][0])
        found = findings(access(registrar))
        assert {one.goal for one in found} == {goal.code}
        assert all(one.can_fix for one in found)
