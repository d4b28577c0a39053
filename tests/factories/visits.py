"""Field visits for tests."""

from datetime import UTC, date, datetime

from sigpret.apps.accounts.models import User
from sigpret.apps.evaluation.models import FieldVisit, FieldVisitCheck, FieldVisitPhoto
from sigpret.apps.evidence import storage
from sigpret.apps.evidence.models import StoredFile
from sigpret.apps.monitoring.models import ReportedValue
from tests.factories.evidence import picture

AT = datetime(2026, 10, 10, 15, 0, tzinfo=UTC)


def make_visit(value: ReportedValue, *, visitor: User, **fields) -> FieldVisit:
    """A visit that was made and is not signed, with one thing looked at."""
    facts = {
        "state": FieldVisit.State.DONE,
        "place": "Bodega central",
        "purpose": "Contar los informes.",
        "planned_for": date(2026, 10, 9),
        "planned_at": AT,
        "reported": value.value,
        "done_on": date(2026, 10, 9),
        "result": FieldVisit.Result.CONFIRMS,
        "findings": "Se contaron todos.",
    }
    visit = FieldVisit.objects.create(
        value=value, visitor=visitor, planned_by=visitor, **facts | fields
    )
    FieldVisitCheck.objects.create(
        visit=visit, number=1, question="¿Está en el lugar?", answer="yes"
    )
    return visit


def add_photo_to(visit: FieldVisit) -> FieldVisitPhoto:
    """A photograph of the visit, stored."""
    data = picture()
    digest = storage.keep(data)
    file = StoredFile.objects.create(
        sha256=digest,
        received_sha256=digest,
        size=len(data),
        media_type="image/png",
        pages=1,
        stored_at=AT,
    )
    return FieldVisitPhoto.objects.create(
        visit=visit, file=file, name="foto.png", added_by=visit.visitor, added_at=AT
    )
