"""What citizens see of the evidence: its fingerprint, and of what is reserved only the ground."""

import pytest

from tests.factories.evidence import make_evidence
from tests.factories.institutions import make_institution
from tests.factories.snapshots import make_closed_round, make_promise

pytestmark = pytest.mark.django_db
FILE = {
    "name": "Inventario <b>.pdf",
    "sha256": "ab" * 32,
    "media_type": "application/pdf",
    "size": 2_202_010,
    "pages": 31,
}


def page_of(client, evidence) -> str:
    promise = make_promise(make_closed_round(), evidence=evidence)
    return client.get(f"/promesas/{promise.slug}").content.decode()


def test_a_promise_shows_what_proved_it_with_its_fingerprint(client):
    page = page_of(client, [FILE])
    assert "Evidencia con que se validó" in page
    assert "Inventario &lt;b&gt;.pdf" in page
    assert "ab" * 32 in page
    assert "2.1\u00a0MB" in page
    assert "31 páginas" in page


def test_of_a_reserved_file_only_its_legal_ground_is_public(client):
    page = page_of(client, [{"legal_ground": "Decreto 170-2006, artículo 24"}])
    assert "Un archivo reservado. Decreto 170-2006, artículo 24" in page
    assert "/evidencias/" not in page


def test_a_file_reserved_after_the_closing_is_no_longer_shown_by_name(client):
    ground = "Decreto 170-2006, artículo 17"
    kept = make_evidence(make_institution(), is_reserved=True, legal_ground=ground)
    page = page_of(client, [FILE | {"sha256": kept.file.sha256}])
    assert f"Un archivo reservado. {ground}" in page
    assert "Inventario" not in page
    assert kept.file.sha256 not in page


@pytest.mark.parametrize("evidence", [[], None])
def test_a_promise_without_evidence_says_nothing_of_it(client, evidence):
    assert "Evidencia con que se validó" not in page_of(client, evidence)
