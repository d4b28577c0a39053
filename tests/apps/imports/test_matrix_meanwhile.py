"""What a colleague writes in the matrix while a workbook of it is looked at and applied."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.imports.actions.lots import correct_lot
from sigpret.apps.imports.actions.matrix_lot import apply_matrix_lot
from sigpret.apps.imports.models import WorkbookLot
from sigpret.apps.imports.queries.lots import lot_facts
from sigpret.apps.imports.queries.matrix_lot import matrix_lot
from sigpret.apps.imports.workbooks.preview import RowState
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.results import actions
from sigpret.apps.results.actions.goals import facts_of
from sigpret.apps.results.models import Alignment, Goal
from tests.apps.imports import AT
from tests.apps.imports.test_matrix_workbook import Sheet
from tests.apps.monitoring.test_concurrency import arriving
from tests.factories.institutions import make_institution, make_sector, make_user
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db(transaction=True)


class Desk:
    """Two analysts, a sectoral goal, and two institutional ones that serve it."""

    def __init__(self) -> None:
        self.analyst = make_user(Role.ANALYST, full_name="Ana Mejía")
        self.colleague = make_user(Role.ANALYST, full_name="Óscar Paz")
        self.access = access_of(self.analyst, on=date(2026, 10, 13))
        sector, institution = make_sector(), make_institution()
        self.parent = make_goal("sectoral", code="S1", text="Agua", sector=sector)
        self.first, self.second = (
            make_goal(
                code=code, text="Agua", sector=sector, institution=institution,
                serves=(self.parent,), handed_down_from=self.parent, has_own_wording=False,
            )
            for code in ("I1", "I2")
        )  # fmt: skip

    def upload(self, **edits: dict[str, object]) -> int:
        """Download the matrix, write the cells of each code, and send it back."""
        client = Client()
        client.force_login(self.analyst, backend="django.contrib.auth.backends.ModelBackend")
        sheet = Sheet(client.get(reverse("imports:matrix_workbook")).content)
        for code, cells in edits.items():
            sheet.write(code, **cells)
        file = SimpleUploadedFile("matriz.xlsx", sheet.bytes())
        answer = client.post(reverse("imports:matrix_upload"), {"workbook": file})
        return int(answer["Location"].rstrip("/").split("/")[-1])

    def rows(self, lot: int):
        seen = matrix_lot(lot_facts(self.access, lot), self.access).preview()
        return {row.code: row for row in seen.rows}

    def apply(self, lot: int):
        return apply_matrix_lot(actor=self.analyst, access=self.access, lot_id=lot, at=AT)

    def colleague_writes(self, goal: Goal, **facts: object) -> None:
        stored = Goal.objects.get(pk=goal.pk)
        actions.change_goal(
            actor=self.colleague, access=self.access, goal_id=goal.pk,
            facts=replace(facts_of(stored), **facts), expected_version=stored.version,
        )  # fmt: skip

    def colleague_weighs(self, goal: Goal, weight: int) -> None:
        link = Alignment.objects.get(child=goal)
        actions.change_link(
            actor=self.colleague, access=self.access, child_id=goal.pk, parent_id=self.parent.pk,
            weight=Decimal(weight), rule=link.rollup_rule, rationale="",
            expected_version=link.version,
        )  # fmt: skip

    def keep_mine(self, lot: int, code: str) -> None:
        dispute = self.rows(lot)[code].dispute
        correct_lot(
            actor=self.analyst, access=self.access, lot_id=lot, corrections={},
            decisions={code: {"choice": "mine", "version": dispute.version}}, at=AT,
        )  # fmt: skip


@pytest.fixture(autouse=True)
def today(settings):
    settings.DEMO_NOW = AT


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_a_colleague_writes_while_it_is_applied_is_not_overwritten(desk):
    lot = desk.upload(I1={"text": "Mía 1"}, I2={"text": "Mía 2"})
    with arriving(desk.apply, lot) as outcome:
        desk.colleague_writes(desk.first, text="Suya 1")
        desk.colleague_writes(desk.second, text="Suya 2")
    assert (outcome[0].applied, outcome[0].pending) == (0, 2)
    assert set(Goal.objects.exclude(code="S1").values_list("text", flat=True)) == {
        "Suya 1", "Suya 2",
    }  # fmt: skip
    assert {row.state for row in desk.rows(lot).values()} == {RowState.CONFLICT}
    assert WorkbookLot.objects.get(pk=lot).state == WorkbookLot.State.REVIEW


def test_a_conflict_says_who_wrote(desk):
    lot = desk.upload(I1={"text": "Mía"})
    desk.colleague_writes(desk.first, text="Suya")
    row = desk.rows(lot)["I1"]
    assert (row.code, row.dispute.by, row.dispute.at is None) == ("I1", "Óscar Paz", False)


def test_a_borrowed_wording_names_who_wrote_its_origin(desk):
    lot = desk.upload(I1={"text": "Mía"})
    desk.colleague_writes(desk.parent, text="Suya")
    assert desk.rows(lot)["I1"].dispute.by == "Óscar Paz"


def test_a_goal_and_the_one_that_follows_it_are_changed_together(desk):
    lot = desk.upload(S1={"text": "Agua segura"}, I1={"prioritised": "Sí"}, I2={"text": "Propia"})
    assert desk.apply(lot).applied == 3
    found = Goal.objects.order_by("code").values_list("code", "text", "is_prioritised")
    assert list(found) == [
        ("I1", "Agua segura", True), ("I2", "Propia", False), ("S1", "Agua segura", False),
    ]  # fmt: skip


def test_a_weight_that_changed_again_is_asked_again(desk):
    lot = desk.upload(I1={"weight": 60})
    desk.colleague_weighs(desk.first, 70)
    desk.keep_mine(lot, "I1")
    desk.colleague_weighs(desk.first, 80)
    assert desk.apply(lot).applied == 0
    assert desk.rows(lot)["I1"].state is RowState.CONFLICT
    desk.keep_mine(lot, "I1")
    assert desk.apply(lot).applied == 1
