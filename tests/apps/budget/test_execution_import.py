"""Execution comes in from files: nothing is lost, nothing is doubled, nothing is guessed."""

import io
import json
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.budget import tasks
from sigpret.apps.budget.actions import staging
from sigpret.apps.budget.actions.execution_files import (
    MissingColumnsError,
    MovedOnError,
    discard_execution,
    point_columns,
)
from sigpret.apps.budget.actions.execution_storing import store_import
from sigpret.apps.budget.actions.execution_work import (
    TotalsDifferError,
    differences,
    order_storing,
    read_import,
)
from sigpret.apps.budget.forms.execution import BringForm
from sigpret.apps.budget.models import (
    BudgetLine,
    ExecutionImport,
    LineExecution,
    ProgrammaticCategory,
)
from sigpret.apps.budget.queries.columns import proposed, saved_columns
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.reference.models import ExpenseObject, FinancingBody, FundingSource
from sigpret.intake.execution.reading import ExecutionFileError
from tests.factories.budget_files import HEADERS, bring, execution_csv, key, read, refused, store
from tests.factories.institutions import make_institution, make_user

AT = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogues():
    FundingSource.objects.create(code="11", name="Tesoro Nacional", source="inventada")
    FinancingBody.objects.create(code="1", name="TGR", source="inventada")
    ExpenseObject.objects.create(code="29200", name="Vigilancia", source="inventada")


@pytest.fixture
def health():
    return make_institution("60", "Salud")


@pytest.fixture
def boss():
    return make_user(Role.ADMINISTRATOR)


def last_event():
    """What the audit says of the last import that was stored."""
    events = AuditEvent.objects.filter(action="budget.execution_stored")
    return json.loads(events.latest("pk").payload)


def point(row, actor, mapping=None):
    """Its columns pointed out, by default those of UNKNOWN, and the file read."""
    point_columns(
        actor=actor, access=access_of(actor, on=AT.date()), import_id=row.pk, at=AT, mark="point",
        mapping=mapping or {"key": 0, "approved": 1, "accrued": 2}, expected_version=row.version,
    )  # fmt: skip
    read_import(row.pk)
    row.refresh_from_db()


def waiting(row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM budget_staged_row WHERE import_id = %s", [row.pk])
        return cursor.fetchone()[0]


def test_a_file_becomes_lines_and_their_execution(health, boss):
    row = read(execution_csv((key(), 100, -20, 50, 30, 10)), boss, AT, institution=health)
    assert (row.state, row.rows_read, row.rows_new) == ("review", 1, 1)
    assert not BudgetLine.objects.exists()
    store(row, boss, AT)
    line = BudgetLine.objects.get()
    assert (line.approved, line.modifications, line.balance) == (100, -20, None)
    assert (line.category.code, line.category.parent.code) == ("5", "11")
    assert line.expense_object.name == "Vigilancia"
    done = LineExecution.objects.get()
    assert (done.period, done.committed, done.accrued, done.paid) == ("2026-Q1", 50, 30, 10)
    assert (row.state, waiting(row)) == ("applied", 0)


def test_an_identical_file_writes_nothing(health, boss):
    data = execution_csv((key(), 100, 0, 50, 30, 10), (key(tail="1-1-11-0-0-6-11-1-29200-0"),
                         100, 0, 5, 3, 1))  # fmt: skip
    store(read(data, boss, AT, institution=health), boss, AT)
    before = list(LineExecution.objects.order_by("pk").values_list("pk", "accrued"))
    again = read(data, boss, AT, institution=health)
    assert (again.rows_new, again.rows_changed, again.rows_same) == (0, 0, 2)
    store(again, boss, AT)
    assert list(LineExecution.objects.order_by("pk").values_list("pk", "accrued")) == before
    said = last_event()
    assert (said["lines"], said["periods"], said["codes"]) == (0, 0, 0)


def test_only_what_changed_is_written(health, boss):
    other = key(tail="1-1-11-0-0-6-11-1-29200-0")
    first = execution_csv((key(), 100, 0, 50, 30, 10), (other, 100, 0, 5, 3, 1))
    store(read(first, boss, AT, institution=health), boss, AT)
    second = execution_csv((key(), 100, 0, 50, 31, 10), (other, 100, 0, 5, 3, 1))
    row = read(second, boss, AT, institution=health)
    assert (row.rows_new, row.rows_changed, row.rows_same) == (0, 1, 1)
    store(row, boss, AT)
    assert LineExecution.objects.get(line__key=key()).accrued == 31
    said = last_event()
    assert (said["lines"], said["periods"]) == (0, 1)


def test_the_same_file_on_its_way_is_not_doubled(health, boss):
    data = execution_csv((key(), 100, 0, 50, 30, 10))
    assert bring(data, boss, AT, institution=health) == bring(data, boss, AT, institution=health)


def test_the_same_file_said_to_be_cumulative_is_another_import(health, boss):
    data = execution_csv((key(), 100, 0, 50, 30, 10))
    first = bring(data, boss, AT, institution=health)
    second = bring(data, boss, AT, institution=health, cumulative=True)
    assert (second.pk != first.pk, second.is_cumulative) == (True, True)


@pytest.mark.parametrize(("period", "is_refused"), [("", True), ("Q2", False)])
def test_a_whole_year_is_never_cumulative(period, is_refused, health):
    said = {"institution": "60", "fiscal_year": 2026, "period": period, "is_cumulative": "on"}
    file = SimpleUploadedFile("ejecucion.csv", b"Clave")
    form = BringForm(said, {"file": file}, places=(("60", "Salud"),))
    assert ("period" in form.errors) is is_refused


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        ([(key(), 1, 0, 1, 1, 1), (key(), 1, 0, 1, 1, 1)],
         {2: "la clave se repite en las líneas 2, 3: deje una sola",
          3: "la clave se repite en las líneas 2, 3: deje una sola"}),
        ([(key("50"), 1, 0, 1, 1, 1)], {2: "es de la institución 50 y aquí se importa la 60"}),
        ([(key(year=2025), 1, 0, 1, 1, 1)],
         {2: "es del ejercicio 2025 y aquí se importa el 2026"}),
        ([(key(), -1, 0, 1, 1, 1)], {2: "lo aprobado es negativo: -1.00"}),
        ([(key(), 100, -101, 1, 1, 1)], {2: "lo vigente queda negativo: -1.00"}),
        ([(key(), 100, 0, 1, -5, 1)], {2: "la reversión deja lo devengado del año en -5.00"}),
        ([("2026-60-1", 1, 0, 1, 1, 1)],
         {2: "la clave «2026-60-1» tiene 3 segmentos y debe tener 12"}),
    ],
)  # fmt: skip
def test_a_refused_row_is_listed_with_its_reason(rows, reasons, health, boss):
    good = (key(tail="1-1-11-0-0-9-11-1-29200-0"), 1, 0, 1, 1, 1)
    row = read(execution_csv(*rows, good), boss, AT, institution=health)
    assert refused(row) == reasons
    assert (row.rows_refused, row.rows_new) == (len(rows), 1)
    store(row, boss, AT)
    assert LineExecution.objects.count() == 1


def test_a_refused_row_keeps_its_line_and_what_it_said(health, boss):
    data = execution_csv((key(), 1, 0, 1, 1, 1), ("sin clave", "x"), (key("50"), 7, 0, 1, 1, 1))
    row = read(data, boss, AT, institution=health)
    content = dict(row.refused.values_list("line_number", "content"))
    assert content == {
        3: "sin clave | x | | | |",
        4: "2026-50-" + key()[8:] + " | 7 | 0 | 1 | 1 | 1",
    }


def test_a_file_of_another_institution_fails_with_the_sentence(health, boss):
    row = read(execution_csv((key("50"), 1, 0, 1, 1, 1)), boss, AT, institution=health)
    assert row.state == "failed"
    assert "es de la institución 50 y aquí se importa la 60" in row.problem


def test_vigente_must_be_what_it_says(health, boss):
    headers = "Clave;Aprobado;Modificaciones;Vigente;Devengado"
    good = key(tail="1-1-11-0-0-9-11-1-29200-0")
    data = execution_csv((key(), 100, 10, 120, 1), (good, 100, "", 90, 1), headers=headers)
    row = read(data, boss, AT, institution=health)
    assert refused(row) == {2: "vigente 120.00 no es aprobado 100.00 más modificaciones 10.00"}
    store(row, boss, AT)
    assert BudgetLine.objects.get().modifications == -10


def test_a_reversal_lowers_the_year_and_not_below_zero(health, boss):
    store(read(execution_csv((key(), 100, 0, 30, 30, 30)), boss, AT, institution=health), boss, AT)
    back = read(
        execution_csv((key(), 100, 0, -10, -10, -10)), boss, AT,
        institution=health, period="2026-Q2",
    )  # fmt: skip
    store(back, boss, AT)
    assert LineExecution.objects.get(period="2026-Q2").accrued == -10
    too_much = read(
        execution_csv((key(), 100, 0, -1, -40, -1)), boss, AT,
        institution=health, period="2026-Q3",
    )  # fmt: skip
    assert too_much.state == "failed"
    assert "la reversión deja lo devengado del año en -20.00" in too_much.problem


def test_amounts_added_up_since_january_become_those_of_the_period(health, boss):
    store(read(execution_csv((key(), 100, 0, 30, 30, 30)), boss, AT, institution=health), boss, AT)
    data = execution_csv((key(), 100, 0, 45, 40, 35), ("TOTAL", 100, 0, 45, 40, 35))
    row = read(data, boss, AT, institution=health, period="2026-Q2", cumulative=True)
    assert differences(row.totals) == {}
    store(row, boss, AT)
    second = LineExecution.objects.get(period="2026-Q2")
    assert (second.committed, second.accrued, second.paid) == (15, 10, 5)


def test_months_and_quarters_of_a_key_are_not_added_together(health, boss):
    store(read(execution_csv((key(), 100, 0, 3, 3, 3)), boss, AT, institution=health), boss, AT)
    row = read(
        execution_csv((key(), 1, 0, 1, 1, 1)), boss, AT, institution=health, period="2026-M04"
    )
    assert "ya tiene ejecución por trimestre" in row.problem


def brought_together(files, boss, health):
    """Files by period and whether they come added up, all read before any is stored."""
    return [
        read(execution_csv((key(), 100, 0, *amounts)), boss, AT, institution=health,
             period=f"2026-{period}", cumulative=cumulative)
        for period, cumulative, amounts in files
    ]  # fmt: skip


def of_the_year():
    rows = LineExecution.objects.order_by("period").values_list("period", "accrued")
    return {period[5:]: int(accrued) for period, accrued in rows}


def test_two_running_sums_in_review_at_once_are_counted_once(health, boss):
    first, second = brought_together(
        [("Q1", True, (30, 30, 30)), ("Q2", True, (45, 40, 35))], boss, health
    )
    store(first, boss, AT)
    store(second, boss, AT)
    assert (second.state, of_the_year()) == ("applied", {"Q1": 30, "Q2": 10})


def test_the_same_money_by_month_and_by_quarter_in_review_is_stored_once(health, boss):
    month, quarter = brought_together(
        [("M01", False, (30, 30, 30)), ("Q1", False, (30, 30, 30))], boss, health
    )
    store(month, boss, AT)
    store(quarter, boss, AT)
    assert (quarter.state, of_the_year()) == ("failed", {"M01": 30})
    assert "el presupuesto de estas claves cambió" in quarter.problem
    assert "ya tiene ejecución por mes" in quarter.problem
    assert waiting(quarter) == 0


def test_a_running_sum_never_comes_after_a_later_one(health, boss):
    first, second = brought_together(
        [("Q1", True, (30, 30, 30)), ("Q2", True, (45, 40, 35))], boss, health
    )
    store(second, boss, AT)
    store(first, boss, AT)
    assert (first.state, of_the_year()) == ("failed", {"Q2": 40})
    assert refused(first) == {
        2: "la clave ya tiene ejecución de un periodo posterior: corrija éste con su propio monto, "
        "sin acumular"
    }
    (alone,) = brought_together([("Q1", True, (30, 30, 30))], boss, health)
    assert alone.state == "failed"


def test_a_running_sum_already_stored_says_the_same_after_a_later_one(health, boss):
    told = [("Q1", True, (30, 30, 30)), ("Q2", True, (45, 40, 35))]
    for one in told:
        store(brought_together([one], boss, health)[0], boss, AT)
    again = brought_together(told, boss, health)
    assert [(row.state, row.rows_same) for row in again] == [("review", 1), ("review", 1)]


def test_a_running_sum_below_the_one_before_is_a_reversal(health, boss):
    first, second = brought_together(
        [("Q1", True, (30, 30, 30)), ("Q2", True, (25, 25, 25))], boss, health
    )
    store(first, boss, AT)
    store(second, boss, AT)
    assert of_the_year() == {"Q1": 30, "Q2": -5}


def test_what_would_overwrite_more_than_was_seen_is_asked_again(health, boss):
    other = (key(tail="1-1-11-0-0-6-11-1-29200-0"), 100, 0, 5, 3, 1)
    mine = read(execution_csv((key(), 100, 0, 50, 30, 10), other), boss, AT, institution=health)
    hers = read(execution_csv((key(), 100, 0, 50, 31, 10)), boss, AT, institution=health)
    store(hers, boss, AT)
    store(mine, boss, AT)
    assert (mine.state, mine.rows_new, mine.rows_changed) == ("review", 1, 1)
    assert "Las filas se juzgaron otra vez" in mine.problem
    assert of_the_year() == {"Q1": 31}
    store(mine, boss, AT)
    assert (mine.state, mine.problem, len(of_the_year())) == ("applied", "", 1)
    assert BudgetLine.objects.count() == 2


def test_the_same_stored_by_somebody_else_is_no_news(health, boss):
    rows = [(key(), 100, 0, 50, 30, 10)]
    mine = read(execution_csv(*rows), boss, AT, institution=health)
    hers = read(execution_csv(*rows, ("TOTAL", 100, 0, 50, 30, 10)), boss, AT, institution=health)
    store(hers, boss, AT)
    store(mine, boss, AT)
    assert (mine.state, mine.rows_new, mine.rows_same) == ("applied", 0, 1)


def test_a_year_by_months_says_its_month_in_each_row(health, boss):
    headers = "Clave;Mes;Aprobado;Devengado"
    data = execution_csv((key(), "Enero", 100, 5), (key(), "Febrero", 120, 6), headers=headers)
    row = read(data, boss, AT, institution=health, period="2026")
    assert (row.state, row.rows_new) == ("review", 2)
    store(row, boss, AT)
    assert BudgetLine.objects.get().approved == 120
    assert list(LineExecution.objects.values_list("period", "accrued")) == [
        ("2026-M01", 5), ("2026-M02", 6)
    ]  # fmt: skip
    again = read(data, boss, AT, institution=health, period="2026")
    assert (again.rows_changed, again.rows_same) == (0, 2)


def test_an_older_file_does_not_undo_what_a_line_is_worth(health, boss):
    for period, approved in (("2026-Q2", 150), ("2026-Q1", 100)):
        data = execution_csv((key(), approved, 0, 1, 1, 1))
        store(read(data, boss, AT, institution=health, period=period), boss, AT)
    assert BudgetLine.objects.get().approved == 150
    assert LineExecution.objects.count() == 2


def test_what_the_file_does_not_carry_stays(health, boss):
    store(read(execution_csv((key(), 100, 5, 50, 30, 10)), boss, AT, institution=health), boss, AT)
    data = execution_csv((key(), 100, 31), headers="Clave;Aprobado;Devengado")
    store(read(data, boss, AT, institution=health), boss, AT)
    done = LineExecution.objects.get()
    assert (done.accrued, done.committed, done.paid) == (31, 50, 10)
    assert BudgetLine.objects.get().modifications == 5


def test_new_codes_are_created_only_when_they_are_accepted(health, boss):
    headers = (
        "Gestión;Institución;GA;UE;Programa;Subprograma;Proyecto;Actividad;Fuente;Organismo;"
        "Objeto;Beneficiario;Aprobado;Devengado"
    )
    cells = ("2026", "060 - Salud", 1, 1, "11 - Servicios", 0, "2 - Obras", "5 - Apoyo",
             "12 - Recursos propios", 1, "39999 - Otros", 0, 10, 1)  # fmt: skip
    data = execution_csv(cells, headers=headers)
    row = read(data, boss, AT, institution=health)
    assert {kind: found["codes"] for kind, found in row.new_codes["new"].items()} == {
        "category": [["60-11-0-2-5", "Apoyo", 1]],
        "source": [["12", "Recursos propios", 1]],
        "object": [["39999", "Otros", 1]],
    }
    store(row, boss, AT, new=False)
    assert not ProgrammaticCategory.objects.exists()
    assert not BudgetLine.objects.exists()
    assert (
        "no se aceptó crear la categoría 11-0-2-5, la fuente 12, el objeto 39999" in refused(row)[2]
    )
    store(read(data, boss, AT, institution=health), boss, AT)
    line = BudgetLine.objects.get()
    assert [line.category.name, line.category.parent.name, line.category.parent.parent.name] == [
        "Apoyo", "Obras", "Servicios",
    ]  # fmt: skip
    assert ExpenseObject.objects.get(code="39999").name == "Otros"


def test_an_institution_makes_its_categories_and_no_classifier(health):
    planner = make_user(Role.REGISTRAR, institution=health)
    known, unknown = key(), key(tail="1-1-11-0-0-5-11-1-39999-0")
    data = execution_csv((known, 1, 0, 1, 1, 1), (unknown, 1, 0, 1, 1, 1))
    row = store(read(data, planner, AT, institution=health), planner, AT)
    assert BudgetLine.objects.get().key == known
    assert refused(row) == {3: "no está en el catálogo y no se aceptó crear el objeto 39999"}


def test_a_padded_category_is_the_same_category(health, boss):
    program = ProgrammaticCategory.objects.create(
        institution=health, fiscal_year=2026, kind="program", code="011", name="Salud"
    )
    activity = ProgrammaticCategory.objects.create(
        institution=health, fiscal_year=2026, parent=program, kind="activity", code="005", name="X"
    )
    row = read(execution_csv((key(), 1, 0, 1, 1, 1)), boss, AT, institution=health)
    assert row.new_codes["new"] == {}
    store(row, boss, AT)
    assert BudgetLine.objects.get().category == activity


def test_a_code_with_letters_keeps_its_zeros(health, boss):
    ExpenseObject.objects.create(code="0A1", name="Otro", source="inventada")
    data = execution_csv((key(tail="1-1-11-0-0-5-11-1-0A1-0"), 1, 0, 1, 1, 1))
    row = read(data, boss, AT, institution=health)
    assert "object" not in row.new_codes["new"]
    store(row, boss, AT)
    assert BudgetLine.objects.get().expense_object.code == "0A1"


def test_two_codes_that_differ_in_padding_are_one(health, boss):
    ExpenseObject.objects.create(code="029200", name="Vigilancia", source="inventada")
    for code in ("11", "011"):
        ProgrammaticCategory.objects.create(
            institution=health, fiscal_year=2026, kind="program", code=code, name="Salud"
        )
    row = read(execution_csv((key(), 1, 0, 1, 1, 1)), boss, AT, institution=health)
    assert (row.rows_read, row.rows_new) == (1, 1)
    store(row, boss, AT)
    assert BudgetLine.objects.get().expense_object.code == "29200"


def test_the_country_comes_in_one_file(health, boss):
    make_institution("0050", "Educación")
    data = execution_csv(
        (key("60"), 1, 0, 1, 1, 1), (key("50"), 1, 0, 1, 1, 1), (key("999"), 1, 0, 1, 1, 1)
    )
    row = store(read(data, boss, AT), boss, AT)
    assert refused(row) == {4: "la institución 999 no está en el catálogo"}
    assert set(BudgetLine.objects.values_list("institution__code", flat=True)) == {"60", "0050"}


def test_totals_that_differ_are_stored_only_when_somebody_says_so(health, boss):
    data = execution_csv((key(), 100, 0, 50, 30, 10), ("TOTAL GENERAL", 100, 0, 50, 31, 10))
    row = read(data, boss, AT, institution=health)
    assert differences(row.totals) == {"accrued": ("31", "30.00")}
    with pytest.raises(TotalsDifferError, match="no es la suma"):
        store(row, boss, AT)
    row.refresh_from_db()
    assert row.state == "review"
    store(row, boss, AT, totals=True)
    assert LineExecution.objects.get().accrued == 30


def test_columns_nobody_recognises_are_pointed_out_once(health, boss):
    data = execution_csv((key(), 100, 30), headers="Código;Monto A;Monto B")
    row = bring(data, boss, AT, institution=health)
    assert row.state == "mapping"
    access = access_of(boss, on=AT.date())
    asked = {"actor": boss, "access": access, "import_id": row.pk, "at": AT}
    with pytest.raises(MissingColumnsError, match="key"):
        point_columns(mapping={"approved": 1, "accrued": 2}, mark="point",
                      expected_version=row.version, **asked)  # fmt: skip
    with pytest.raises(MissingColumnsError, match="misma columna"):
        point_columns(mapping={"key": 0, "approved": 1, "accrued": 1}, mark="point",
                      expected_version=row.version, **asked)  # fmt: skip
    mapping = {"key": 0, "approved": 1, "accrued": 2}
    point_columns(mapping=mapping, mark="point", expected_version=row.version, **asked)
    with pytest.raises(MovedOnError):
        point_columns(mapping=mapping, mark="point", expected_version=row.version, **asked)
    read_import(row.pk)
    row.refresh_from_db()
    assert (row.state, row.rows_new) == ("review", 1)
    other = execution_csv((key(), 100, 31), headers="CODIGO;monto a;MONTO B")
    again = bring(other, boss, AT, institution=health)
    assert again.state == "mapping"
    saved = saved_columns(health.pk, again.columns)
    assert proposed(again.columns, saved)["mapping"] == mapping
    assert saved.by == str(boss)


#: Whose file it was, whose it is now and whether what was said then is proposed.
WHOSE = {
    "its own": ("60", "60", True),
    "the country's": (None, "60", True),
    "of the country, for the country": (None, None, True),
    "another institution's": ("50", "60", False),
    "an institution's, for the country": ("50", None, False),
}
UNKNOWN = "Código;Monto A;Monto B"


@pytest.mark.parametrize(("said_by", "now_of", "is_proposed"), WHOSE.values(), ids=WHOSE)
def test_columns_are_proposed_only_to_whom_they_concern(said_by, now_of, is_proposed, health, boss):
    places = {"60": health, "50": make_institution("50", "Educación"), None: None}
    data = execution_csv((key(), 100, 30), headers=UNKNOWN)
    point(bring(data, boss, AT, institution=places[said_by]), boss)
    later = execution_csv((key(), 100, 31), headers=UNKNOWN)
    row = bring(later, boss, AT, institution=places[now_of])
    assert (row.state, row.columns["mapping"]) == ("mapping", {})
    assert (saved_columns(row.institution_id, row.columns) is not None) is is_proposed


def test_what_the_institution_said_stands_before_what_the_country_did(health, boss):
    data = execution_csv((key(), 100, 30), headers=UNKNOWN)
    mine = {"key": 0, "approved": 2, "accrued": 1}
    point(bring(data, boss, AT, institution=health), boss, mine)
    point(bring(data, boss, AT), boss)
    row = bring(execution_csv((key(), 1, 1), headers=UNKNOWN), boss, AT, institution=health)
    saved = saved_columns(health.pk, row.columns)
    assert (saved.mapping, saved.is_national) == (mine, False)


def test_what_is_recognised_wins_over_what_was_pointed_out(health, boss):
    wrong = {"key": 0, "approved": 1, "accrued": 5}
    row = read(execution_csv((key(), 100, 0, 50, 30, 10)), boss, AT, institution=health)
    point(row, boss, wrong)
    later = read(execution_csv((key(), 100, 0, 50, 31, 10)), boss, AT, institution=health)
    assert (later.state, later.columns["mapping"]["accrued"]) == ("review", 4)
    assert saved_columns(health.pk, later.columns).mapping == wrong


def test_a_failed_import_is_pointed_out_again(client, health, boss):
    data = execution_csv((key(), "x", "y", 30, 10), headers="Clave;Aprobado;Devengado;A;B")
    row = read(data, boss, AT, institution=health)
    assert row.state == "failed"
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    here = reverse("budget:execution", args=[row.pk])
    columns = reverse("budget:execution_columns", args=[row.pk])
    assert columns in client.get(here).content.decode()
    assert 'id="id_accrued"' in client.get(columns).content.decode()
    point(row, boss, {"key": 0, "approved": 3, "accrued": 4})
    row.refresh_from_db()
    assert (row.state, row.rows_new, row.rows_refused, row.problem) == ("review", 1, 0, "")


def test_a_doubtful_mark_is_asked_for(health, boss):
    data = execution_csv((key(), "1.200", 0, 50, 30, 10))
    row = bring(data, boss, AT, institution=health)
    assert (row.state, row.columns["layout"]["doubtful"]) == ("mapping", "1.200")
    point_columns(
        actor=boss, access=access_of(boss, on=AT.date()), import_id=row.pk, at=AT, mark="comma",
        mapping=row.columns["mapping"], expected_version=row.version,
    )  # fmt: skip
    read_import(row.pk)
    row.refresh_from_db()
    store(row, boss, AT)
    assert BudgetLine.objects.get().approved == 1200


def test_a_workbook_is_stored_like_a_text(health, boss):
    book = openpyxl.Workbook()
    book.active.append(HEADERS.split(";"))
    book.active.append([key(), 100.5, 0, 50, 30.1, 10])
    out = io.BytesIO()
    book.save(out)
    store(read(out.getvalue(), boss, AT, institution=health), boss, AT)
    assert LineExecution.objects.get().accrued == Decimal("30.10")


def test_a_file_that_is_no_execution_leaves_nothing(health, boss):
    with pytest.raises(ExecutionFileError, match="vacío"):
        bring(b"", boss, AT, institution=health)


def test_a_discarded_import_stores_nothing(health, boss):
    row = read(execution_csv((key(), 100, 0, 50, 30, 10)), boss, AT, institution=health)
    asked = {"actor": boss, "access": access_of(boss, on=AT.date()), "import_id": row.pk, "at": AT}
    assert discard_execution(**asked) is True
    assert discard_execution(**asked) is False
    store_import(row.pk, actor_id=boss.pk, at=AT)
    assert not BudgetLine.objects.exists()
    assert waiting(row) == 0


def test_a_category_that_left_after_the_review_is_asked_for(health, boss):
    program = ProgrammaticCategory.objects.create(
        institution=health, fiscal_year=2026, kind="program", code="11", name="Salud"
    )
    activity = ProgrammaticCategory.objects.create(
        institution=health, fiscal_year=2026, parent=program, kind="activity", code="5", name="X"
    )
    row = read(execution_csv((key(), 100, 0, 50, 30, 10)), boss, AT, institution=health)
    activity.delete()
    store(row, boss, AT, new=False)
    assert (row.state, row.new_codes["new"]["category"]["count"]) == ("review", 1)
    store(row, boss, AT, new=False)
    assert (row.state, row.rows_new, row.rows_refused) == ("applied", 0, 1)
    assert "no se aceptó crear la categoría 11-0-0-5" in refused(row)[2]


#: In which state the last try of which task leaves an import, and an earlier one.
TRIES = {
    "reading, to be tried again": ("read_execution", "reading", 0, "reading"),
    "reading, the last time": ("read_execution", "reading", 3, "failed"),
    "storing, to be tried again": ("store_execution", "applying", 0, "applying"),
    "storing, the last time": ("store_execution", "applying", 3, "failed"),
    "stored already": ("store_execution", "applied", 3, "applied"),
}


@pytest.mark.parametrize(("task", "state", "attempts", "left"), TRIES.values(), ids=TRIES)
def test_no_import_waits_for_ever(task, state, attempts, left, health, boss, monkeypatch):
    row = read(execution_csv((key(), 100, 0, 50, 30, 10)), boss, AT, institution=health)
    ExecutionImport.objects.filter(pk=row.pk).update(state=state)

    def fails(*_args, **_named):
        raise DatabaseError

    monkeypatch.setattr(tasks, "read_import", fails)
    monkeypatch.setattr(tasks, "store_import", fails)
    context = SimpleNamespace(job=SimpleNamespace(attempts=attempts))
    more = {"actor_id": boss.pk} if task == "store_execution" else {}
    with pytest.raises(DatabaseError):
        getattr(tasks, task)(context, import_id=row.pk, **more)
    row.refresh_from_db()
    assert (row.state, bool(row.problem)) == (left, left == "failed")


def test_what_waits_to_be_stored_may_be_discarded(health, boss):
    row = read(execution_csv((key(), 100, 0, 50, 30, 10)), boss, AT, institution=health)
    access = access_of(boss, on=AT.date())
    order_storing(
        actor=boss, access=access, import_id=row.pk, accepts_new_codes=True,
        accepts_totals=False, expected_version=row.version, at=AT,
    )  # fmt: skip
    assert discard_execution(actor=boss, access=access, import_id=row.pk, at=AT) is True
    store_import(row.pk, actor_id=boss.pk, at=AT)
    assert not BudgetLine.objects.exists()
    row = bring(execution_csv((key(), 100, 0, 50, 30, 10)), boss, AT, institution=health)
    assert row.state == "reading"


def test_an_import_put_away_while_it_is_read_leaves_no_row(health, boss, monkeypatch):
    row = bring(execution_csv((key(), 100, 0, 50, 30, 10)), boss, AT, institution=health)
    copied = staging.copy_blocks

    def discards_meanwhile(*args):
        asked = {"actor": boss, "access": access_of(boss, on=AT.date()), "at": AT}
        discard_execution(import_id=row.pk, **asked)
        return copied(*args)

    monkeypatch.setattr(staging, "copy_blocks", discards_meanwhile)
    read_import(row.pk)
    row.refresh_from_db()
    assert (row.state, row.rows_read, waiting(row)) == ("discarded", 0, 0)


def test_clicked_twice_it_is_stored_once(health, boss):
    row = read(execution_csv((key(), 100, 0, 50, 30, 10)), boss, AT, institution=health)
    store(row, boss, AT)
    store(row, boss, AT)
    assert AuditEvent.objects.filter(action="budget.execution_stored").count() == 1


def test_rows_lost_with_a_crash_are_read_again(health, boss):
    row = read(execution_csv((key(), 100, 0, 50, 30, 10)), boss, AT, institution=health)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM budget_staged_row")
    store(row, boss, AT)
    assert row.state == "reading"
    read_import(row.pk)
    row.refresh_from_db()
    assert (row.state, waiting(row)) == ("review", 1)


def test_only_its_own_people_and_the_administration_bring_execution(health, boss):
    other = make_user(Role.REGISTRAR, institution=make_institution("50"))
    analyst = make_user(Role.ANALYST)
    data = execution_csv((key(), 100, 0, 50, 30, 10))
    for person in (other, analyst):
        with pytest.raises(PermissionDenied):
            bring(data, person, AT, institution=health)
    with pytest.raises(PermissionDenied):
        bring(data, make_user(Role.REGISTRAR, institution=health), AT)
