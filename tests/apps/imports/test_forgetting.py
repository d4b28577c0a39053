"""Workbooks nobody applied in time leave no file behind; applied ones keep theirs."""

import os
from datetime import timedelta

import pytest

from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.imports import originals
from sigpret.apps.imports.actions.forgetting import forget_expired_lots
from sigpret.apps.imports.models import WorkbookLot
from tests.apps.imports import AT

LATER = AT + timedelta(days=8)


@pytest.fixture
def make_lot(registrar):
    def make(data: bytes, state: str = "review", expires_at=AT + timedelta(days=7)) -> WorkbookLot:
        relative = originals.keep(data)
        os.utime(originals.path_of(relative), (0, 0))
        return WorkbookLot.objects.create(
            kind="matrix", state=state, file=relative, filename="m.xlsx",
            sha256=originals.sha256_of(data), content={"rows": [[7, "I1", {}]]},
            uploaded_by=registrar, uploaded_at=AT, updated_at=AT, expires_at=expires_at,
        )  # fmt: skip

    return make


@pytest.fixture
def forget(django_capture_on_commit_callbacks):
    def run(at=LATER) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return forget_expired_lots(at=at)

    return run


def has_file(data: bytes) -> bool:
    digest = originals.sha256_of(data)
    return originals.path_of(f"{originals.FOLDER}/{digest[:2]}/{digest}").exists()


@pytest.mark.parametrize("state", ["review", "refused", "discarded"])
def test_an_expired_workbook_is_put_away_with_its_file(make_lot, forget, state):
    lot = make_lot(b"uno", state)
    assert forget(AT) == 0
    assert has_file(b"uno")
    assert [forget(), forget()] == [1, 0]
    lot.refresh_from_db()
    assert lot.state == ("refused" if state == "refused" else "discarded")
    assert (str(lot.file), lot.content) == ("", {})
    assert not has_file(b"uno")
    assert AuditEvent.objects.filter(action="imports.workbooks_forgotten").count() == 1


def test_an_applied_workbook_keeps_its_file(make_lot, forget):
    make_lot(b"uno", "applied")
    assert forget() == 0
    assert has_file(b"uno")


def test_the_same_bytes_somebody_still_needs_stay(make_lot, forget):
    make_lot(b"uno", "discarded")
    make_lot(b"uno", "applied")
    assert forget() == 1
    assert has_file(b"uno")


def test_the_same_bytes_brought_again_a_moment_ago_stay(make_lot, forget):
    make_lot(b"uno")
    originals.keep(b"uno")
    assert forget() == 1
    assert has_file(b"uno")


def test_the_page_of_a_forgotten_workbook_says_that_it_is_gone(make_lot, forget, visit, settings):
    settings.DEMO_NOW = LATER
    lot = make_lot(b"uno")
    forget()
    assert visit.get(f"/excel/{lot.pk}").status_code == 302
    assert visit.get(f"/excel/{lot.pk}/original").status_code == 404
