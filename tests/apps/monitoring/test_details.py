"""A computed indicator is written through its variables; a value may be split in parts."""

import json
from decimal import Decimal
from typing import ClassVar
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.urls import reverse

from sigpret.apps.audit.actions import DifferentRequestError
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.monitoring import actions
from sigpret.apps.monitoring.models import (
    DisaggregatedAmount,
    GoalAchievement,
    ReportedValue,
    VariableAmount,
)
from sigpret.apps.monitoring.queries import (
    Missing,
    datum_history,
    report_sheet,
    review_sheet,
)
from sigpret.apps.monitoring.queries.doubts import doubts_about
from sigpret.apps.reference.models import Disaggregation, DisaggregationCategory
from sigpret.apps.reference.queries import policy_for
from sigpret.apps.results.models import IndicatorVariable
from sigpret.methodology.status import Status
from tests.apps.monitoring.scenes import NOW, Q3, Ministry
from tests.factories.monitoring import make_report, make_round, make_value

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    """Its indicator is `attended / enrolled * 100`, split by sex."""
    ministry = Ministry()
    indicator = ministry.indicator
    indicator.value_source, indicator.formula = "formula", "attended / enrolled * 100"
    indicator.save()
    ministry.variables = [
        IndicatorVariable.objects.create(
            indicator=indicator, name=name, label=name.title(), position=position
        ).pk
        for position, name in enumerate(("attended", "enrolled"))
    ]
    by_sex = Disaggregation.objects.create(code="sex", name="Sexo", source="inventada")
    indicator.disaggregations.add(by_sex)
    ministry.parts = [
        DisaggregationCategory.objects.create(
            disaggregation=by_sex, code=code, name=code, position=number, source="inventada"
        ).pk
        for number, code in enumerate(("mujeres", "hombres"))
    ]
    return ministry


def save(ministry, *amounts, version=0, parts=None, value=None, **more):
    numbers = [None if amount is None else Decimal(amount) for amount in amounts]
    return ministry.save(
        value,
        indicator_id=ministry.indicator.pk,
        variables=dict(zip(ministry.variables, numbers, strict=False)) if numbers else None,
        parts=parts,
        version=version,
        **more,
    )


@pytest.mark.parametrize(
    ("amounts", "value"),
    [
        (("91", "110"), "82.7273"),
        (("0", "110"), "0"),
        (("1", "3"), "33.3333"),
        (("2", "3"), "66.6667"),
        (("91", None), None),
        (("91", "0"), None),
    ],
    ids=["half up", "zero", "a third", "two thirds", "one is missing", "divided by zero"],
)
def test_the_value_is_computed_from_the_variables(ministry, amounts, value):
    saved = save(ministry, *amounts)
    assert saved.value == (None if value is None else Decimal(value))
    assert ReportedValue.objects.get().value == saved.value


def test_what_is_written_little_by_little_is_kept(ministry):
    first = save(ministry, "91")
    assert first.value is None
    second = save(ministry, None, "110", version=first.version)
    assert second.value is None
    both = save(ministry, "91", version=second.version)
    assert both.value == Decimal("82.7273")


def test_a_computed_value_is_not_typed(ministry):
    with pytest.raises(actions.InvalidValueError, match="escriba sus variables"):
        save(ministry, value="82")


def test_the_same_variables_again_write_nothing(ministry):
    version = save(ministry, "91", "110").version
    again = save(ministry, "91", "110", version=0)
    assert (again.is_changed, again.version) == (False, version)


def test_the_event_keeps_both_sets_of_variables(ministry):
    version = save(ministry, "91", "110").version
    save(ministry, "92", version=version)
    payload = json.loads(AuditEvent.objects.latest("id").payload)
    attended, enrolled = map(str, ministry.variables)
    assert payload["old"]["variables"] == {attended: "91", enrolled: "110"}
    assert payload["new"]["variables"] == {attended: "92", enrolled: "110"}
    assert payload["new"]["value"] == "83.6364"


def test_two_people_with_different_variables_meet_as_a_conflict(ministry):
    save(ministry, "91", "110")
    with pytest.raises(actions.ConflictError) as caught:
        save(ministry, "90", "110")
    assert caught.value.theirs == Decimal("82.7273")
    assert caught.value.mine == Decimal("81.8182")


def test_a_variable_of_another_indicator_is_refused(ministry):
    with pytest.raises(actions.UnknownSubjectError):
        ministry.save(None, indicator_id=ministry.indicator.pk, variables={10**9: Decimal(1)})
    assert not VariableAmount.objects.exists()


def test_a_product_has_neither_variables_nor_parts(ministry):
    for given in ({"variables": {ministry.variables[0]: Decimal(1)}}, {"parts": {1: Decimal(1)}}):
        with pytest.raises(actions.UnknownSubjectError):
            ministry.save("1", **given)


def test_parts_are_kept_beside_the_value(ministry):
    women, men = ministry.parts
    version = save(ministry, "91", "110", parts={women: Decimal(50), men: Decimal(41)}).version
    save(ministry, version=version, parts={men: None})
    assert dict(DisaggregatedAmount.objects.values_list("category_id", "amount")) == {women: 50}


def test_the_same_request_again_gets_its_answer(ministry):
    key = uuid4()
    first = save(ministry, "91", "110", key=key)
    assert save(ministry, "91", "110", key=key) == first
    with pytest.raises(DifferentRequestError):
        save(ministry, "92", "110", key=key)
    assert AuditEvent.objects.count() == 1


def test_trying_again_after_somebody_else_wrote_is_no_conflict(ministry):
    """The answer was lost on its way; meanwhile a colleague corrected the value."""
    key = uuid4()
    first = ministry.save("2", key=key)
    ministry.save("3", version=first.version)
    assert ministry.save("2", key=key) == first
    assert ministry.value_of(ministry.product).value == 3


class TestTheSheet:
    def row(self, ministry):
        sheet = report_sheet(institution=ministry.institution, period=Q3, policy=policy_for(Q3))
        return sheet.row("indicator", ministry.indicator.pk)

    def test_shows_the_variables_with_what_is_written(self, ministry):
        save(ministry, "91")
        row = self.row(ministry)
        assert row.is_computed
        assert [(one.name, one.amount) for one in row.details.variables] == [
            ("attended", 91),
            ("enrolled", None),
        ]
        assert row.missing == (Missing.VALUE,)

    def test_pools_the_quarters_instead_of_averaging_their_percentages(self, ministry):
        earlier = make_report(
            ministry.institution,
            make_round("2026-Q2", state="open"),
            state="validated",
            submitted_at=NOW,
            submitted_by=ministry.registrar,
        )
        value = make_value(
            earlier,
            "10",
            indicator=ministry.indicator,
            state="validated",
            decided_by=ministry.analyst,
            decided_at=NOW,
        )
        for variable, amount in zip(ministry.variables, (1, 10), strict=True):
            VariableAmount.objects.create(value=value, variable_id=variable, amount=amount)
        save(ministry, "90", "100")
        assert round(self.row(ministry).executed_to_date, 4) == Decimal("82.7273")

    @pytest.mark.parametrize(
        ("women", "men", "problem"),
        [
            (None, None, None),
            ("6", "4", None),
            ("6", "3", "Las partes suman 9 y el total es 10: faltan 1."),
            ("6", None, "Falta la parte de hombres."),
        ],
        ids=["none given", "they add up", "one short", "one missing"],
    )
    def test_checks_that_the_parts_make_the_total(self, ministry, women, men, problem):
        indicator = ministry.indicator
        indicator.value_source, indicator.formula = "reported", ""
        indicator.save()
        amounts = [None if amount is None else Decimal(amount) for amount in (women, men)]
        save(ministry, value="10", parts=dict(zip(ministry.parts, amounts, strict=True)))
        row = self.row(ministry)
        assert row.part_problems == ((problem,) if problem else ())
        assert (Missing.PARTS in row.missing) == bool(problem)

    def test_a_rate_is_not_the_sum_of_its_parts(self, ministry):
        save(ministry, "91", "110", parts={ministry.parts[0]: Decimal(50)})
        assert self.row(ministry).part_problems == ()


class TestNothingOfNothing:
    """0 of 0: reported, sent, reviewed and validated without a value."""

    BECAUSE: ClassVar = {"cause": "La licitación quedó desierta.", "cause_category": "procurement"}

    def test_it_is_not_a_missing_value(self, ministry):
        saved = save(ministry, "0", "0")
        row = sheet_row(ministry)
        assert (saved.value, row.cell.value, row.cell.has_no_denominator) == (None, None, True)
        assert Missing.VALUE not in row.missing
        assert row.figure.status == Status.NO_DENOMINATOR

    def test_something_of_nothing_is_a_missing_value(self, ministry):
        save(ministry, "5", "0")
        row = sheet_row(ministry)
        assert not row.cell.has_no_denominator
        assert row.missing == (Missing.VALUE,)
        assert [str(doubt) for doubt in doubts_about(row)] == [
            "El denominador es 0 y el numerador no: corrija las variables."
        ]

    def test_a_denominator_that_comes_later_gives_the_value(self, ministry):
        version = save(ministry, "0", "0").version
        save(ministry, "0", "110", version=version)
        row = sheet_row(ministry)
        assert (row.cell.value, row.cell.has_no_denominator) == (0, False)

    def test_it_is_sent_and_validated(self, ministry):
        save(ministry, "0", "0")
        ministry.save("2", **self.BECAUSE)
        assert ministry.submit().values == 2
        value = ministry.value_of(ministry.indicator)
        assert value.state == "submitted"
        ministry.validate(*ReportedValue.objects.filter(report=ministry.report))
        value.refresh_from_db()
        assert (value.state, value.value) == ("validated", None)
        stored = GoalAchievement.objects.get(goal=ministry.goal, period=Q3.code)
        assert (stored.own, stored.own_status) == (None, "no_denominator")

    def test_its_review_is_never_in_the_batch_of_clean_ones(self, ministry):
        save(ministry, "0", "0")
        ministry.save("2", **self.BECAUSE)
        ministry.submit()
        review = review_sheet(
            report_id=ministry.report.pk, access=ministry.access(ministry.analyst)
        )
        row = next(one for one in review.rows if one.row.is_computed)
        assert not row.is_clean

    def test_the_reviewer_finds_it_in_the_list(self, ministry, client):
        save(ministry, "0", "0")
        ministry.save("2", **self.BECAUSE)
        ministry.submit()
        client.force_login(ministry.analyst)
        page = client.get(reverse("monitoring:review", args=[ministry.report.pk])).content.decode()
        assert "Se reportó 0 de 0: lea sus variables" in page

    def test_the_database_keeps_a_value_and_no_denominator_apart(self, ministry):
        save(ministry, "91", "110")
        with pytest.raises(IntegrityError, match="what_has_no_denominator_has_no_value"):
            ReportedValue.objects.update(has_no_denominator=True)

    def test_the_history_says_what_was_written(self, ministry):
        save(ministry, "0", "0")
        value = ministry.value_of(ministry.indicator)
        written = datum_history(value.pk, value.report_id)
        assert [(one.deed, one.has_no_denominator) for one in written] == [("written", True)]


def sheet_row(ministry):
    sheet = report_sheet(institution=ministry.institution, period=Q3, policy=policy_for(Q3))
    return next(row for row in sheet.rows if row.is_computed)
