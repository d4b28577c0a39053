"""The country in the database, loaded once for all of these."""

from collections import Counter

import pytest
from django.contrib.auth.hashers import is_password_usable
from django.db import connection, transaction
from django.db.models import F, Sum

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.queries import demo_people
from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.queries import verify_chain
from sigpret.apps.budget.models import CategoryProduct, ProgrammaticCategory
from sigpret.apps.budget.queries.product_money import money_of_plan
from sigpret.apps.evaluation.queries.money import products_with_money
from sigpret.apps.evidence.queries import tampered
from sigpret.apps.institutions.models import Institution, Sector
from sigpret.apps.monitoring.models import (
    EvidenceUse,
    GoalAchievement,
    ReportedValue,
    ReportingRound,
    Snapshot,
)
from sigpret.apps.planning.models import AnnualPlan
from sigpret.apps.reference.queries import policy_for
from sigpret.apps.results.models import Goal
from sigpret.demonstration import NotEmptyError, accounts_by_role, is_loaded, load_country
from sigpret.methodology.apportioning import heaviest_path, taken
from sigpret.methodology.periods import Period


@pytest.fixture(scope="module")
def steps(django_db_setup, django_db_blocker):
    """Load the country inside a transaction that the module undoes; the steps it reported."""
    reported = []
    with django_db_blocker.unblock(), transaction.atomic():
        load_country(progress=lambda *step: reported.append(step))
        yield reported
        transaction.set_rollback(True)


@pytest.fixture
def loaded(steps, db):
    """The country is there; what a test adds is undone."""


def test_every_step_is_reported_to_its_end(steps, loaded):
    finished = {step for step, done, total in steps if done == total}
    assert finished == {step for step, _done, _total in steps}
    assert len(finished) >= 5


def test_the_structure_is_in_the_tables(loaded):
    assert Institution.objects.count() == 97
    assert Institution.objects.filter(is_fictitious=True).count() == 14
    assert Sector.objects.get(name="Mercado Laboral y Protección Social").blocks.count() == 2
    assert Goal.objects.filter(level="presidential").count() == 48
    years = AnnualPlan.objects.filter(institution__code="414").order_by("fiscal_year")
    assert list(years.values_list("fiscal_year", flat=True)) == [2025, 2027]


def test_past_plans_are_locked_and_next_years_are_in_every_step(loaded):
    states = AnnualPlan.objects.values_list("fiscal_year", "state")
    assert {state for year, state in states if year < 2027} == {"locked"}
    assert Counter(state for year, state in states if year == 2027) == {
        "draft": 4, "submitted": 2, "returned": 1, "approved": 2, "accepted": 3,
    }  # fmt: skip
    assert not AnnualPlan.objects.exclude(state="draft").filter(versions__isnull=True).exists()


def test_the_board_shows_what_was_meant(loaded):
    found = GoalAchievement.objects.filter(period="2026-Q3", goal__level="presidential")
    assert Counter(found.values_list("own_status", flat=True)) == {
        "behind": 8, "at_risk": 10, "not_reported": 2, "on_track": 27, "exceeded": 1,
    }  # fmt: skip


def test_some_chain_contradicts_itself_both_ways(loaded):
    found = GoalAchievement.objects.filter(
        period="2026-Q3", goal__level="presidential", is_inconsistent=True
    )
    assert any(row.own < row.contributed for row in found)
    assert any(row.own > row.contributed for row in found)


def test_seven_quarters_are_closed_with_their_snapshots(loaded):
    closed = ReportingRound.objects.filter(state="closed")
    assert closed.count() == 7
    for held in closed:
        kinds = Counter(held.snapshots.values_list("kind", flat=True))
        assert kinds["institution"] == 97
        assert kinds["goal"] == Goal.objects.count()
    assert ReportingRound.objects.get(state="open").period == "2026-Q3"


def test_the_published_past_is_not_the_present(loaded):
    found = Snapshot.objects.filter(round__period="2026-Q2", level="presidential")
    statuses = Counter(row.payload["figures"]["to_date"]["status"] for row in found)
    assert statuses["behind"] == 6


def test_the_chain_of_events_holds(loaded):
    verdict = verify_chain()
    assert verdict.events > 100
    assert verdict.is_whole


def test_every_role_may_be_entered_as_and_nobody_has_a_password(loaded):
    accounts = accounts_by_role()
    assert {account.role for account in accounts} == {role.value for role in Role}
    assert [person.email for person in demo_people()] == [account.email for account in accounts]
    assert not any(is_password_usable(user.password) for user in User.objects.all())
    assert all(User.objects.values_list("is_demo", flat=True))


def test_it_refuses_to_load_twice(loaded):
    assert is_loaded()
    with pytest.raises(NotEmptyError, match="ya está cargada"):
        load_country()


def test_most_values_of_the_open_quarter_show_something_and_some_nothing(loaded):
    values = ReportedValue.objects.filter(period="2026-Q3", value__isnull=False)
    shown = values.filter(evidence_uses__isnull=False).distinct().count()
    assert 0.7 < shown / values.count() < 0.9


def test_nothing_is_shown_for_the_value_of_another_institution(loaded):
    foreign = EvidenceUse.objects.exclude(
        evidence__institution_id=F("value__report__institution_id")
    )
    assert not foreign.exists()


def test_the_last_closing_publishes_fingerprints(loaded):
    kept = Snapshot.objects.filter(round__period="2026-Q2", level="presidential")
    assert any(snapshot.payload["evidence"] for snapshot in kept)


def test_every_file_of_the_demonstration_is_in_its_place(loaded):
    assert tampered() == ()


def test_no_invented_money_counts_twice(loaded):
    parents = dict(ProgrammaticCategory.objects.values_list("pk", "parent"))
    rows = CategoryProduct.objects.order_by().values("category").annotate(total=Sum("share"))
    shares = dict(rows.values_list("category", "total"))
    programmes = [pk for pk, parent in parents.items() if parent is None]
    assert programmes
    assert all(
        taken(shares, heaviest_path(parents, shares, programme)) <= 100 for programme in programmes
    )


def test_a_products_money_is_the_same_wherever_it_is_read(loaded):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    period, seen = Period.quarter(2026, 2), 0
    for plan in AnnualPlan.objects.filter(fiscal_year=2026, institution__code__in=("060", "026")):
        apart = money_of_plan(plan.pk)
        with_lines = {pk for pk, money in apart.items() if money.budget is not None}
        here = products_with_money(period, policy_for(period), plan.institution_id)
        assert {product.product_id for product in here} == with_lines
        for product in here:
            budget, other = product.comparison.budget, apart[product.product_id].budget
            assert (budget.approved, budget.modifications) == (other.approved, other.modifications)
            seen += 1
    assert seen > 20
