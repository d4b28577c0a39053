"""What a datum must carry to be sent, besides its value: its cause, and its evidence if asked."""

from dataclasses import replace

import pytest

from sigpret.apps.monitoring.models import EvidenceUse
from sigpret.apps.monitoring.queries import Missing, Situation, report_sheet
from sigpret.apps.reference.queries import policy_for
from tests.apps.monitoring.scenes import NOW, Q3, Ministry
from tests.factories.evidence import make_evidence

pytestmark = pytest.mark.django_db
ASKS = replace(policy_for(Q3), evidence_required=True)


@pytest.fixture
def ministry():
    return Ministry()


def row_of(ministry, policy=None):
    sheet = report_sheet(
        institution=ministry.institution, period=Q3, policy=policy or policy_for(Q3)
    )
    return next(row for row in sheet.rows if row.kind == "product")


def attach(ministry, **fields):
    value = ministry.value_of(ministry.product)
    evidence = make_evidence(ministry.institution, **fields)
    EvidenceUse.objects.create(
        value=value, evidence=evidence, attached_by=ministry.registrar, attached_at=NOW
    )


class TestCause:
    @pytest.mark.parametrize(
        ("category", "cause", "is_missing"),
        [
            ("", "", True),
            ("procurement", "", True),
            ("", "La licitación quedó desierta.", True),
            ("procurement", "La licitación quedó desierta.", False),
        ],
    )
    def test_it_is_a_category_and_a_sentence(self, ministry, category, cause, is_missing):
        ministry.save("1", cause_category=category, cause=cause)
        assert (Missing.CAUSE in row_of(ministry).missing) is is_missing


class TestEvidence:
    BECAUSE = ("procurement", "La licitación quedó desierta.")

    def save(self, ministry, value="6", cause=""):
        # Six of the six programmed to date: no cause is asked for.
        ministry.save(value, cause=cause, cause_category="other" if cause else "")

    def test_by_default_nothing_is_asked(self, ministry):
        self.save(ministry)
        assert row_of(ministry).missing == ()

    def test_a_value_without_files_is_not_sent_where_it_is_asked(self, ministry):
        self.save(ministry)
        row = row_of(ministry, ASKS)
        assert row.missing == (Missing.EVIDENCE,)
        assert row.situation == Situation.EVIDENCE_MISSING

    @pytest.mark.parametrize("fields", [{}, {"is_reserved": True, "legal_ground": "Art. 17"}])
    def test_a_file_is_enough_also_a_reserved_one(self, ministry, fields):
        self.save(ministry)
        attach(ministry, **fields)
        assert row_of(ministry, ASKS).missing == ()

    def test_a_withdrawn_file_shows_nothing(self, ministry):
        self.save(ministry)
        attach(ministry, withdrawn_at=NOW)
        assert row_of(ministry, ASKS).missing == (Missing.EVIDENCE,)

    def test_why_there_is_none_is_a_way_out(self, ministry):
        self.save(ministry, cause="El acta se firma en noviembre.")
        assert row_of(ministry, ASKS).missing == ()

    def test_a_zero_has_nothing_to_show(self, ministry):
        ministry.save("0", cause_category=self.BECAUSE[0], cause=self.BECAUSE[1])
        assert row_of(ministry, ASKS).missing == ()
