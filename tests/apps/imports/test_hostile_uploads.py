"""A file is hostile until proven otherwise: none of these reaches a plan, and each says why."""

import io
import zipfile
import zlib

import pytest
from django.urls import reverse

from sigpret.apps.imports import originals, reader_process, reading
from sigpret.apps.imports.forms import UPLOAD_LIMIT
from sigpret.apps.imports.models import PlanImport
from sigpret.apps.planning.models import AnnualPlan
from tests.factories.plan_report import report_bytes

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


def zipped(name: str, data: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr(name, data)
    return memory.getvalue()


def pdf(content: bytes) -> bytes:
    """One page with this content stream."""
    stream = zlib.compress(content)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 5\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(body)
    )


HOSTILE = {
    "an image named as text": ("foto.txt", PNG),
    "an archive named as text": ("plan.txt", zipped("plan.txt", report_bytes())),
    "an archive that climbs out": ("plan.txt", zipped("../../etc/passwd", b"x")),
    "nothing at all": ("plan.txt", b""),
    "only blanks": ("plan.txt", b" \r\n\t " * 100),
    "a report sown with NUL": ("plan.txt", report_bytes().replace(b"PUBLICAS", b"PUB\x00LICAS")),
    "random bytes": ("plan.txt", bytes(range(256)) * 40),
    "a page without text": ("plan.pdf", pdf(b"0 0 100 100 re f")),
    "a broken document": ("plan.pdf", b"%PDF-1.7\n%%EOF"),
    "a document with an archive behind": ("plan.pdf", pdf(b"") + zipped("a", b"b")),
    "a web page": ("plan.txt", b"<html><script>alert(1)</script></html>"),
    "an executable": ("plan.txt", b"\x7fELF" + b"\x01" * 200),
    "half a character": ("plan.txt", report_bytes().replace("É".encode(), b"\xc3")),
    "a very long line": ("plan.txt", b"OBJETIVO: 1 - " + b"a" * 1_000_000),
}


@pytest.mark.parametrize(("filename", "data"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason(send, visit, institution, filename, data):
    answer = send(data, filename)
    kept = PlanImport.objects.get()
    assert kept.state == PlanImport.State.REFUSED
    assert all(finding["message"] for finding in kept.document["findings"])
    page = visit.get(answer["Location"])
    assert "No se pudo importar este archivo" in page.content.decode()
    assert "Subir otro archivo" in page.content.decode()
    assert not AnnualPlan.objects.exists()


def test_a_huge_file_is_turned_away(send, institution):
    answer = send(b"a" * (UPLOAD_LIMIT + 1))
    assert answer.status_code == 422
    assert "pesa más de 5 MB" in answer.content.decode()
    assert not PlanImport.objects.exists()


def test_a_huge_body_is_turned_away_before_it_is_read(visit, institution):
    answer = visit.post(
        reverse("imports:start"), b"", content_type="text/plain", CONTENT_LENGTH=str(10**10)
    )
    assert answer.status_code == 413


def test_a_false_length_is_turned_away(visit, institution):
    answer = visit.post(
        reverse("imports:start"), b"", content_type="text/plain", CONTENT_LENGTH="-1"
    )
    assert answer.status_code == 413


def test_the_upload_needs_its_token(client, registrar, institution):
    client.handler.enforce_csrf_checks = True
    client.force_login(registrar, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("imports:start"), {}).status_code == 403


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("POA 2026.txt", "POA 2026.txt"),
        ("plan.PDF", "plan.pdf"),
        ("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie_ x_1.txt"),
        ("../../etc/passwd", "passwd.txt"),
        ("..\\..\\boot.ini", "boot.ini.txt"),
        ("x.html", "x.html.txt"),
        ('"; rm -rf.txt', "__ rm -rf.txt"),
        ("\u202egnp.txt", "gnp.txt"),
        ("...", "reporte.txt"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(given, safe):
    assert originals.safe_name(given) == safe


def test_the_original_is_kept_whole_and_only_downloaded(upload, visit):
    data = report_bytes()
    kept = upload(data, "mi plan.txt")
    answer = visit.get(reverse("imports:original", args=[kept.pk]))
    assert b"".join(answer.streaming_content) == data
    assert answer["Content-Disposition"] == 'attachment; filename="mi plan.txt"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert kept.file.name.endswith(kept.sha256)


def test_the_same_bytes_are_kept_once(tmp_path):
    assert originals.keep(b"abc") == originals.keep(b"abc")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 1


def test_a_reader_that_runs_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.001)
    assert reading.read_upload(report_bytes(), "plan.txt").findings == (reading.FAILED,)


def test_a_reader_that_dies_is_a_refusal(monkeypatch):
    monkeypatch.setattr(reading, "CHILD", "no.such.module")
    assert reading.read_upload(report_bytes(), "plan.txt").findings == (reading.FAILED,)


def test_a_document_is_read_within_the_limits():
    """The limits leave room for the process that reads documents: it fails for what it says."""
    (finding,) = reading.read_upload(pdf(b"0 0 100 100 re f"), "plan.pdf").findings
    assert finding.rule == "pdf_no_text"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"{}",
        b'{"document": null, "findings": []}',
        b'{"document": {}, "findings": []}',
        b'{"document": null, "findings": [{"severity": "x"}]}',
    ],
)
def test_what_the_reader_says_is_checked_again(answer):
    assert reading.understood(answer) == reading.FileReading(None, (reading.FAILED,))


def test_the_reader_limits_itself_before_it_reads(monkeypatch):
    asked = {}
    monkeypatch.setattr(
        reader_process.resource, "setrlimit", lambda kind, bounds: asked.update({kind: bounds})
    )
    reader_process.limit()
    assert asked[reader_process.resource.RLIMIT_FSIZE] == (0, 0)
    assert asked[reader_process.resource.RLIMIT_AS] == (2**30, 2**30)
