"""Recording a plan: what is created, what is updated, what is never touched."""

import json
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.audit.queries import verify_chain
from sigpret.apps.institutions.queries import Access, access_of
from sigpret.apps.planning.actions import (
    ConflictError,
    PlanNotWritableError,
    PlanSource,
    ProductHasReportsError,
    QuartersError,
    UnknownCodesError,
    record_plan,
)
from sigpret.apps.planning.models import AnnualPlan, Product, ProductTarget
from sigpret.apps.planning.programming import NO_QUARTERS, ProductKey
from sigpret.apps.planning.queries import stored_plan
from sigpret.apps.reference.models import Periodicity, UnitOfMeasure
from tests.factories.institutions import make_institution, make_user
from tests.factories.monitoring import make_report, make_value
from tests.factories.plan_report import INSTITUTION, make_document

pytestmark = pytest.mark.django_db

AT = datetime(2026, 10, 13, 9, 0, tzinfo=ZoneInfo("America/Tegucigalpa"))
FIRST, SECOND = ProductKey(1, 1, 1), ProductKey(1, 1, 2)
HALVES = (None, Decimal(1), None, Decimal(1))


@pytest.fixture
def institution():
    return make_institution(*INSTITUTION)


@pytest.fixture
def registrar(institution):
    return make_user(Role.REGISTRAR, institution=institution)


@pytest.fixture
def save(institution, registrar):
    def record(rows=((1, "2"),), distribution=None, version=0, **options):
        return record_plan(
            actor=registrar,
            institution=institution,
            document=make_document(rows=rows),
            distribution={FIRST: HALVES} if distribution is None else distribution,
            source=PlanSource("R00822953", "ab" * 32),
            expected_version=version,
            at=AT,
            **{
                "access": access_of(registrar, on=date(2026, 10, 13)),
                "accepts_new_codes": True,
            }
            | options,
        )

    return record


def test_a_recorded_plan_has_its_products_and_their_quarters(save, institution):
    recorded = save()
    product = Product.objects.get()
    assert (recorded.version, recorded.products) == (1, 1)
    assert product.annual_output == 2
    assert list(product.targets.values_list("period", "planned")) == [
        ("2026-Q2", 1),
        ("2026-Q4", 1),
    ]
    plan = AnnualPlan.objects.get(institution=institution)
    assert (plan.source_report, plan.source_sha256) == ("R00822953", "ab" * 32)


def test_recording_leaves_one_event_in_the_chain(save):
    save()
    event = AuditEvent.objects.get()
    assert (event.action, event.subject_type) == ("planning.plan_recorded", "annual_plan")
    assert verify_chain().is_whole


def test_a_blank_production_is_stored_as_blank_and_is_never_due(save):
    save(rows=((1, None),), distribution={})
    assert Product.objects.get().annual_output is None
    assert not ProductTarget.objects.exists()


def test_a_zero_production_is_a_zero(save):
    save(rows=((1, "0"),), distribution={})
    assert Product.objects.get().annual_output == 0


@pytest.mark.parametrize(
    ("quarters", "why"),
    [
        ((None, Decimal(1), None, None), "they add up to less"),
        ((Decimal(1), Decimal(1), Decimal(1), None), "they add up to more"),
        (NO_QUARTERS, "nothing is planned"),
    ],
)
def test_quarters_that_do_not_add_up_are_refused(save, quarters, why):
    with pytest.raises(QuartersError) as refusal:
        save(distribution={FIRST: quarters})
    assert refusal.value.keys == (FIRST,), why
    assert not AnnualPlan.objects.exists()


def test_a_product_is_the_same_by_its_number_when_its_name_changes(save):
    save()
    before = Product.objects.get()
    Product.objects.update(name="Otro nombre")
    save(version=1)
    after = Product.objects.get()
    assert (after.pk, after.name) == (before.pk, "Informe 1")


def test_recording_again_raises_the_version(save):
    save()
    assert save(version=1).version == 2


def test_a_plan_somebody_else_changed_is_a_conflict(save):
    save()
    save(version=1)
    with pytest.raises(ConflictError) as refusal:
        save(version=1)
    assert (refusal.value.current, refusal.value.expected) == (2, 1)


def test_two_people_cannot_both_create_the_plan(save):
    save()
    with pytest.raises(ConflictError):
        save(version=0)


def test_a_product_the_report_no_longer_has_leaves_the_plan(save):
    both = {FIRST: HALVES, SECOND: HALVES}
    save(rows=((1, "2"), (2, "2")), distribution=both)
    save(version=1)
    assert [product.number for product in Product.objects.all()] == [1]


def test_a_product_that_is_kept_stays_with_its_quarters(save):
    both = {FIRST: HALVES, SECOND: HALVES}
    save(rows=((1, "2"), (2, "2")), distribution=both)
    second = Product.objects.get(number=2)
    save(version=1, kept=frozenset({second.pk}))
    assert second.targets.count() == 2


def test_a_product_with_reported_values_is_never_deleted(save, institution):
    save(rows=((1, "2"), (2, "2")), distribution={FIRST: HALVES, SECOND: HALVES})
    make_value(make_report(institution), "1", product=Product.objects.get(number=2))
    with pytest.raises(ProductHasReportsError):
        save(version=1)
    assert Product.objects.count() == 2
    assert AnnualPlan.objects.get().version == 1


def test_a_product_that_stops_being_scheduled_loses_its_quarters(save):
    save()
    save(rows=((1, None),), distribution={}, version=1)
    assert not ProductTarget.objects.exists()


def test_unknown_codes_are_not_added_without_consent(save):
    with pytest.raises(UnknownCodesError) as refusal:
        save(accepts_new_codes=False)
    assert [str(code) for code in refusal.value.codes.all] == [
        "149 - INFORME",
        "4 - Trimestral",
        "184 - PUBLICAS",
    ]
    assert not UnitOfMeasure.objects.exists()


def test_accepted_codes_say_which_report_they_came_from(save):
    save()
    assert UnitOfMeasure.objects.get().source.startswith("R00822953")
    assert Periodicity.objects.get().per_year == 4


def test_codes_match_without_zero_padding(save):
    UnitOfMeasure.objects.create(code="0149", name="INFORME", source="catálogo")
    save()
    assert UnitOfMeasure.objects.count() == 1


def test_a_document_of_another_institution_is_refused(save, institution):
    institution.code = "9999"
    with pytest.raises(ValueError, match="another institution"):
        save()


def test_somebody_from_elsewhere_may_not_record(save):
    with pytest.raises(PermissionDenied, match="Sólo la UPGRET"):
        save(access=Access())


def test_the_stored_plan_reads_back_as_the_document_it_came_from(save, institution):
    save()
    stored = stored_plan(institution, 2026)
    document = make_document()
    assert stored.version == 1
    assert stored.quarters == {FIRST: HALVES}
    assert stored.document.objectives[0].text == document.objectives[0].text
    assert stored.document.objectives[0].results == document.objectives[0].results


def last_payload() -> dict:
    return json.loads(AuditEvent.objects.order_by("-id")[0].payload)


def test_the_chain_keeps_what_changed_old_and_new(save):
    save()
    save(rows=((1, "4"),), distribution={FIRST: (None, Decimal(2), None, Decimal(2))}, version=1)
    changes = {change["what"]: change for change in last_payload()["changes"]}
    output = changes["product.1.1.1.annual_output"]
    assert (Decimal(output["old"]), output["new"]) == (2, "4")
    quarters = changes["product.1.1.1.quarters"]
    assert [value and Decimal(value) for value in quarters["old"]] == list(HALVES)
    assert quarters["new"] == [None, "2", None, "2"]


def test_a_product_that_stays_is_no_change(save):
    save(rows=((1, "2"), (2, "2")), distribution={FIRST: HALVES, SECOND: HALVES})
    second = Product.objects.get(number=2)
    save(version=1, kept=frozenset({second.pk}))
    assert not last_payload()["changes"]


def test_a_product_that_leaves_is_one(save):
    save(rows=((1, "2"), (2, "2")), distribution={FIRST: HALVES, SECOND: HALVES})
    save(version=1)
    (change,) = last_payload()["changes"]
    assert (change["what"], change["new"]) == ("product.1.1.2", None)


def test_a_first_plan_changes_nothing(save):
    save()
    assert "changes" not in last_payload()


def test_the_chain_says_how_many_more_changes_there_were(save, monkeypatch):
    monkeypatch.setattr("sigpret.apps.planning.actions.changes.MOST_CHANGES", 1)
    save()
    save(rows=((1, "4"),), distribution={FIRST: (None, Decimal(2), None, Decimal(2))}, version=1)
    assert (len(last_payload()["changes"]), last_payload()["more_changes"]) == (1, 1)


def test_a_plan_that_was_sent_on_is_not_recorded_over(save):
    save()
    AnnualPlan.objects.update(state="locked", locked_at=AT)
    with pytest.raises(PlanNotWritableError, match="está bloqueado"):
        save(version=1)
    assert AnnualPlan.objects.get().version == 1


def test_what_was_recorded_is_kept_as_a_version(save):
    save()
    version = AnnualPlan.objects.get().versions.get()
    assert (version.number, version.occasion, version.reason) == (1, "recorded", "R00822953")


def test_a_product_that_says_something_else_counts_one_version_more(save):
    save(rows=((1, "2"), (2, "2")), distribution={FIRST: HALVES, SECOND: HALVES})
    other = (Decimal(1), None, None, Decimal(1))
    save(rows=((1, "2"), (2, "2")), distribution={FIRST: other, SECOND: HALVES}, version=1)
    save(rows=((1, "3"), (2, "2")), distribution={FIRST: (None, None, None, Decimal(3)),
         SECOND: HALVES}, version=2)  # fmt: skip
    assert dict(Product.objects.values_list("number", "version")) == {1: 3, 2: 1}


def test_a_report_without_mission_leaves_the_one_somebody_wrote(save, institution):
    save()
    AnnualPlan.objects.update(mission="Servir", vision="Ser los mejores")
    save(rows=((1, "2"), (2, "2")), distribution={FIRST: HALVES, SECOND: HALVES}, version=1)
    plan = AnnualPlan.objects.get()
    assert (plan.mission, plan.vision) == ("Servir", "Ser los mejores")


@pytest.mark.parametrize(
    ("accumulation", "quarters", "annual"),
    [
        ("last", ("80", "85", "90", "100"), "100"),
        ("maximum", ("80", "100", "90", "85"), "100"),
        ("average", ("80", "85", "90", "105"), "90"),
    ],
)
def test_a_report_over_a_product_that_does_not_add_up_keeps_its_quarters(
    save, accumulation, quarters, annual
):
    save()
    Product.objects.update(accumulation=accumulation)
    planned = tuple(map(Decimal, quarters))
    save(rows=((1, annual),), distribution={FIRST: planned}, version=1)
    assert set(ProductTarget.objects.values_list("planned", flat=True)) == set(planned)
    with pytest.raises(QuartersError):
        save(rows=((1, "345"),), distribution={FIRST: planned}, version=2)
