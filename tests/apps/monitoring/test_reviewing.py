"""The work of a reviewer: taking a report, opening its data, the batch and its draw, finishing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.monitoring.actions import (
    SampleNotOpenedError,
    UnfinishedReviewError,
    finish_review,
    record_opening,
    take_report,
    validate_batch,
)
from sigpret.apps.monitoring.models import Comment, ReportedValue, ReportReview, ReviewOpening
from sigpret.apps.monitoring.queries import datum_history, review_queue, review_sheet
from sigpret.apps.monitoring.queries.sample import sample_of
from sigpret.apps.notices.models import Notice
from tests.apps.monitoring.scenes import NOW, Q3, Ministry, access
from tests.factories.evidence import make_evidence, use_evidence
from tests.factories.institutions import make_user
from tests.factories.monitoring import make_report, make_round, make_value
from tests.factories.planning import make_product

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def ministry():
    scene = Ministry()
    scene.save_everything()
    scene.submit()
    return scene


@pytest.fixture
def clean():
    """A ministry with four products that give no signal, and a goal that gives some."""
    scene = Ministry()
    scene.products = [scene.product] + [
        make_product(scene.plan, {"2026-Q2": "2", "2026-Q3": "2"}, name=f"Producto {n}")
        for n in range(3)
    ]
    decided = {"decided_by": scene.analyst, "decided_at": NOW}
    sent = {"submitted_by": scene.registrar, "submitted_at": NOW}
    earlier = make_report(scene.institution, make_round("2026-Q2"), state="validated", **sent)
    proof = make_evidence(scene.institution)
    for product in scene.products:
        make_value(earlier, "2", product=product, state="validated", **decided)
        scene.save("2", product_id=product.pk, cause="x", cause_category="other")
        use_evidence(proof, scene.value_of(product))
    scene.save("10", indicator_id=scene.indicator.pk, cause="x", cause_category="other")
    scene.submit()
    return scene


def sheet_of(scene, person=None):
    return review_sheet(report_id=scene.report.pk, access=access(person or scene.analyst))


def open_datum(scene, value, *, by=None):
    by = by or scene.analyst
    record_opening(actor=by, access=access(by), value_id=value.pk, version=value.version, at=NOW)


def batch(scene, *, by=None, at=NOW):
    by = by or scene.analyst
    clean_ones = sheet_of(scene, by).clean
    return validate_batch(
        actor=by,
        access=access(by),
        report_id=scene.report.pk,
        expected_versions={row.value_id: row.row.cell.version for row in clean_ones},
        at=at,
    )


def finish(scene, *, by=None, at=NOW):
    by = by or scene.analyst
    return finish_review(actor=by, access=access(by), report_id=scene.report.pk, at=at)


def open_the_drawn(scene, *, by=None):
    for row in sheet_of(scene, by).sampled:
        open_datum(scene, ReportedValue.objects.get(pk=row.value_id), by=by)


class TestTheDraw:
    @pytest.mark.parametrize(("many", "drawn"), [(0, 0), (1, 1), (10, 1), (11, 2), (30, 3)])
    def test_a_tenth_and_at_least_one(self, many, drawn):
        ids = range(1, many + 1)
        assert len(sample_of(ids, report_id=1, sent_at=NOW, share=Decimal(10))) == drawn

    def test_is_the_same_for_everybody_until_it_is_sent_again(self):
        ids = range(1, 101)
        first = sample_of(ids, report_id=1, sent_at=NOW, share=Decimal(10))
        assert first == sample_of([*reversed(ids)], report_id=1, sent_at=NOW, share=Decimal(10))
        assert first != sample_of(ids, report_id=1, sent_at=LATER, share=Decimal(10))
        assert first != sample_of(ids, report_id=2, sent_at=NOW, share=Decimal(10))


class TestTheBatch:
    def test_names_what_must_be_opened_first(self, clean):
        (drawn,) = sheet_of(clean).unopened
        with pytest.raises(SampleNotOpenedError, match=drawn.row.name):
            batch(clean)
        assert clean.report.state == "submitted"

    def test_validates_the_clean_ones_and_leaves_the_rest(self, clean):
        open_the_drawn(clean)
        assert len(batch(clean).value_ids) == 4
        assert clean.value_of(clean.indicator).state == "submitted"

    def test_what_somebody_else_opened_does_not_count(self, clean):
        open_the_drawn(clean, by=make_user(Role.ANALYST))
        with pytest.raises(SampleNotOpenedError):
            batch(clean)

    def test_what_was_opened_before_it_changed_does_not_count(self, clean):
        open_the_drawn(clean)
        ReportedValue.objects.filter(report=clean.report).update(version=9)
        with pytest.raises(SampleNotOpenedError):
            batch(clean)

    def test_deciding_the_drawn_ones_is_having_looked_at_them(self, clean):
        for row in sheet_of(clean).sampled:
            clean.validate(ReportedValue.objects.get(pk=row.value_id))
        assert len(batch(clean).value_ids) == 3

    def test_its_event_remembers_what_was_opened(self, clean):
        open_the_drawn(clean)
        batch(clean)
        event = AuditEvent.objects.filter(action="monitoring.values_validated").last()
        assert '"opened_first":[' in event.payload

    def test_twice_is_once(self, clean):
        open_the_drawn(clean)
        batch(clean)
        assert batch(clean).value_ids == ()

    def test_nobody_validates_their_own_in_a_batch(self, clean):
        insider = make_user(Role.ANALYST, institution=clean.institution)
        assert batch(clean, by=insider).value_ids == ()
        assert clean.report.state == "submitted"


class TestOpening:
    def test_is_noted_once(self, ministry):
        value = ministry.value_of(ministry.product)
        open_datum(ministry, value)
        open_datum(ministry, value)
        assert ReviewOpening.objects.count() == 1

    def test_is_for_who_reviews(self, ministry):
        with pytest.raises(PermissionDenied):
            open_datum(ministry, ministry.value_of(ministry.product), by=ministry.registrar)


class TestTaking:
    def take(self, scene, by=None):
        by = by or scene.analyst
        return take_report(actor=by, access=access(by), report_id=scene.report.pk, at=NOW)

    def test_says_who_is_at_work(self, ministry):
        assert self.take(ministry)
        (entry,) = review_queue(period=Q3, access=access(ministry.analyst)).entries
        assert entry.review.taken_by == ministry.analyst.full_name

    def test_twice_is_once_and_another_may_take_over(self, ministry):
        assert [self.take(ministry), self.take(ministry)] == [True, False]
        assert self.take(ministry, make_user(Role.ANALYST))
        assert ReportReview.objects.count() == 1

    def test_nobody_takes_their_own(self, ministry):
        insider = make_user(Role.ANALYST, institution=ministry.institution)
        with pytest.raises(PermissionDenied):
            self.take(ministry, insider)


class TestFinishing:
    def test_waits_for_every_datum(self, ministry):
        ministry.validate(ministry.value_of(ministry.product))
        with pytest.raises(UnfinishedReviewError, match="Falta 1 dato por decidir"):
            finish(ministry)

    def test_tells_the_institution_how_it_ended_once(self, ministry):
        ministry.validate(ministry.value_of(ministry.product))
        ministry.give_back(ministry.value_of(ministry.indicator))
        ended = finish(ministry, at=LATER)
        assert (ended.validated, ended.returned, ended.is_new) == (1, 1, True)
        assert not finish(ministry, at=LATER + timedelta(minutes=1)).is_new
        told = Notice.objects.filter(recipient=ministry.registrar, kind="review_finished")
        assert told.count() == 1

    def test_a_report_that_was_sent_again_is_finished_again(self, ministry):
        ministry.validate(ministry.value_of(ministry.product))
        ministry.give_back(ministry.value_of(ministry.indicator))
        finish(ministry)
        value = ministry.value_of(ministry.indicator)
        ministry.save("9", indicator_id=ministry.indicator.pk, version=value.version,
                      cause="x", cause_category="other", at=LATER)  # fmt: skip
        ministry.submit(at=LATER)
        (entry,) = review_queue(period=Q3, access=access(ministry.analyst)).entries
        assert not entry.is_finished
        ministry.validate(ministry.value_of(ministry.indicator), at=LATER)
        assert finish(ministry, at=LATER + timedelta(minutes=5)).is_new


class TestReturning:
    def test_begins_the_thread_and_tells_the_institution(self, ministry):
        value = ministry.value_of(ministry.product)
        ministry.give_back(value, "¿De qué mes es?")
        said = Comment.objects.get(value=value)
        assert (said.kind, said.text) == ("observation", "¿De qué mes es?")
        notice = Notice.objects.get(recipient=ministry.registrar, kind="value_returned")
        assert "¿De qué mes es?" in notice.detail

    def test_twice_with_the_same_words_is_once(self, ministry):
        value = ministry.value_of(ministry.product)
        ministry.give_back(value)
        ministry.give_back(value)
        assert Comment.objects.count() == 1


def test_the_history_of_a_datum_is_what_the_chain_remembers(ministry):
    value = ministry.value_of(ministry.product)
    ministry.give_back(value, "¿De qué mes es?")
    version = ministry.value_of(ministry.product).version
    ministry.save("3", version=version, cause="Se recontó.", cause_category="other", at=LATER)
    deeds = [
        (event.deed, event.old, event.new) for event in datum_history(value.pk, ministry.report.pk)
    ]
    assert deeds == [
        ("written", 2, 3),
        ("returned", None, 2),
        ("sent", None, None),
        ("written", None, 2),
    ]
