"""The limits agree with each other: what one lets in, the next can carry."""

import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sigpret.apps.imports import reader_process, reading, storable
from sigpret.config.commands import serve
from sigpret.web import limits


@pytest.mark.django_db
def test_the_largest_plan_can_be_distributed(upload, visit):
    kept = upload()
    visit.post(reverse("imports:review", args=[kept.pk]), {"mark": "en-blanco"})
    page = visit.get(reverse("imports:distribute", args=[kept.pk]))
    fields = re.findall(r'name="([^"]+)"', page.text)
    rows = len(page.context["page"].rows)
    of_rows = [name for name in fields if re.search(r"-\d+\.\d+\.\d+$", name)]
    per_product = len(of_rows) / rows
    most = per_product * storable.MOST_PRODUCTS + len(fields) - len(of_rows)
    assert per_product == 6
    assert most <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_reading_ends_long_before_the_server_gives_up():
    assert reader_process.PROCESSOR_SECONDS < reading.SECONDS
    assert 2 * reading.SECONDS < serve.REQUEST_SECONDS


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["imports:start", "imports:matrix_upload"])
def test_too_many_workbooks_in_a_minute_wait_with_a_sentence(visit, monkeypatch, name):
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_000_000.0))
    address, field = reverse(name), "report" if name == "imports:start" else "workbook"

    def send():
        return visit.post(address, {field: SimpleUploadedFile("archivo.xlsx", b"no es un libro")})

    answers = [send().status_code for _file in range(limits.WORKBOOKS_PER_MINUTE)]
    assert 429 not in answers
    refused = send()
    assert refused.status_code == 429
    assert "espere un minuto y envíe éste otra vez" in refused.text
    assert visit.get(address).status_code == 200
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_000_060.0))
    assert send().status_code != 429
