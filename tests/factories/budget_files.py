"""Files of execution and what is brought with them, as short as tests need."""

import io

from sigpret.apps.budget.actions.execution_files import bring_execution
from sigpret.apps.budget.actions.execution_storing import store_import
from sigpret.apps.budget.actions.execution_work import order_storing, read_import
from sigpret.apps.budget.models import ExecutionImport
from sigpret.apps.evidence.models import StoredFile
from sigpret.apps.institutions.queries import access_of

HEADERS = "Clave;Aprobado;Modificaciones;Comprometido;Devengado;Pagado"
TAIL = "1-1-11-0-0-5-11-1-29200-0"


def key(institution="60", year=2026, tail=TAIL):
    return f"{year}-{institution}-{tail}"


def execution_csv(*rows, headers=HEADERS):
    """A file with these rows, each a key and its amounts."""
    return "\n".join([headers, *(";".join(map(str, row)) for row in rows), ""]).encode()


def bring(data, actor, at, *, institution=None, year=2026, period="2026-Q1", cumulative=False):
    """The file looked at and kept; the import."""
    brought = bring_execution(
        actor=actor,
        access=access_of(actor, on=at.date()),
        institution=institution,
        fiscal_year=year,
        period=period,
        is_cumulative=cumulative,
        file=io.BytesIO(data),
        file_name="ejecucion.csv",
        at=at,
    )
    return ExecutionImport.objects.get(pk=brought.import_id)


def read(data, actor, at, **options):
    """Brought and read in the background, as the worker does."""
    row = bring(data, actor, at, **options)
    read_import(row.pk)
    row.refresh_from_db()
    return row


def store(row, actor, at, *, new=True, totals=False):
    """Accepted and stored, as the worker does."""
    order_storing(
        actor=actor,
        access=access_of(actor, on=at.date()),
        import_id=row.pk,
        accepts_new_codes=new,
        accepts_totals=totals,
        expected_version=row.version,
        at=at,
    )
    store_import(row.pk, actor_id=actor.pk, at=at)
    row.refresh_from_db()
    return row


def refused(row):
    """The reasons by line."""
    return dict(row.refused.values_list("line_number", "reason"))


def make_execution(institution, sender, at, *, file_name="ejecucion.csv"):
    """An import in review of which nothing waits."""
    stored, _is_new = StoredFile.objects.get_or_create(
        sha256="1" * 64,
        defaults={
            "received_sha256": "1" * 64,
            "size": 1,
            "media_type": "text/csv",
            "stored_at": at,
        },
    )
    layout = {"headers": ["Clave"], "sample": [["x"]], "doubtful": ""}
    return ExecutionImport.objects.create(
        institution=institution,
        fiscal_year=2026,
        period="2026-Q3",
        file=stored,
        file_name=file_name,
        state=ExecutionImport.State.REVIEW,
        columns={"layout": layout, "mapping": {"key": 0}, "mark": "point", "digest": "x"},
        sent_by=sender,
        sent_at=at,
    )
