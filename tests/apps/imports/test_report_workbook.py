"""The report goes out as a workbook and comes back: preview, correct, apply."""

import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.imports.actions.lots import ClosedLotError, correct_lot, discard_lot
from sigpret.apps.imports.actions.report_lot import apply_report_lot
from sigpret.apps.imports.models import WorkbookLot
from sigpret.apps.imports.pending import import_tasks
from sigpret.apps.imports.queries.lots import lot_facts
from sigpret.apps.imports.queries.report_lot import report_lot
from sigpret.apps.imports.workbooks.preview import RowState
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.monitoring.actions import RoundNotOpenError, save_value
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.results.models import IndicatorVariable
from sigpret.documents.workbook import FILL_SHEET, REST_SHEET
from sigpret.methodology.periods import Period
from tests.apps.imports import AT
from tests.factories.institutions import make_institution, make_user
from tests.factories.monitoring import make_report, make_round, make_value
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

PERIOD = Period.parse("2026-Q3")
VALUE, CATEGORY, CAUSE = "Ejecutado", "Tipo de causa", "Causa"


@pytest.fixture(autouse=True)
def today(settings):
    settings.DEMO_NOW = AT


@pytest.fixture
def plan(institution):
    return make_plan(institution)


@pytest.fixture
def round_(db):
    return make_round()


@pytest.fixture
def products(plan, round_):
    return [make_product(plan, {"2026-Q3": "10"}, number=number) for number in (1, 2, 3)]


@pytest.fixture
def later(plan):
    return make_product(plan, {"2026-Q4": "5"}, number=9, name="Sólo en el cuarto")


class Sheet:
    """The downloaded workbook as somebody edits it."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.sheet = self.book[FILL_SHEET]
        self.header = next(row for row in self.sheet if row[0].value == "Identificador")
        self.columns = {cell.value: cell.column for cell in self.header}

    def row(self, product) -> int:
        wanted = f"product-{product.pk}"
        return next(row[0].row for row in self.sheet if row[0].value == wanted)

    def cell(self, product, column: str):
        return self.sheet.cell(self.row(product), self.columns[column])

    def write(self, product, **values) -> "Sheet":
        names = {"value": VALUE, "category": CATEGORY, "cause": CAUSE}
        for key, value in values.items():
            self.cell(product, names[key]).value = value
        return self

    def bytes(self) -> bytes:
        target = io.BytesIO()
        self.book.save(target)
        return target.getvalue()


@pytest.fixture
def place(institution):
    return [institution.code, 2026, 3]


@pytest.fixture
def download(visit, place, products, later):
    def down() -> Sheet:
        answer = visit.get(reverse("imports:report_workbook", args=place))
        assert answer.status_code == 200
        return Sheet(answer.content)

    return down


@pytest.fixture
def send(visit, place):
    def up(data: bytes, name: str = "reporte.xlsx"):
        file = SimpleUploadedFile(name, data)
        return visit.post(reverse("imports:report_upload", args=place), {"workbook": file})

    return up


@pytest.fixture
def lot_of(send):
    def up(data: bytes) -> WorkbookLot:
        answer = send(data)
        assert answer.status_code == 302
        return WorkbookLot.objects.get(pk=int(answer["Location"].rstrip("/").split("/")[-1]))

    return up


@pytest.fixture
def preview(access):
    def look(lot: WorkbookLot):
        return report_lot(lot_facts(access, lot.pk)).preview()

    return look


@pytest.fixture
def apply(registrar, access):
    def write(lot: WorkbookLot, at=AT):
        return apply_report_lot(actor=registrar, access=access, lot_id=lot.pk, at=at)

    return write


@pytest.fixture
def save(registrar, access, institution):
    def write(product, value, version=0, actor=None):
        return save_value(
            actor=actor or registrar,
            access=access,
            institution=institution,
            period=PERIOD,
            product_id=product.pk,
            value=Decimal(value),
            expected_version=version,
            at=AT,
        )

    return write


def stored(product) -> Decimal | None:
    return (
        ReportedValue.objects.filter(product=product, period="2026-Q3")
        .values_list("value", flat=True)
        .first()
    )


def test_the_workbook_brings_what_is_due_and_sets_the_rest_apart(download, products, later):
    sheet = download()
    identifiers = [row[0].value for row in sheet.sheet if row[0].value]
    assert [f"product-{product.pk}" for product in products] == identifiers[-3:]
    rest = [row[0].value for row in sheet.book[REST_SHEET]]
    assert f"product-{later.pk}" in rest
    assert not sheet.cell(products[0], VALUE).protection.locked
    assert sheet.cell(products[0], "Código").protection.locked


def test_what_was_written_comes_filled_in(download, save, products):
    save(products[0], "7.5")
    assert download().cell(products[0], VALUE).value == 7.5


def test_a_workbook_nobody_touched_changes_nothing(
    download, lot_of, preview, save, products, visit
):
    save(products[0], "7.5")
    lot = lot_of(download().bytes())
    assert preview(lot).is_unchanged
    page = visit.get(reverse("imports:lot", args=[lot.pk])).content.decode()
    assert "Sin cambios" in page


def test_filling_and_applying_writes_the_values(download, lot_of, preview, apply, products):
    sheet = download().write(products[0], value=12).write(products[1], value="1,200")
    sheet.write(products[2], value=0, category="Personal", cause="Faltó personal")
    lot = lot_of(sheet.bytes())
    seen = preview(lot)
    assert [row.state for row in seen.rows] == [RowState.CHANGE] * 3
    done = apply(lot)
    assert (done.applied, done.pending) == (3, 0)
    assert [stored(product) for product in products] == [12, 1200, 0]
    value = ReportedValue.objects.get(product=products[2])
    assert (value.cause_category, value.cause) == ("staff", "Faltó personal")
    lot.refresh_from_db()
    assert (lot.state, lot.applied_rows) == (WorkbookLot.State.APPLIED, 3)


def test_nothing_is_saved_before_applying(download, lot_of, products):
    lot_of(download().write(products[0], value=12).bytes())
    assert not ReportedValue.objects.exists()


def test_applying_twice_writes_once(download, lot_of, apply, products):
    lot = lot_of(download().write(products[0], value=12).bytes())
    apply(lot)
    events = AuditEvent.objects.count()
    assert apply(lot).applied == 0
    assert AuditEvent.objects.count() == events


def test_rows_are_found_by_identifier_in_any_order(download, lot_of, apply, products):
    sheet = download()
    first, last = sheet.row(products[0]), sheet.row(products[2])
    for column in range(1, sheet.sheet.max_column + 1):
        here, there = sheet.sheet.cell(first, column), sheet.sheet.cell(last, column)
        here.value, there.value = there.value, here.value
    sheet.cell(products[0], VALUE).value = 5
    apply(lot_of(sheet.bytes()))
    assert (stored(products[0]), stored(products[2])) == (5, None)


WRONG = {
    "an ambiguous point": ("1.200", "dos maneras", "1,200"),
    "a letter": ("3O", "letra O", "30"),
    "a formula": ("=1+1", "fórmula", ""),
    "words": ("muchos", "Escriba sólo números", ""),
    "a percent sign": ("61%", "sin el signo", "61"),
    "too many decimals": (1.23456, "cuatro decimales", "1.2346"),
    "a negative product": (-3, "negativo", ""),
}


@pytest.mark.parametrize(("typed", "said", "suggestion"), WRONG.values(), ids=WRONG.keys())
def test_what_is_not_one_number_is_asked_for(
    download, lot_of, preview, apply, products, typed, said, suggestion
):
    sheet = download().write(products[0], value=typed).write(products[1], value=4)
    lot = lot_of(sheet.bytes())
    (wrong,) = preview(lot).in_state(RowState.ERROR)
    (problem,) = wrong.problems
    assert said in str(problem.sentence)
    assert problem.suggestion == suggestion
    assert (apply(lot).applied, stored(products[0]), stored(products[1])) == (1, None, 4)
    lot.refresh_from_db()
    assert lot.state == WorkbookLot.State.REVIEW


def test_a_cell_shown_as_percentage_is_asked_for(download, lot_of, preview, products):
    sheet = download().write(products[0], value=0.61)
    sheet.cell(products[0], VALUE).number_format = "0%"
    (row,) = preview(lot_of(sheet.bytes())).rows
    assert row.problems[0].suggestion == "61"


def test_a_cell_turned_into_a_date_is_asked_for(download, lot_of, preview, products):
    sheet = download().write(products[0], value=AT.replace(tzinfo=None))
    (row,) = preview(lot_of(sheet.bytes())).rows
    assert "fecha" in str(row.problems[0].sentence)


def test_an_unknown_kind_of_cause_proposes_the_nearest(download, lot_of, preview, products):
    sheet = download().write(products[0], value=4, category="Contrataciones")
    (row,) = preview(lot_of(sheet.bytes())).rows
    assert row.problems[0].suggestion == "Contratación"


def test_a_blank_cell_erases_nothing(download, lot_of, preview, save, products):
    save(products[0], "7")
    lot = lot_of(download().write(products[0], value=None).bytes())
    assert preview(lot).is_unchanged


def test_a_wrong_cell_is_corrected_here(download, lot_of, preview, apply, visit, products):
    lot = lot_of(download().write(products[0], value="1.200").bytes())
    (row,) = preview(lot).rows
    url = reverse("imports:lot", args=[lot.pk])
    visit.post(url, {f"cell-{row.number}-value": "1.2"})
    (row,) = preview(lot).rows
    assert (row.state, row.change.value) == (RowState.CHANGE, Decimal("1.2"))
    visit.post(url, {"apply": "1"})
    assert stored(products[0]) == Decimal("1.2")


def test_a_suggestion_is_one_click(download, lot_of, preview, visit, products):
    lot = lot_of(download().write(products[0], value="3O").bytes())
    (row,) = preview(lot).rows
    visit.post(reverse("imports:lot", args=[lot.pk]), {"suggestion": f"cell-{row.number}-value"})
    (row,) = preview(lot).rows
    assert row.change.value == 30


def test_what_somebody_changed_meanwhile_is_a_conflict_with_both_values(
    download, lot_of, preview, apply, save, visit, products
):
    sheet = download().write(products[0], value=26)
    save(products[0], "25")
    lot = lot_of(sheet.bytes())
    (row,) = preview(lot).in_state(RowState.CONFLICT)
    (cell,) = row.cells
    assert (cell.before, cell.after) == ("25", "26")
    assert apply(lot).applied == 0
    assert stored(products[0]) == 25
    page = visit.get(reverse("imports:lot", args=[lot.pk])).content.decode()
    assert "Conservar lo de la hoja" in page


@pytest.mark.parametrize(("choice", "kept"), [("mine", 26), ("theirs", 25)])
def test_a_conflict_is_decided_here(
    download, lot_of, preview, apply, save, visit, products, choice, kept
):
    sheet = download().write(products[0], value=26)
    save(products[0], "25")
    lot = lot_of(sheet.bytes())
    (row,) = preview(lot).rows
    visit.post(reverse("imports:lot", args=[lot.pk]), {choice: str(row.number)})
    apply(lot)
    assert stored(products[0]) == kept


def test_what_was_already_applied_is_not_called_unsaved(download, lot_of, apply, visit, products):
    lot = lot_of(download().write(products[0], value="doce").write(products[1], value=4).bytes())
    address = reverse("imports:lot", args=[lot.pk])
    assert "Nada se ha guardado todavía" in visit.get(address).content.decode()
    assert (apply(lot).applied, apply(lot).pending) == (1, 1)
    page = visit.get(address).content.decode()
    assert "Se guardó 1 fila; falta lo que está por resolver." in page
    assert "todavía" not in page.partition('id="lote"')[0].rpartition("<h1")[2]
    assert "Nada se ha guardado" not in page


def test_a_decision_is_about_what_was_seen(download, lot_of, preview, save, visit, products):
    sheet = download().write(products[0], value=26)
    save(products[0], "25")
    lot = lot_of(sheet.bytes())
    (row,) = preview(lot).rows
    visit.post(reverse("imports:lot", args=[lot.pk]), {"mine": str(row.number)})
    save(products[0], "24", version=1)
    (row,) = preview(lot).rows
    assert row.state is RowState.CONFLICT


def test_what_others_changed_in_rows_i_did_not_touch_stays(
    download, lot_of, preview, apply, save, products
):
    sheet = download().write(products[0], value=26)
    save(products[1], "25")
    lot = lot_of(sheet.bytes())
    assert [row.code for row in preview(lot).rows] == ["1.1"]
    apply(lot)
    assert (stored(products[0]), stored(products[1])) == (26, 25)


def test_a_validated_value_is_not_changed(
    download, lot_of, preview, institution, round_, registrar, products
):
    sheet = download().write(products[0], value=9)
    decided = {"decided_by": registrar, "decided_at": AT, "state": ReportState.VALIDATED}
    make_value(make_report(institution, round_), "10", product=products[0], **decided)
    (row,) = preview(lot_of(sheet.bytes())).rows
    assert row.state is RowState.ERROR
    assert "DIGER ya validó" in str(row.problems[0].sentence)


def test_rows_that_are_not_of_the_report_are_named(download, lot_of, preview, products, later):
    sheet = download()
    last = sheet.row(products[2])
    for offset, name in enumerate((f"product-{later.pk}", "product-999999", "x"), 1):
        sheet.sheet.cell(last + offset, 1).value = name
        sheet.sheet.cell(last + offset, sheet.columns[VALUE]).value = 3
    said = [str(row.problems[0].sentence) for row in preview(lot_of(sheet.bytes())).rows]
    assert "No vence este trimestre" in said[0]
    assert "«product-999999» no es de este reporte" in said[1]


def test_a_repeated_identifier_is_not_guessed(download, lot_of, preview, products):
    sheet = download().write(products[0], value=3)
    sheet.sheet.cell(sheet.row(products[1]), 1).value = f"product-{products[0].pk}"
    rows = preview(lot_of(sheet.bytes())).rows
    assert {row.state for row in rows} == {RowState.ERROR}


def test_a_file_that_is_no_workbook_is_refused_with_the_right_one_offered(send, visit, products):
    answer = visit.get(send(b"hola")["Location"])
    page = answer.content.decode()
    assert "no es un libro de Excel" in page
    assert "Bajar la hoja correcta" in page
    assert WorkbookLot.objects.get().state == WorkbookLot.State.REFUSED


def test_a_workbook_of_another_institution_is_refused(
    client, send, visit, products, later, place, round_
):
    other = make_institution("999", "Otra")
    make_product(make_plan(other), {"2026-Q3": "1"}, number=1)
    stranger = make_user(Role.REGISTRAR, institution=other)
    theirs = Client()
    theirs.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    data = theirs.get(reverse("imports:report_workbook", args=["999", 2026, 3])).content
    page = visit.get(send(data)["Location"]).content.decode()
    assert f"de la institución 999 y aquí se reporta la {place[0]}" in page


def test_a_workbook_of_another_quarter_is_refused(send, visit, place, products):
    make_round("2026-Q2")
    data = visit.get(reverse("imports:report_workbook", args=[place[0], 2026, 2])).content
    page = visit.get(send(data)["Location"]).content.decode()
    assert "II\u00a0trimestre de 2026 y aquí se reporta el III\u00a0trimestre de 2026" in page


def test_the_same_file_again_is_the_same_lot(download, lot_of, products):
    data = download().write(products[0], value=3).bytes()
    assert lot_of(data).pk == lot_of(data).pk


def test_a_lot_left_for_too_long_expires(download, lot_of, apply, products):
    data = download().write(products[0], value=3).bytes()
    lot = lot_of(data)
    with pytest.raises(ClosedLotError):
        apply(lot, at=AT + timedelta(days=8))


def test_after_the_deadline_nothing_is_applied(download, lot_of, apply, products):
    lot = lot_of(download().write(products[0], value=3).bytes())
    with pytest.raises(RoundNotOpenError):
        apply(lot, at=AT + timedelta(days=5))
    assert stored(products[0]) is None


def test_a_discarded_lot_changes_nothing_and_stays_away(
    download, lot_of, apply, registrar, access, products
):
    lot = lot_of(download().write(products[0], value=3).bytes())
    assert discard_lot(actor=registrar, access=access, lot_id=lot.pk, at=AT)
    assert not discard_lot(actor=registrar, access=access, lot_id=lot.pk, at=AT)
    with pytest.raises(ClosedLotError):
        apply(lot)


def test_the_marked_workbook_says_what_is_wrong_and_comes_back(
    download, lot_of, preview, visit, products
):
    sheet = download().write(products[0], value="1.200").write(products[1], value=4)
    lot = lot_of(sheet.bytes())
    answer = visit.get(reverse("imports:lot_marked", args=[lot.pk]))
    marked = Sheet(answer.content)
    wrong = marked.cell(products[0], VALUE)
    assert "dos maneras" in wrong.comment.text
    assert wrong.fill.fgColor.rgb == "FFFBD9D5"
    assert wrong.value == "1.200"
    assert marked.cell(products[1], "Situación").value == "Se aplicará"
    again = lot_of(marked.write(products[0], value=1200).bytes())
    assert [row.change.value for row in preview(again).rows] == [1200, 4]


def test_the_marked_workbook_keeps_a_conflict_a_conflict(
    download, lot_of, preview, save, visit, products
):
    sheet = download().write(products[0], value=26)
    save(products[0], "25")
    lot = lot_of(sheet.bytes())
    marked = visit.get(reverse("imports:lot_marked", args=[lot.pk])).content
    (row,) = preview(lot_of(marked)).rows
    assert row.state is RowState.CONFLICT


def test_another_institution_does_not_open_the_lot(client, download, lot_of, products):
    lot = lot_of(download().write(products[0], value=3).bytes())
    stranger = make_user(Role.REGISTRAR, institution=make_institution("999", "Otra"))
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("lot", "lot_marked", "lot_original"):
        assert client.get(reverse(f"imports:{name}", args=[lot.pk])).status_code == 403
    theirs = access_of(stranger, on=AT.date())
    with pytest.raises(PermissionDenied):
        apply_report_lot(actor=stranger, access=theirs, lot_id=lot.pk, at=AT)
    with pytest.raises(PermissionDenied):
        correct_lot(
            actor=stranger, access=theirs, lot_id=lot.pk, corrections={}, decisions={}, at=AT
        )


@pytest.fixture
def computed(institution, round_):
    """An indicator worked out of two variables."""
    goal = make_goal(
        planned={"2026-Q3": "50"},
        institution=institution,
        indicator={"value_source": "formula", "formula": "done / asked * 100"},
    )
    for position, name in enumerate(("done", "asked"), 1):
        IndicatorVariable.objects.create(
            indicator=goal.indicator, name=name, label=f"Casos {name}", position=position
        )
    return goal.indicator


def variable_cell(sheet: Sheet, indicator, name: str):
    pk = indicator.variables.get(name=name).pk
    wanted = f"indicator-{indicator.pk}:v{pk}"
    line = next(row[0].row for row in sheet.sheet if row[0].value == wanted)
    return sheet.sheet.cell(line, sheet.columns[VALUE])


def test_a_computed_indicator_is_filled_through_its_variables(
    computed, download, lot_of, preview, apply, products
):
    sheet = download()
    owner = next(row for row in sheet.sheet if row[0].value == f"indicator-{computed.pk}")
    assert owner[sheet.columns[VALUE] - 1].protection.locked
    assert not variable_cell(sheet, computed, "done").protection.locked
    variable_cell(sheet, computed, "done").value = 30
    variable_cell(sheet, computed, "asked").value = "1.200"
    (row,) = preview(lot_of(sheet.bytes())).rows
    assert [cell.header for cell in row.cells] == ["Casos done", "Casos asked"]
    assert row.state is RowState.ERROR
    variable_cell(sheet, computed, "asked").value = 60
    lot = lot_of(sheet.bytes())
    assert apply(lot).applied == 1
    assert ReportedValue.objects.get(indicator=computed).value == 50
    assert preview(lot_of(download().bytes())).is_unchanged


def test_a_variable_without_its_row_still_counts(computed, download, lot_of, apply, products):
    sheet = download()
    variable_cell(sheet, computed, "done").value = 30
    variable_cell(sheet, computed, "asked").value = 60
    owner = next(row for row in sheet.sheet if row[0].value == f"indicator-{computed.pk}")
    owner[0].value = None
    apply(lot_of(sheet.bytes()))
    assert ReportedValue.objects.get(indicator=computed).value == 50


def test_a_mark_on_a_variable_comes_back_on_its_cell(computed, download, lot_of, visit, products):
    sheet = download()
    variable_cell(sheet, computed, "done").value = "1.200"
    lot = lot_of(sheet.bytes())
    marked = Sheet(visit.get(reverse("imports:lot_marked", args=[lot.pk])).content)
    assert "dos maneras" in variable_cell(marked, computed, "done").comment.text


def test_an_uploaded_sheet_waits_among_the_pending_tasks(
    download, lot_of, apply, access, visit, products
):
    lot = lot_of(download().write(products[0], value=3).bytes())
    (task,) = [task for task in import_tasks(access, AT) if "Excel" in task.title]
    assert task.url == reverse("imports:lot", args=[lot.pk])
    apply(lot)
    assert not list(import_tasks(access, AT))
