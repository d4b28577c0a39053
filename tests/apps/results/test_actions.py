"""Writing the matrix: who may, what is refused, and what stays in the audit chain."""

import json
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

import sigpret.config.wiring  # noqa: F401 - the quarters that closed
from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.institutions.models import AxisBlock, SectorBlock, StrategicAxis
from sigpret.apps.monitoring.models import GoalAchievement
from sigpret.apps.results import actions
from sigpret.apps.results.actions.goals import RENAME
from sigpret.apps.results.models import Alignment, Goal
from sigpret.apps.results.screens import posted_version
from sigpret.methodology.chain import LinkError
from tests.apps.monitoring.scenes import NOW, access
from tests.factories.institutions import make_institution, make_sector, make_user
from tests.factories.monitoring import make_round
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
FACTS = actions.GoalFacts(text="Escuelas conectadas", chain_position="result")


@pytest.fixture
def analyst():
    return make_user(Role.ANALYST)


@pytest.fixture
def chain():
    """P1 ← S1 ← I1: a goal of each level in one sector."""
    sector = make_sector()
    top = make_goal(Goal.Level.PRESIDENTIAL, code="P1", sector=sector)
    middle = make_goal(Goal.Level.SECTORAL, code="S1", sector=sector, serves=(top,))
    own = make_goal(code="I1", sector=sector, serves=(middle,))
    return top, middle, own


def close(period):
    make_round(
        period, state="closed", closes_at=NOW, closed_at=NOW,
        policy_version="1", digest="0" * 64,
    )  # fmt: skip


def act(user, action, **asked):
    return action(actor=user, access=access(user), **asked)


def last_event():
    event = AuditEvent.objects.order_by("-id").first()
    return event.action, event.subject_id, json.loads(event.payload)


class TestGoals:
    def test_a_goal_is_created_once_however_often_it_is_sent(self, analyst):
        asked = {
            "code": "ms-900", "level": "sectoral", "sector_id": make_sector().pk,
            "institution_id": None, "facts": FACTS,
        }  # fmt: skip
        goal = act(analyst, actions.create_goal, **asked)
        assert act(analyst, actions.create_goal, **asked) == goal
        assert (goal.code, goal.slug, goal.stems) == (
            "MS-900", "escuelas-conectadas-ms-900", "escuel conect"
        )  # fmt: skip
        assert AuditEvent.objects.filter(action="results.goal_created").count() == 1

    def test_a_code_is_of_one_goal(self, analyst, chain):
        with pytest.raises(actions.InvalidGoalError, match="Ya hay una meta con el código P1"):
            act(
                analyst, actions.create_goal, code="p1", level="sectoral", institution_id=None,
                sector_id=chain[0].sector_id, facts=FACTS,
            )  # fmt: skip

    def test_an_institution_creates_goals_in_its_own_sectors(self):
        institution, sector = make_institution(), make_sector()
        registrar = make_user(Role.REGISTRAR, institution=institution)
        asked = {
            "code": "MI-1", "level": "institutional", "sector_id": sector.pk,
            "institution_id": institution.pk, "facts": FACTS,
        }  # fmt: skip
        with pytest.raises(actions.InvalidGoalError, match="Elija un sector de su institución"):
            act(registrar, actions.create_goal, **asked)
        institution.sectors.add(sector)
        assert act(registrar, actions.create_goal, **asked).pk

    @pytest.mark.parametrize("code", ["", "A B", "A/B", "X" * 31])
    def test_a_code_fits_in_an_address(self, analyst, code):
        with pytest.raises(actions.InvalidGoalError, match="sin espacios"):
            act(
                analyst, actions.create_goal, code=code, level="sectoral", institution_id=None,
                sector_id=make_sector().pk, facts=FACTS,
            )  # fmt: skip

    def test_an_institution_writes_its_goals_and_no_others(self, chain):
        _top, middle, own = chain
        registrar = make_user(Role.REGISTRAR, institution=own.institution)
        changed = act(
            registrar, actions.change_goal, goal_id=own.pk, facts=FACTS, expected_version=1
        )
        assert changed.text == "Escuelas conectadas"
        with pytest.raises(PermissionDenied, match="DIGER"):
            act(registrar, actions.change_goal, goal_id=middle.pk, facts=FACTS, expected_version=1)
        stranger = make_user(Role.REGISTRAR, institution=make_institution())
        with pytest.raises(PermissionDenied, match="su institución"):
            act(stranger, actions.change_goal, goal_id=own.pk, facts=FACTS, expected_version=2)

    def test_only_what_changed_goes_to_the_chain_of_events(self, analyst, chain):
        act(analyst, actions.change_goal, goal_id=chain[2].pk, facts=FACTS, expected_version=1)
        action, subject, payload = last_event()
        assert (action, subject) == ("results.goal_changed", "I1")
        assert payload["new"] == {"text": "Escuelas conectadas", "chain_position": "result"}

    def test_who_writes_over_an_older_version_sees_what_is_there(self, analyst, chain):
        goal = chain[2]
        act(analyst, actions.change_goal, goal_id=goal.pk, facts=FACTS, expected_version=1)
        mine = actions.GoalFacts(text="Otra", chain_position="result")
        with pytest.raises(actions.ConflictError) as conflict:
            act(analyst, actions.change_goal, goal_id=goal.pk, facts=mine, expected_version=1)
        assert conflict.value.theirs["text"] == "Escuelas conectadas"
        assert conflict.value.version == 2

    def test_the_same_again_writes_nothing(self, analyst, chain):
        act(analyst, actions.change_goal, goal_id=chain[2].pk, facts=FACTS, expected_version=1)
        again = act(
            analyst, actions.change_goal, goal_id=chain[2].pk, facts=FACTS, expected_version=1
        )
        assert again.version == 2

    def test_a_goal_with_history_is_retired_and_not_deleted(self, analyst):
        close("2026-Q1")
        goal = make_goal(planned={"2026-Q1": "3", "2026-Q4": "5", "2027": "9"})
        assert not act(analyst, actions.retire_goal, goal_id=goal.pk, reason="Se fusionó")
        assert list(goal.indicator.targets.values_list("period", flat=True)) == ["2026-Q1"]

    def test_a_goal_without_history_goes_with_its_links(self, analyst, chain):
        assert act(analyst, actions.retire_goal, goal_id=chain[1].pk, reason="Repetida")
        assert not Alignment.objects.exists()
        assert sorted(last_event()[2]["links"]) == [["I1", "S1"], ["S1", "P1"]]


class TestRenaming:
    def test_those_without_their_own_wording_follow_in_one_update(self, analyst, chain):
        top, middle, own = chain
        Goal.objects.filter(pk=middle.pk).update(handed_down_from=top, has_own_wording=False)
        Goal.objects.filter(pk=own.pk).update(handed_down_from=middle, has_own_wording=False)
        other = make_goal(handed_down_from=middle, text="Con palabras propias")
        with CaptureQueriesContext(connection) as captured:
            renamed = act(
                analyst, actions.rename_goal, goal_id=top.pk, text="Más agua", expected_version=1
            )
        assert renamed == 3
        # The goals, and the event.
        assert sum("Más agua" in query["sql"] for query in captured) == 2
        assert len(captured) <= 6
        assert set(Goal.objects.exclude(pk=other.pk).values_list("text", flat=True)) == {"Más agua"}
        assert last_event()[2] == {"old": top.text, "new": "Más agua", "goals": 3}

    def test_who_gives_itself_words_meanwhile_keeps_them(self, chain):
        assert "AND (goal.id = asked.id OR NOT goal.has_own_wording)" in RENAME

    def test_a_text_changed_with_other_things_reaches_those_that_follow(self, analyst, chain):
        top, middle, _own = chain
        Goal.objects.filter(pk=middle.pk).update(handed_down_from=top, has_own_wording=False)
        facts = actions.GoalFacts(text="Más agua", chain_position="result", is_prioritised=True)
        act(analyst, actions.change_goal, goal_id=top.pk, facts=facts, expected_version=1)
        middle.refresh_from_db()
        assert (middle.text, middle.version, middle.is_prioritised) == ("Más agua", 2, False)
        top.refresh_from_db()
        assert (top.version, last_event()[2]["goals"]) == (2, 2)

    def test_a_late_one_is_told(self, analyst, chain):
        act(analyst, actions.rename_goal, goal_id=chain[0].pk, text="Uno", expected_version=1)
        with pytest.raises(actions.ConflictError):
            act(analyst, actions.rename_goal, goal_id=chain[0].pk, text="Dos", expected_version=1)


class TestLinks:
    def link(self, user, child, parent, **asked):
        asked = {"weight": Decimal(100)} | asked
        return act(user, actions.link_goals, child_id=child.pk, parent_id=parent.pk, **asked)

    def test_a_link_is_kept_with_its_reason(self, analyst, chain):
        child = make_goal(code="I2", sector=chain[1].sector)
        link = self.link(analyst, child, chain[1], rationale=" Compra los equipos ")
        assert link.rationale == "Compra los equipos"
        assert last_event()[:2] == ("results.goals_linked", "I2→S1")

    def test_the_institution_proposes_its_own_links(self, chain):
        child = make_goal(sector=chain[1].sector)
        registrar = make_user(Role.REGISTRAR, institution=child.institution)
        link = self.link(registrar, child, chain[1], weight=None)
        assert (link.weight, link.rollup_rule) == (1, "weighted")
        with pytest.raises(PermissionDenied):
            self.link(registrar, chain[2], chain[1])

    @pytest.mark.parametrize("asked", [{"weight": Decimal(99_999)}, {"rule": "maximum"}])
    def test_an_institution_decides_no_weight_and_no_rule(self, chain, asked):
        child = make_goal(sector=chain[1].sector)
        registrar = make_user(Role.REGISTRAR, institution=child.institution)
        with pytest.raises(PermissionDenied, match="las escribe DIGER"):
            self.link(registrar, child, chain[1], **{"weight": None} | asked)
        Alignment.objects.create(child=child, parent=chain[1])
        asked = {"weight": Decimal(1), "rule": "weighted", "rationale": "Sí"} | asked
        ends = {"child_id": child.pk, "parent_id": chain[1].pk, "expected_version": 1}
        with pytest.raises(PermissionDenied, match="las escribe DIGER"):
            act(registrar, actions.change_link, **ends | asked)

    def test_an_institution_gives_the_reason_of_its_link(self, chain):
        registrar = make_user(Role.REGISTRAR, institution=chain[2].institution)
        assert self.change(registrar, 1, 1, rationale="Compra").rationale == "Compra"

    @pytest.mark.parametrize(
        ("child", "parent", "sentence"),
        [
            (2, 0, "contribuye a una meta sectorial"),
            (0, 1, "es el final de la cadena"),
            (2, 2, "a sí misma"),
            (2, 1, "ya contribuye a S1"),
        ],
    )
    def test_what_may_not_be_is_refused_at_once(self, analyst, chain, child, parent, sentence):
        with pytest.raises(LinkError, match=sentence):
            self.link(analyst, chain[child], chain[parent])

    def test_a_link_stays_inside_the_axes_of_its_sector(self, analyst, chain):
        outside = make_sector()
        axis = StrategicAxis.objects.create(code="4", name="Otro eje")
        block = AxisBlock.objects.create(code="4", axis=axis, name="Otro")
        SectorBlock.objects.filter(sector=outside).update(block=block)
        with pytest.raises(LinkError, match="un mismo eje"):
            self.link(analyst, make_goal(sector=outside), chain[1])

    def test_percentages_are_not_summed(self, analyst, chain):
        child = make_goal(sector=chain[1].sector, indicator={"unit": "porcentaje"})
        with pytest.raises(LinkError, match="los porcentajes no se suman"):
            self.link(analyst, child, chain[1], rule="sum")

    def test_the_rule_is_the_parents(self, analyst, chain):
        self.link(analyst, make_goal(sector=chain[1].sector), chain[1], rule="maximum")
        rules = set(chain[1].served_by.values_list("rollup_rule", flat=True))
        assert rules == {"maximum"}
        assert chain[2].serves.get().version == 2
        assert last_event()[2]["others"] == {"I1": "weighted"}

    @pytest.mark.parametrize("weight", ["0", "-1", "NaN", "1.00001"])
    def test_a_weight_is_a_positive_number(self, analyst, chain, weight):
        with pytest.raises(LinkError, match="peso"):
            self.link(analyst, make_goal(sector=chain[1].sector), chain[1], weight=Decimal(weight))

    def change(self, user, weight, version, **asked):
        child = Goal.objects.get(code="I1")
        asked = {"rule": "weighted", "rationale": ""} | asked
        return act(
            user, actions.change_link, child_id=child.pk, parent_id=child.serves.get().parent_id,
            weight=Decimal(weight), expected_version=version, **asked,
        )  # fmt: skip

    def test_a_changed_weight_is_a_new_version(self, analyst, chain):
        assert self.change(analyst, 70, 1).version == 2
        assert last_event()[2]["old"]["weight"] == "1"
        with pytest.raises(actions.ConflictError) as conflict:
            self.change(analyst, 30, 1)
        assert conflict.value.theirs["weight"] == "70"

    def test_unlinking_twice_is_unlinking(self, analyst, chain):
        asked = {"child_id": chain[2].pk, "parent_id": chain[1].pk}
        assert act(analyst, actions.unlink_goals, **asked)
        assert not act(analyst, actions.unlink_goals, **asked)

    def test_weights_are_spread_to_a_hundred(self, analyst, chain):
        second = make_goal(code="I2", sector=chain[1].sector)
        Alignment.objects.create(child=second, parent=chain[1], weight=3)
        assert act(analyst, actions.spread_weights, parent_id=chain[1].pk) == {
            "I1": Decimal(25), "I2": Decimal(75),
        }  # fmt: skip

    def test_a_goal_relies_on_products_of_its_institution(self, analyst, chain):
        product = make_product(make_plan(chain[2].institution))
        asked = {"goal_id": chain[2].pk, "product_ids": [product.pk]}
        assert act(analyst, actions.link_products, **asked) == 1
        other = make_product(make_plan(make_institution()))
        with pytest.raises(LinkError, match="misma institución"):
            act(analyst, actions.link_products, goal_id=chain[2].pk, product_ids=[other.pk])
        with pytest.raises(LinkError, match="metas institucionales"):
            act(analyst, actions.link_products, goal_id=chain[1].pk, product_ids=[product.pk])


SHEET = {
    "name": "Cobertura", "unit": "porcentaje", "sense": "ascending", "accumulation": "last",
    "across_years": "stock",
}  # fmt: skip
COVERAGE = (
    actions.VariableFacts("atendidos", "Personas atendidas", "personas"),
    actions.VariableFacts("programados", "Personas programadas", "personas"),
)


class TestSheets:
    def save(self, user, goal, version=1, **asked):
        facts = actions.SheetFacts(**SHEET, responsible_id=goal.indicator.responsible_id, **asked)
        return act(
            user, actions.save_indicator_sheet, goal_id=goal.pk, facts=facts,
            expected_version=version,
        )  # fmt: skip

    def test_a_computed_indicator_has_its_variables(self, analyst, chain):
        indicator = self.save(
            analyst, chain[2], value_source="formula", variables=COVERAGE,
            formula="atendidos / programados * 100",
        )  # fmt: skip
        assert [row.name for row in indicator.variables.all()] == ["atendidos", "programados"]
        assert indicator.version == 2
        again = self.save(
            analyst, chain[2], value_source="formula", variables=COVERAGE,
            formula="atendidos / programados * 100",
        )  # fmt: skip
        assert again.version == 2

    @pytest.mark.parametrize(
        ("formula", "sentence"),
        [
            ("atendidos / faltantes", "usa faltantes y la ficha no dice qué es"),
            ("atendidos * 100", "no usa programados"),
            ("atendidos /", "termina"),
        ],
    )
    def test_a_formula_is_made_of_its_variables(self, analyst, chain, formula, sentence):
        with pytest.raises(actions.InvalidSheetError, match=sentence) as refused:
            self.save(
                analyst, chain[2], value_source="formula", variables=COVERAGE, formula=formula
            )
        assert list(refused.value.fields) == ["formula"]

    def test_thresholds_come_in_order(self, analyst, chain):
        with pytest.raises(actions.InvalidSheetError, match="debe ser mayor"):
            self.save(analyst, chain[2], on_track_from=Decimal(70), at_risk_from=Decimal(80))

    def test_two_editors_keep_both_texts(self, analyst, chain):
        self.save(analyst, chain[2], definition="La primera")
        with pytest.raises(actions.ConflictError) as conflict:
            self.save(analyst, chain[2], definition="La segunda")
        assert conflict.value.theirs["definition"] == "La primera"


class TestTargets:
    def save(self, user, goal, version=1, **targets):
        wanted = {
            code[1:].replace("_", "-"): None if planned is None else Decimal(planned)
            for code, planned in targets.items()
        }
        return act(
            user, actions.save_targets, goal_id=goal.pk, targets=wanted, expected_version=version
        )

    def test_years_semesters_and_quarters_are_written_together(self, analyst):
        goal = make_goal(planned={"2026": "8"})
        stored = self.save(analyst, goal, p2026=None, p2027="9", p2026_S2="4", p2026_Q4="2")
        assert stored == {"2027": 9, "2026-S2": 4, "2026-Q4": 2}

    def test_what_closed_is_history(self, analyst):
        close("2026-Q2")
        goal = make_goal(planned={"2026-Q2": "8"})
        for closed in ({"p2026_Q2": "9"}, {"p2026_S1": "3"}, {"p2026_M06": "1"}):
            with pytest.raises(actions.ClosedTargetError, match="solicitud de cambio"):
                self.save(analyst, goal, **closed)
        assert self.save(analyst, goal, p2026_Q2="8", p2026_Q3="1")["2026-Q3"] == 1

    @pytest.mark.parametrize("planned", ["Infinity", "1.00001", "1e17"])
    def test_a_target_is_a_number_that_fits(self, analyst, planned):
        with pytest.raises(actions.InvalidSheetError, match="Escriba"):
            self.save(analyst, make_goal(), p2027=planned)

    def test_the_figures_above_follow_at_once(self, analyst, chain):
        make_round("2026-Q3")
        for goal in chain:
            GoalAchievement.objects.create(
                goal=goal, period="2026-Q3", own_status="not_due", contributed_status="not_due",
                policy_version="1", explanation={},
            )  # fmt: skip
        self.save(analyst, chain[2], p2026_Q3="4")
        assert GoalAchievement.objects.get(goal=chain[2]).own_status == "not_reported"


@pytest.mark.parametrize(
    ("typed", "version"), [("3", 3), ("", 0), ("x", 0), ("²", 0), ("-1", 0), ("9" * 5000, 0)]
)
def test_a_version_that_is_no_number_is_of_nobody(rf, typed, version):
    assert posted_version(rf.post("/", {"version": typed})) == version
