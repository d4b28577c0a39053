"""Evidence of a value: attached and taken away under the rules of writing the value."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.evidence.actions import UnusableEvidenceError
from sigpret.apps.evidence.models import Evidence
from sigpret.apps.monitoring.actions import evidence as actions
from sigpret.apps.monitoring.actions.deadlines import RoundNotOpenError
from sigpret.apps.monitoring.actions.values import LockedValueError, UnknownSubjectError
from sigpret.apps.monitoring.models import EvidenceUse, ReportedValue
from sigpret.apps.monitoring.queries.evidence import evidence_by_value, sheet_evidence
from sigpret.apps.monitoring.queries.evidence_library import (
    EvidenceFilter,
    EvidenceOwner,
    evidence_owners,
    filtered,
    grouped,
    in_order,
    library_rows,
)
from sigpret.apps.monitoring.queries.evidence_viewer import evidence_viewer
from sigpret.apps.monitoring.queries.report import report_sheet
from sigpret.apps.reference.queries import policy_for
from tests.apps.monitoring.scenes import DEADLINE, NOW, Q3, Ministry, access
from tests.factories.evidence import make_evidence, use_evidence
from tests.factories.institutions import make_institution, make_user
from tests.intake.evidence_files import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    return Ministry()


@pytest.fixture
def proof(ministry):
    return make_evidence(ministry.institution, "2.9 lista.png", uploaded_by=ministry.registrar)


def act(ministry, action, *, by=None, at=NOW, **more):
    by = by or ministry.registrar
    facts = {"institution": ministry.institution, "period": Q3} if "product_id" in more else {}
    return action(actor=by, access=access(by), at=at, **facts, **more)


def attach(ministry, proof, **more):
    more.setdefault("product_id", ministry.product.pk)
    return act(ministry, actions.attach_evidence, evidence_id=proof.pk, **more)


def detach(ministry, proof, **more):
    return act(
        ministry,
        actions.detach_evidence,
        product_id=ministry.product.pk,
        evidence_id=proof.pk,
        **more,
    )


def sheet_of(ministry):
    return report_sheet(institution=ministry.institution, period=Q3, policy=policy_for(Q3))


def test_what_is_not_written_yet_takes_evidence_and_is_still_not_written(ministry, proof):
    done = attach(ministry, proof)
    stored = ReportedValue.objects.get()
    assert (stored.value, stored.version, stored.state) == (None, 0, "draft")
    assert (done.value_id, done.version, done.is_changed) == (stored.pk, 0, True)
    assert ministry.save("2", version=0).version == 1


def test_attaching_twice_has_one_effect(ministry, proof):
    attach(ministry, proof)
    again = attach(ministry, proof)
    assert not again.is_changed
    assert EvidenceUse.objects.count() == 1
    assert AuditEvent.objects.filter(action="monitoring.evidence_attached").count() == 1


def test_evidence_of_a_draft_does_not_make_two_writers_collide(ministry, proof):
    written = ministry.save("2")
    attach(ministry, proof)
    assert ministry.save("1", version=written.version).is_changed


def test_an_indicator_takes_evidence_too(ministry, proof):
    act(
        ministry,
        actions.attach_evidence,
        product_id=None,
        indicator_id=ministry.indicator.pk,
        evidence_id=proof.pk,
    )
    assert EvidenceUse.objects.get().value.indicator == ministry.indicator


def test_one_file_proves_several_values(ministry, proof):
    attach(ministry, proof)
    attach(ministry, proof, product_id=None, indicator_id=ministry.indicator.pk)
    assert EvidenceUse.objects.filter(evidence=proof).count() == 2


def test_evidence_answers_what_was_returned(ministry, proof):
    ministry.save_everything()
    ministry.submit()
    value = ministry.value_of(ministry.product)
    ministry.give_back(value)
    before = next(row for row in sheet_of(ministry).rows if row.cell.id == value.pk)
    attach(ministry, proof)
    after = next(row for row in sheet_of(ministry).rows if row.cell.id == value.pk)
    assert "answer" in before.missing
    assert "answer" not in after.missing
    assert after.cell.version == before.cell.version + 1


def test_what_was_sent_and_nobody_reviews_goes_back_to_draft(ministry, proof):
    ministry.save_everything()
    ministry.submit()
    attach(ministry, proof)
    assert ministry.value_of(ministry.product).state == "draft"
    assert ministry.report.state == "draft"


def test_what_is_validated_is_locked(ministry, proof):
    ministry.validate_everything()
    with pytest.raises(LockedValueError):
        attach(ministry, proof)


def test_what_is_under_review_is_locked(ministry, proof):
    ministry.save_everything()
    use_evidence(proof, ministry.value_of(ministry.product))
    ministry.submit()
    ministry.validate(ministry.value_of(ministry.indicator))
    with pytest.raises(LockedValueError):
        detach(ministry, proof)
    assert EvidenceUse.objects.exists()


def test_after_the_deadline_nothing_is_attached(ministry, proof):
    with pytest.raises(RoundNotOpenError):
        attach(ministry, proof, at=DEADLINE)


def test_taking_it_away_keeps_the_evidence(ministry, proof):
    attach(ministry, proof)
    assert detach(ministry, proof).is_changed
    assert not detach(ministry, proof).is_changed
    assert Evidence.objects.filter(pk=proof.pk, withdrawn_at=None).exists()


def test_only_the_institutions_own_evidence_is_used(ministry):
    foreign = make_evidence(make_institution())
    with pytest.raises(UnusableEvidenceError):
        attach(ministry, foreign)
    assert not ReportedValue.objects.exists()


def test_nobody_attaches_for_another_institution(ministry, proof):
    stranger = make_user(Role.REGISTRAR, institution=make_institution())
    with pytest.raises(PermissionDenied):
        attach(ministry, proof, by=stranger)


def test_another_institutions_product_is_not_known(ministry, proof):
    other = Ministry(round=ministry.round)
    with pytest.raises(UnknownSubjectError):
        attach(ministry, proof, product_id=other.product.pk)


def test_many_are_confirmed_at_once_with_one_event(ministry, proof):
    second = make_evidence(ministry.institution)
    pairings = [
        actions.Pairing("product", ministry.product.pk, proof.pk),
        actions.Pairing("indicator", ministry.indicator.pk, second.pk),
    ]
    done = actions.attach_matches(
        actor=ministry.registrar,
        access=access(ministry.registrar),
        institution=ministry.institution,
        period=Q3,
        pairings=pairings,
        at=NOW,
    )
    assert [one.is_changed for one in done] == [True, True]
    assert AuditEvent.objects.filter(action="monitoring.evidence_attached").count() == 1


def test_one_that_cannot_be_attached_attaches_none(ministry, proof):
    pairings = [
        actions.Pairing("product", ministry.product.pk, proof.pk),
        actions.Pairing("product", 0, proof.pk),
    ]
    with pytest.raises(UnknownSubjectError):
        actions.attach_matches(
            actor=ministry.registrar,
            access=access(ministry.registrar),
            institution=ministry.institution,
            period=Q3,
            pairings=pairings,
            at=NOW,
        )
    assert not EvidenceUse.objects.exists()


def test_the_database_keeps_one_use_of_each(ministry, proof):
    value = ReportedValue.objects.get(pk=attach(ministry, proof).value_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        use_evidence(proof, value)


def substitute(ministry, proof):
    return act(
        ministry,
        actions.substitute_evidence,
        evidence_id=proof.pk,
        name="2.9 lista final.pdf",
        file=io.BytesIO(pdf()),
    )


def test_what_replaces_an_evidence_is_shown_where_the_institution_still_writes(ministry, proof):
    value_id = attach(ministry, proof).value_id
    new = substitute(ministry, proof).evidence
    assert [facts.id for facts in evidence_by_value([value_id])[value_id]] == [new.id]


def test_what_was_sent_keeps_the_evidence_it_was_sent_with(ministry, proof):
    ministry.save_everything()
    value_id = attach(ministry, proof).value_id
    ministry.submit()
    substitute(ministry, proof)
    assert [facts.id for facts in evidence_by_value([value_id])[value_id]] == [proof.pk]


def test_an_evidence_in_use_is_not_withdrawn(ministry, proof):
    attach(ministry, proof)
    with pytest.raises(UnusableEvidenceError):
        act(ministry, actions.withdraw_evidence, evidence_id=proof.pk)
    detach(ministry, proof)
    assert act(ministry, actions.withdraw_evidence, evidence_id=proof.pk)
    with pytest.raises(UnusableEvidenceError):
        attach(ministry, proof)


def test_the_sheet_knows_the_files_of_each_row_and_offers_the_others(ministry, proof):
    attach(ministry, proof)
    loose = make_evidence(ministry.institution, "acta.png")
    sheet = sheet_of(ministry)
    evidence = sheet_evidence(sheet)
    row = next(row for row in sheet.rows if row.subject_id == ministry.product.pk)
    assert [facts.id for facts in evidence.files(row)] == [proof.pk]
    assert [facts.id for facts in evidence.suggestions(row)] == [loose.pk]
    assert [facts.id for facts in evidence.loose] == [loose.pk]


def test_a_reserved_evidence_has_no_name_for_whoever_may_not_open_it(ministry, proof):
    proof.is_reserved, proof.legal_ground = True, "Art. 17"
    proof.save()
    value_id = attach(ministry, proof).value_id
    presidency, analyst = access(make_user(Role.PRESIDENCY)), access(ministry.analyst)
    veiled = evidence_by_value([value_id], presidency)[value_id][0]
    assert "lista" not in veiled.name
    assert veiled.sha256 == ""
    assert evidence_by_value([value_id], analyst)[value_id][0].name == proof.name
    assert not evidence_viewer(value_id, presidency).is_intact


def test_the_viewer_says_where_else_the_file_is_used(ministry, proof):
    value_id = attach(ministry, proof).value_id
    analyst = access(ministry.analyst)
    alone = evidence_viewer(value_id, analyst)
    assert (alone.used_elsewhere, alone.is_intact, alone.is_of_period) == (0, True, True)
    attach(ministry, proof, product_id=None, indicator_id=ministry.indicator.pk)
    assert evidence_viewer(value_id, analyst).used_elsewhere == 1


@pytest.mark.parametrize(("asked", "page"), [(0, 1), (1, 1), (2, 2), (99, 3)])
def test_the_viewer_stays_inside_the_file(ministry, asked, page):
    long = make_evidence(ministry.institution, "a.pdf", pages=3, media_type="application/pdf")
    value_id = attach(ministry, long).value_id
    assert evidence_viewer(value_id, access(ministry.analyst), page=asked).page == page


def test_a_value_without_evidence_has_a_viewer_that_says_so(ministry):
    value_id = ministry.save("2").id
    assert evidence_viewer(value_id, access(ministry.analyst)).current is None
    assert evidence_viewer(0, access(ministry.analyst)) is None


@pytest.fixture
def shelf(ministry, proof):
    """A used file, a loose one, a reserved one and a replaced one, and another institution's."""
    attach(ministry, proof)
    make_evidence(ministry.institution, "suelta.png", period="2026-Q2")
    make_evidence(
        ministry.institution, "reservada.png", is_reserved=True, legal_ground="Art. 17", period=""
    )
    old = make_evidence(ministry.institution, "vieja.png")
    make_evidence(ministry.institution, "nueva.png", replaces=old)
    make_evidence(make_institution(), "ajena.png")
    return library_rows(ministry.institution.pk, access(ministry.registrar))


def names(rows):
    return {row.facts.name for row in rows}


FILTERS = {
    "what is in force": (
        EvidenceFilter(),
        {"2.9 lista.png", "suelta.png", "reservada.png", "nueva.png"},
    ),
    "of a quarter": (EvidenceFilter(period="2026-Q2"), {"suelta.png"}),
    "not used": (
        EvidenceFilter(standing="sin-uso"), {"suelta.png", "reservada.png", "nueva.png"},
    ),
    "reserved": (EvidenceFilter(standing="reservadas"), {"reservada.png"}),
    "replaced": (EvidenceFilter(standing="reemplazadas"), {"vieja.png"}),
    "of a type that is not there": (EvidenceFilter(media="application/pdf"), set()),
}  # fmt: skip


@pytest.mark.parametrize(("wanted", "expected"), FILTERS.values(), ids=FILTERS)
def test_the_library_is_filtered(shelf, wanted, expected):
    assert names(filtered(shelf, wanted)) == expected


def test_the_library_is_found_by_product(shelf, ministry):
    code = next(use.code for row in shelf for use in row.uses)
    assert names(filtered(shelf, EvidenceFilter(code=code))) == {"2.9 lista.png"}


def test_the_library_stands_by_quarter_the_newest_first(shelf):
    groups = grouped(in_order(shelf))
    assert [group.period for group in groups] == ["2026-Q3", "2026-Q2", ""]


def test_the_library_of_an_institution_has_nothing_of_another(shelf):
    assert "ajena.png" not in names(shelf)


def test_whoever_reads_the_country_chooses_among_those_with_files(ministry, proof):
    analyst, stranger = (
        make_user(Role.ANALYST),
        make_user(Role.REGISTRAR, institution=make_institution()),
    )
    place = ministry.institution
    assert evidence_owners(access(analyst)) == (EvidenceOwner(place.code, place.name, 1),)
    assert evidence_owners(access(stranger)) == ()
