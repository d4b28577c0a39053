"""What every institution shows as proof: few files, many values."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from sigpret.apps.accounts.models import User
from sigpret.apps.evidence import storage
from sigpret.apps.evidence.models import Evidence, StoredFile
from sigpret.apps.results.actions.copying import copy_rows
from sigpret.demonstration.papers import invented_papers
from sigpret.demonstration.people import registrar_of
from sigpret.demonstration.quarters import NOW, TEGUCIGALPA

FIELDS = (
    "institution", "file", "name", "period", "uploaded_by", "uploaded_at", "is_reserved",
    "legal_ground",
)  # fmt: skip
# Of every report, the first values have a file each, the next share some, one in five has two
# and one in five has nothing to show. The files of a quarter are numbered as they were brought.
ATTACH = """
WITH files AS (
    SELECT evidence.id, institution_id, period, uploaded_by_id, row_number() OVER mine - 1 AS place,
        count(*) OVER (PARTITION BY institution_id, period) AS many
    FROM evidence_evidence evidence
    WINDOW mine AS (PARTITION BY institution_id, period ORDER BY evidence.id)
), shown AS (
    SELECT value.id, value.period, value.reported_at, report.institution_id,
        row_number() OVER (PARTITION BY report.id ORDER BY value.id) - 1 AS place
    FROM monitoring_reportedvalue value
    JOIN monitoring_progressreport report ON report.id = value.report_id
    WHERE value.value IS NOT NULL AND value.reported_at IS NOT NULL
)
INSERT INTO monitoring_evidenceuse (value_id, evidence_id, attached_by_id, attached_at)
SELECT shown.id, files.id, files.uploaded_by_id, shown.reported_at
FROM shown JOIN files USING (institution_id, period)
WHERE shown.place % 5 <> 4 AND (files.place = CASE
    WHEN shown.place < files.many THEN shown.place
    ELSE files.many - 1 - shown.place % 2 END
    OR shown.place % 5 = 1 AND files.place = files.many - 2)
"""


def store_evidence(institutions: Mapping[str, int], people: Mapping[str, User]) -> None:
    """The files once, an evidence of each for every institution, and where they are shown."""
    papers = list(invented_papers())
    digests = [storage.keep(paper.data) for paper in papers]
    files = StoredFile.objects.bulk_create(
        StoredFile(
            sha256=digest,
            received_sha256=digest,
            size=len(paper.data),
            media_type=paper.media_type,
            pages=paper.pages,
            stored_at=NOW,
        )
        for paper, digest in zip(papers, digests, strict=True)
    )
    copy_rows(
        Evidence,
        FIELDS,
        (
            (
                institution_id,
                file.pk,
                paper.name,
                paper.period,
                people[registrar_of(code)].pk,
                brought_at(paper.period),
                bool(paper.ground),
                paper.ground,
            )
            for code, institution_id in institutions.items()
            for paper, file in zip(papers, files, strict=True)
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute(ATTACH)


def brought_at(period: str) -> datetime:
    """In the first days of the round of that quarter."""
    month = {"2026-Q2": 7, "2026-Q3": 10}[period]
    return NOW.replace(month=month, day=8, hour=15, minute=20).astimezone(TEGUCIGALPA)
