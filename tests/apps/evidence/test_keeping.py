"""A file is kept once, under its fingerprint, whole or not at all."""

import io
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.db import IntegrityError

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.evidence import actions, storage
from sigpret.apps.evidence.actions import keeping
from sigpret.apps.evidence.health import newest_files_are_intact
from sigpret.apps.evidence.models import Evidence, StoredFile
from sigpret.apps.evidence.queries import evidence_of, tampered, usable_evidence
from sigpret.apps.evidence.sentences import SENTENCES
from sigpret.apps.institutions.queries import access_of
from sigpret.config.commands.audit import run
from sigpret.intake.files.kinds import MOST_BYTES, Reason
from tests.factories.evidence import AT, make_evidence
from tests.factories.institutions import make_institution, make_user
from tests.intake.evidence_files import located_photo, pdf
from tests.intake.test_evidence_files import REFUSED

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    """A place of its own for every test."""
    place = tmp_path / "evidence"
    settings.STORAGES = settings.STORAGES | {
        name: settings.STORAGES[name] | {"OPTIONS": {**OPTIONS, "location": place.with_name(name)}}
        for name in ("evidence", "previews")
    }
    return place


OPTIONS = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}


@pytest.fixture
def institution():
    return make_institution()


@pytest.fixture
def registrar(institution):
    return make_user(Role.REGISTRAR, institution=institution)


@pytest.fixture
def store(institution, registrar):
    """Bring a file to the institution."""

    def bring(data=None, name="acta.pdf", *, by=registrar, to=institution):
        return actions.store_evidence(
            actor=by,
            access=access_of(by, on=AT.date()),
            institution=to,
            name=name,
            file=io.BytesIO(pdf() if data is None else data),
            period="2026-Q3",
            at=AT,
        )

    return bring


@pytest.fixture
def change(registrar):
    """Do something with an evidence that is kept."""

    def act(action, evidence, *, by=registrar, **more):
        return action(
            actor=by,
            access=access_of(by, on=AT.date()),
            evidence_id=getattr(evidence, "id", evidence),
            at=AT,
            **more,
        )

    return act


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_fingerprint_and_only_for_the_product(store, folder):
    kept = store().evidence
    path = folder / kept.sha256[:2] / kept.sha256[2:4] / kept.sha256
    assert path.read_bytes() == pdf()
    assert path.stat().st_mode & 0o777 == 0o600
    assert (kept.name, kept.kind, kept.pages, kept.period) == ("acta.pdf", "PDF", 1, "2026-Q3")


def test_the_folder_is_outside_of_everything_that_is_served(settings):
    place = Path(storages["evidence"].base_location).resolve()
    for served in (settings.STATIC_ROOT, settings.MEDIA_ROOT):
        assert not place.is_relative_to(Path(served).resolve())


def test_bringing_it_writes_one_event(store):
    store()
    event = AuditEvent.objects.get(action="evidence.stored")
    assert StoredFile.objects.get().sha256 in event.payload


def test_the_same_file_of_the_same_institution_is_the_same_evidence(store):
    first, again = store(), store(name="otra copia.pdf")
    assert (first.is_new, again.is_new) == (True, False)
    assert again.evidence == first.evidence
    assert AuditEvent.objects.filter(action="evidence.stored").count() == 1


def test_the_same_photograph_is_recognised_although_it_was_written_again(store):
    first, again = store(located_photo(), "f.jpg"), store(located_photo(), "f.jpg")
    assert again.evidence.id == first.evidence.id
    assert first.evidence.sha256 != first.evidence.received_sha256


def test_two_institutions_share_the_bytes_and_not_the_evidence(store, folder):
    other = make_institution()
    theirs = store(by=make_user(Role.REGISTRAR, institution=other), to=other)
    ours = store()
    assert theirs.evidence.id != ours.evidence.id
    assert len(files_in(folder)) == StoredFile.objects.count() == 1


def test_nobody_brings_evidence_for_another_institution(store):
    stranger = make_user(Role.REGISTRAR, institution=make_institution())
    with pytest.raises(PermissionDenied):
        store(by=stranger)


@pytest.mark.parametrize("name", ["a program of Windows", "a bomb", "a PDF that runs"])
def test_a_refused_file_leaves_nothing_but_its_sentence(store, folder, name):
    filename, data, reason = REFUSED[name]
    with pytest.raises(actions.RefusedEvidenceError, match=str(SENTENCES[reason])[:20]):
        store(data, filename)
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()
    assert not files_in(folder)


def test_every_reason_has_one_sentence_that_ends():
    for reason in Reason:
        sentence = str(SENTENCES[reason])
        assert sentence.endswith(".")
        assert sentence[0].isupper()


def test_what_is_too_large_is_refused_before_it_is_read_whole(store):
    class Endless(io.RawIOBase):
        asked = 0

        def read(self, size=-1):
            Endless.asked = size
            return b"a" * size

    with pytest.raises(actions.RefusedEvidenceError, match="10 MB"):
        keeping.read_within_limit(Endless())
    assert Endless.asked == MOST_BYTES + 1


def test_without_its_row_the_bytes_are_only_waiting_to_be_used(store, folder, monkeypatch):
    def fail(*_args, **_options):
        raise RuntimeError("the process is killed here")

    monkeypatch.setattr(keeping, "record", fail)
    with pytest.raises(RuntimeError):
        store()
    assert not Evidence.objects.exists()
    monkeypatch.undo()
    assert store().is_new
    assert len(files_in(folder)) == 1


def test_a_race_for_the_same_file_is_won_once(store, institution, monkeypatch):
    first = store().evidence
    monkeypatch.setattr(keeping, "known_file", lambda *_: None)
    again = store()
    assert not again.is_new
    assert again.evidence.id == first.id


def test_a_killed_writer_leaves_no_half_file(tmp_path):
    """Killed again and again while it writes: every name holds all its bytes."""
    script = f"""
import sys
sys.path.insert(0, {str(Path(storage.__file__).parents[3])!r})
from django.conf import settings
settings.configure(USE_TZ=True)
from django.core.files.base import ContentFile
from sigpret.apps.evidence.storage import DurableStorage, digest_of
kept = DurableStorage(location={str(tmp_path)!r}, file_permissions_mode=0o600)
number = 0
print("ready", flush=True)
while True:
    number += 1
    data = str(number).encode() * 400_000
    kept.save(digest_of(data), ContentFile(data))
"""
    for wait in (0.05, 0.11, 0.17):
        with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as writer:
            writer.stdout.readline()
            time.sleep(wait)
            writer.kill()
    whole = [path for path in files_in(tmp_path) if not path.name.startswith(".incoming-")]
    assert whole
    assert all(storage.digest_of(path.read_bytes()) == path.name for path in whole)


def test_a_file_that_was_altered_is_found_and_healed(store, folder, institution, capsys):
    kept = store().evidence
    assert tampered() == ()
    assert newest_files_are_intact().is_ok
    path = files_in(folder)[0]
    path.write_bytes(b"otra cosa")
    assert [file.sha256 for file in tampered()] == [kept.sha256]
    assert not newest_files_are_intact().is_ok
    assert run(["verify", "--evidence"]) == 1
    assert kept.sha256 in capsys.readouterr().out
    storage.keep(pdf())
    assert tampered() == ()
    assert run(["verify", "--evidence"]) == 0


def test_a_file_that_is_gone_is_found(store, folder):
    store()
    files_in(folder)[0].unlink()
    assert len(tampered()) == 1


def test_a_replaced_evidence_stays_and_is_no_longer_offered(store, change, institution):
    old = store().evidence
    done = change(
        actions.replace_evidence, old, name="acta final.pdf", file=io.BytesIO(pdf(pages=2))
    )
    assert done.is_new
    assert done.evidence.replaces_id == old.id
    assert [facts.id for facts in usable_evidence(institution.pk)] == [done.evidence.id]
    assert Evidence.objects.get(pk=old.id).file.sha256 == old.sha256


def test_replacing_with_the_same_file_changes_nothing(store, change):
    old = store().evidence
    done = change(actions.replace_evidence, old, name="acta.pdf", file=io.BytesIO(pdf()))
    assert (done.is_new, done.evidence.id) == (False, old.id)


def test_an_evidence_is_replaced_once(store, change):
    old = store().evidence
    change(actions.replace_evidence, old, name="b.pdf", file=io.BytesIO(pdf(pages=2)))
    with pytest.raises(actions.RefusedEvidenceError):
        change(actions.replace_evidence, old, name="c.pdf", file=io.BytesIO(pdf(pages=3)))


def test_what_replaces_a_reserved_evidence_is_reserved_too(store, change):
    old = store().evidence
    change(actions.reserve_evidence, old, legal_ground="Art. 17 de la Ley de Transparencia")
    done = change(actions.replace_evidence, old, name="b.pdf", file=io.BytesIO(pdf(pages=2)))
    assert done.evidence.is_reserved
    assert done.evidence.legal_ground.startswith("Art. 17")


def test_a_reservation_made_while_the_new_file_is_examined_passes_on(store, change, monkeypatch):
    old, examine = store().evidence, keeping.kept_file

    def slow(*args, **more):
        change(actions.reserve_evidence, old, legal_ground="Art. 17 de la Ley de Transparencia")
        return examine(*args, **more)

    monkeypatch.setattr(keeping, "kept_file", slow)
    done = change(actions.replace_evidence, old, name="b.pdf", file=io.BytesIO(pdf(pages=2)))
    assert done.evidence.is_reserved


@pytest.mark.parametrize("ground", ["", "   ", "secreto", "x" * 501])
def test_a_reservation_needs_its_legal_ground(store, change, ground):
    kept = store().evidence
    with pytest.raises(actions.GroundMissingError, match="fundamento legal"):
        change(actions.reserve_evidence, kept, legal_ground=ground)
    assert not Evidence.objects.get().is_reserved


def test_a_reservation_is_made_and_lifted_once(store, change):
    kept = store().evidence
    ground = "Art. 17 de la Ley de Transparencia"
    assert change(actions.reserve_evidence, kept, legal_ground=ground)
    assert not change(actions.reserve_evidence, kept, legal_ground=f" {ground} ")
    assert change(actions.lift_reservation, kept)
    assert not change(actions.lift_reservation, kept)
    actions_done = list(
        AuditEvent.objects.filter(subject_type="evidence").values_list("action", flat=True)
    )
    assert sorted(actions_done) == [
        "evidence.reservation_lifted",
        "evidence.reserved",
        "evidence.stored",
    ]


def test_the_database_too_wants_the_ground(institution):
    with pytest.raises(IntegrityError):
        make_evidence(institution, is_reserved=True, legal_ground="")


SEES_RESERVED = {
    Role.REGISTRAR: True,
    Role.APPROVER: True,
    Role.ANALYST: True,
    Role.ADMINISTRATOR: True,
    Role.AUDITOR: True,
    Role.STATISTICIAN: False,
    Role.PRESIDENCY: False,
}


@pytest.mark.parametrize(("role", "sees"), SEES_RESERVED.items(), ids=SEES_RESERVED)
def test_who_knows_of_a_reserved_evidence(institution, role, sees):
    make_evidence(institution, is_reserved=True, legal_ground="Art. 17")
    place = institution if role in (Role.REGISTRAR, Role.APPROVER) else None
    access = access_of(make_user(role, institution=place), on=AT.date())
    assert bool(evidence_of(institution.pk, access)) is sees


def test_a_withdrawn_evidence_is_not_offered_and_may_be_brought_again(store, change, institution):
    kept = store().evidence
    assert change(actions.put_away_evidence, kept, is_used=False)
    assert not change(actions.put_away_evidence, kept, is_used=False)
    assert usable_evidence(institution.pk) == ()
    again = store()
    assert again.is_new
    assert again.evidence.id != kept.id


def test_what_is_in_use_is_not_withdrawn(store, change):
    kept = store().evidence
    with pytest.raises(actions.UnusableEvidenceError, match="se usa en un dato"):
        change(actions.put_away_evidence, kept, is_used=True)
