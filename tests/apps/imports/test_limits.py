"""The limits agree with each other: what one lets in, the next can carry."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from sigpret.apps.imports import reader_process, reading, storable
from sigpret.config.commands import serve


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
