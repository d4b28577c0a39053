"""Storing 100,000 rows of execution, against reading the same file and copying it raw.

The file is one of the whole year, each row with its month, its names beside its codes and its
amounts with thousands; all codes are in the catalogues. Raw is one COPY of the same bytes into a
table of texts, without a check or an index. The same file again must write nothing.
"""

import random
import resource
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection, transaction

from bench.databases import bench_database
from bench.measurement import Measurement
from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import Role
from sigpret.apps.budget.actions.execution_files import State, bring_execution
from sigpret.apps.budget.actions.execution_storing import store_import
from sigpret.apps.budget.actions.execution_work import order_storing, read_import
from sigpret.apps.budget.models import ExecutionImport
from sigpret.apps.institutions.queries import Access, access_of
from sigpret.apps.reference.models import ExpenseObject, FinancingBody, FundingSource

ROWS, YEAR, SEED = 100_000, 2025, 1
#: A fifth of the raw rate: five times its time.
BUDGET = 5
RUNS = 3
AT = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)
MONTHS = (
    "Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre",
    "Octubre", "Noviembre", "Diciembre",
)  # fmt: skip
HEADERS = (
    "Gestión", "Institución", "Gerencia Administrativa", "Unidad Ejecutora", "Programa",
    "Subprograma", "Proyecto", "Actividad/Obra", "Fuente", "Organismo", "Objeto", "Beneficiario",
    "Mes", "Aprobado", "Modificaciones", "Vigente", "Comprometido", "Devengado", "Pagado", "Saldo",
)  # fmt: skip
MEGABYTE = 1024 * 1024
BLOCK = 256 * 1024


def write_file(path: Path, rows: int) -> None:
    """A file of that many rows: every key with its twelve months."""
    chance = random.Random(SEED)
    codes = list(ExpenseObject.objects.order_by("code").values_list("code", "name"))
    source, body = FundingSource.objects.earliest("code"), FinancingBody.objects.earliest("code")
    with path.open("w", encoding="utf-8") as file:
        file.write(";".join(HEADERS) + "\n")
        for number in range(rows // len(MONTHS)):
            code, name = codes[number % len(codes)]
            start = (
                f"{YEAR};414 - Dirección de Gestión por Resultados;1 - GERENCIA CENTRAL;"
                f"{number % 50} - UNIDAD EJECUTORA {number % 50};{11 + number % 4} - SERVICIOS A "
                f"LA POBLACIÓN;0;0;{number % 9 + 1} - COORDINACIÓN Y APOYO TÉCNICO;"
                f"{source.code} - {source.name};{body.code} - {body.name};{code} - {name};{number};"
            )
            approved = f"{chance.randrange(10**9) / 100:,.2f}"
            for month in MONTHS:
                amounts = ";".join(f"{chance.randrange(10**8) / 100:,.2f}" for _ in range(4))
                file.write(f"{start}{month};{approved};0.00;{approved};{amounts}\n")


def copied_raw(path: Path) -> float:
    """Seconds of reading the file and copying it into a table of texts, kept."""
    columns = ", ".join(f"c{place} text" for place in range(len(HEADERS)))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS raw_rows")
        cursor.execute(f"CREATE TABLE raw_rows ({columns})")
    start = time.perf_counter()
    statement = "COPY raw_rows FROM STDIN WITH (FORMAT csv, DELIMITER ';', HEADER)"
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        path.open("rb") as file,
        cursor.copy(statement) as copy,
    ):
        while block := file.read(BLOCK):
            copy.write(block)
    return time.perf_counter() - start


def stored(path: Path, actor: User, access: Access) -> tuple[float, ExecutionImport]:
    """Seconds of reading, judging and storing it, and the import."""
    with path.open("rb") as file:
        brought = bring_execution(
            actor=actor, access=access, institution=None, fiscal_year=YEAR, period=str(YEAR),
            is_cumulative=False, file=file, file_name=path.name, at=AT,
        )  # fmt: skip
    start = time.perf_counter()
    read_import(brought.import_id)
    row = ExecutionImport.objects.get(pk=brought.import_id)
    order_storing(
        actor=actor, access=access, import_id=row.pk, accepts_new_codes=True,
        accepts_totals=False, expected_version=row.version, at=AT,
    )  # fmt: skip
    store_import(row.pk, actor_id=actor.pk, at=AT)
    seconds = time.perf_counter() - start
    row.refresh_from_db()
    if row.state != State.APPLIED:
        raise RuntimeError(row.problem)
    return seconds, row


def forget() -> None:
    """Everything of the year, so that it can be stored again."""
    with connection.cursor() as cursor:
        for statement in (
            "DELETE FROM budget_lineexecution WHERE period LIKE '2025-%'",
            "DELETE FROM budget_budgetline WHERE fiscal_year = 2025",
            "DELETE FROM budget_refusedrow",
            "DELETE FROM budget_executionimport",
        ):
            cursor.execute(statement)


def written_since(mark: int) -> int:
    """Rows of the budget that a transaction after `mark` wrote."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM budget_lineexecution WHERE xmin::text::bigint > %s)"
            " + (SELECT count(*) FROM budget_budgetline WHERE xmin::text::bigint > %s)",
            [mark, mark],
        )
        return int(cursor.fetchone()[0])


def last_transaction() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


def peak() -> float:
    """Megabytes this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure() -> Iterator[Measurement]:
    """Time over raw time; what a file of the tenth part and the whole hold in memory; what the
    same file again writes."""
    bench_database(1)
    actor = User.objects.filter(memberships__role=Role.ADMINISTRATOR).earliest("pk")
    access = access_of(actor, on=AT.date())
    with TemporaryDirectory() as folder:
        small, whole = Path(folder, "decima.csv"), Path(folder, "entero.csv")
        write_file(small, ROWS // 10)
        write_file(whole, ROWS)
        forget()
        stored(small, actor, access)
        before = peak()
        raw, own = [], []
        for _ in range(RUNS):
            forget()
            raw.append(copied_raw(whole))
            own.append(stored(whole, actor, access)[0])
        mark = last_transaction()
        seconds, again = stored(whole, actor, access)
        written = written_since(mark)
        held, size = peak() - before, whole.stat().st_size / MEGABYTE
        forget()
    with suppress(Exception), connection.cursor() as cursor:
        cursor.execute("DROP TABLE raw_rows")
    note = f"{size:.0f} MB: {min(own):.2f} s against {min(raw):.2f} s of copying it raw"
    yield Measurement("execution_import", min(own) / min(raw), BUDGET, note)
    yield Measurement(
        "execution_memory", held / size, 0.5, f"{held:.0f} MB more than with a tenth of the file"
    )
    yield Measurement(
        "execution_again", written, 0, f"{again.rows_same} rows say the same, {seconds:.2f} s"
    )
