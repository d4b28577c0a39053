"""After the closing, a computed or a split datum is changed with everything behind it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from sigpret.apps.monitoring.actions.changes import (
    ChangeRequestError,
    Wanted,
    decide_change,
    request_change,
)
from sigpret.apps.monitoring.models import GoalAchievement, ReportedValue
from sigpret.apps.monitoring.queries.changes import ChangedAmount, change_facts
from sigpret.apps.reference.models import Disaggregation, DisaggregationCategory
from sigpret.apps.results.models import IndicatorVariable
from tests.apps.monitoring.scenes import DEADLINE, Q3, Ministry, access
from tests.apps.monitoring.test_changes import AFTER, WHY

pytestmark = pytest.mark.django_db
BECAUSE = {"cause": "La licitación quedó desierta.", "cause_category": "procurement"}


def validate_and_close(ministry):
    ministry.save("2", **BECAUSE)
    ministry.submit()
    ministry.validate(*ReportedValue.objects.filter(report=ministry.report))
    ministry.close(at=DEADLINE)


@pytest.fixture
def computed():
    """Its indicator was 5 of 100 when the quarter closed."""
    ministry = Ministry()
    indicator = ministry.indicator
    indicator.value_source, indicator.formula = "formula", "attended / enrolled * 100"
    indicator.save()
    ministry.ids = [
        IndicatorVariable.objects.create(
            indicator=indicator, name=name, label=label, position=position
        ).pk
        for position, (name, label) in enumerate(
            (("attended", "Atendidos"), ("enrolled", "Inscritos"))
        )
    ]
    amounts = dict(zip(ministry.ids, (Decimal(5), Decimal(100)), strict=True))
    ministry.save(None, indicator_id=indicator.pk, variables=amounts, **BECAUSE)
    validate_and_close(ministry)
    return ministry


@pytest.fixture
def split():
    """Its indicator was 10, 6 women and 4 men, when the quarter closed."""
    ministry = Ministry()
    by_sex = Disaggregation.objects.create(code="sex", name="Sexo", source="inventada")
    ministry.indicator.disaggregations.add(by_sex)
    ministry.ids = [
        DisaggregationCategory.objects.create(
            disaggregation=by_sex, code=code, name=code, position=number, source="inventada"
        ).pk
        for number, code in enumerate(("mujeres", "hombres"))
    ]
    parts = dict(zip(ministry.ids, (Decimal(6), Decimal(4)), strict=True))
    ministry.save("10", indicator_id=ministry.indicator.pk, parts=parts, **BECAUSE)
    validate_and_close(ministry)
    return ministry


def ask(ministry, value=None, *, kind, amounts):
    given = {
        key: None if amount is None else Decimal(amount)
        for key, amount in zip(ministry.ids, amounts, strict=True)
    }
    wanted = Wanted(
        institution=ministry.institution,
        period=Q3,
        product_id=None,
        indicator_id=ministry.indicator.pk,
        new_value=None if value is None else Decimal(value),
        reason=WHY,
        **{kind: given},
    )
    by = ministry.registrar
    return request_change(actor=by, access=access(by), wanted=wanted, at=AFTER)


def approve(ministry, asked):
    by = ministry.analyst
    return decide_change(
        actor=by,
        access=access(by),
        request_id=asked.pk,
        is_approved=True,
        note="Consta en el acta 118.",
        at=AFTER,
    )


def own(ministry):
    return GoalAchievement.objects.get(goal=ministry.goal, period=Q3.code)


class TestComputed:
    def test_its_variables_are_asked_and_written(self, computed):
        asked = ask(computed, kind="variables", amounts=("8", "100"))
        assert (asked.old_value, asked.new_value) == (5, 8)
        assert change_facts(asked.pk).amounts == (
            ChangedAmount("Atendidos", Decimal(5), Decimal(8)),
            ChangedAmount("Inscritos", Decimal(100), Decimal(100)),
        )
        approve(computed, asked)
        stored = computed.value_of(computed.indicator)
        assert stored.value == 8
        assert [one.amount for one in stored.variables.order_by("variable")] == [8, 100]

    def test_the_effect_shown_is_what_the_approval_does(self, computed):
        before = own(computed).own
        asked = ask(computed, kind="variables", amounts=("8", "100"))
        (effect,) = asked.effect
        approve(computed, asked)
        assert Decimal(effect["before"]["value"]) == before
        assert Decimal(effect["after"]["value"]) == own(computed).own

    def test_nothing_of_nothing_may_be_asked(self, computed):
        approve(computed, ask(computed, kind="variables", amounts=("0", "0")))
        stored = computed.value_of(computed.indicator)
        assert (stored.value, stored.has_no_denominator) == (None, True)
        assert own(computed).own_status != "not_reported"

    @pytest.mark.parametrize(
        ("amounts", "said"),
        [
            (("8", None), "escriba todas sus variables"),
            (("8", "0"), "El denominador es 0 y el numerador no"),
            (("5", "100"), "Ese es el valor que ya cuenta"),
        ],
    )
    def test_what_cannot_be_is_refused(self, computed, amounts, said):
        with pytest.raises(ChangeRequestError, match=said):
            ask(computed, kind="variables", amounts=amounts)

    def test_the_form_asks_for_the_variables(self, computed, client):
        client.force_login(computed.registrar)
        key = f"indicator-{computed.indicator.pk}"
        address = reverse("monitoring:change_asked", args=[computed.institution.code, 2026, 3, key])
        page = client.get(address).content.decode()
        assert "Atendidos" in page
        assert "Valor correcto" not in page
        typed = {f"var-{computed.ids[0]}": "8", f"var-{computed.ids[1]}": "100", "reason": WHY}
        response = client.post(address, typed)
        assert response.status_code == 302
        shown = client.get(response["Location"]).content.decode()
        assert "Atendidos" in shown


class TestSplit:
    def test_its_parts_are_asked_with_the_total(self, split):
        approve(split, ask(split, "12", kind="parts", amounts=("7", "5")))
        stored = split.value_of(split.indicator)
        assert stored.value == 12
        assert [one.amount for one in stored.parts.order_by("category")] == [7, 5]

    def test_only_the_parts_may_change(self, split):
        asked = ask(split, "10", kind="parts", amounts=("5", "5"))
        assert asked.effect == []
        approve(split, asked)
        assert [one.amount for one in split.value_of(split.indicator).parts.all()] == [5, 5]

    def test_parts_that_do_not_make_the_total_are_refused(self, split):
        with pytest.raises(ChangeRequestError, match="Las partes suman 10 y el total es 12"):
            ask(split, "12", kind="parts", amounts=("6", "4"))
