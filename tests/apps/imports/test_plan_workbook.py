"""A plan goes out as a workbook and comes back: preview, correct, apply."""

import io
import zipfile
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.imports.actions.plan_lot import apply_plan_lot
from sigpret.apps.imports.models import WorkbookLot
from sigpret.apps.imports.pending import import_tasks
from sigpret.apps.imports.queries.lots import lot_facts
from sigpret.apps.imports.queries.plan_lot import plan_lot
from sigpret.apps.imports.workbooks.preview import RowState
from sigpret.apps.monitoring.models import ReportingRound
from sigpret.apps.planning.actions.cells import CellEdit, save_cells
from sigpret.apps.planning.models import AnnualPlan, PlanVersion, Product, ProductTarget
from sigpret.documents.workbook import FILL_SHEET, IDENTITY_SHEET
from tests.apps.imports import AT
from tests.factories.institutions import make_institution, make_user
from tests.factories.monitoring import make_round
from tests.factories.planning import make_plan, make_product

NAME, ANNUAL, FIRST, SECOND = "Producto", "Producción anual", "I trimestre", "II trimestre"
PLACE, UNIT, OFTEN, KIND = "Objetivo operativo", "Unidad de medida", "Periodicidad", "Clase"


@pytest.fixture(autouse=True)
def today(settings):
    settings.DEMO_NOW = AT


@pytest.fixture
def plan(institution) -> AnnualPlan:
    return make_plan(institution)


@pytest.fixture
def products(plan):
    return [
        make_product(plan, {"2026-Q2": "5"}, number=number, annual_output=Decimal(5))
        for number in (1, 2, 3)
    ]


class Sheet:
    """The downloaded workbook as somebody edits it."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.sheet = self.book[FILL_SHEET]
        self.header = next(row for row in self.sheet if row[0].value == "Identificador")
        self.columns = {cell.value: cell.column for cell in self.header}

    def cell(self, product, column: str):
        wanted = f"product-{product.pk}"
        line = next(row[0].row for row in self.sheet if row[0].value == wanted)
        return self.sheet.cell(line, self.columns[column])

    def write(self, product, **cells) -> "Sheet":
        for column, value in {**cells}.items():
            self.cell(product, column.replace("_", " ")).value = value
        return self

    def add(self, **cells) -> "Sheet":
        line = self.sheet.max_row + 1
        for column, value in cells.items():
            self.sheet.cell(line, self.columns[column.replace("_", " ")]).value = value
        return self

    def bytes(self) -> bytes:
        target = io.BytesIO()
        self.book.save(target)
        return target.getvalue()


@pytest.fixture
def place(institution):
    return [2026, institution.code]


@pytest.fixture
def download(visit, place, products):
    def down(browser=visit) -> Sheet:
        answer = browser.get(reverse("imports:plan_workbook", args=place))
        assert answer.status_code == 200
        return Sheet(answer.content)

    return down


@pytest.fixture
def send(visit, place):
    def up(data: bytes, name: str = "plan.xlsx"):
        file = SimpleUploadedFile(name, data)
        return visit.post(reverse("imports:plan_upload", args=place), {"workbook": file})

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
    return lambda lot: plan_lot(lot_facts(access, lot.pk)).preview()


@pytest.fixture
def apply(registrar, access):
    return lambda lot: apply_plan_lot(actor=registrar, access=access, lot_id=lot.pk, at=AT)


@pytest.fixture
def colleague_writes(registrar, access, plan):
    def write(product, value: str) -> None:
        edit = CellEdit(product.pk, "annual_output", product.annual_output, Decimal(value))
        save_cells(
            actor=registrar, access=access, plan_id=plan.pk, edits=[edit], batch="otra", at=AT
        )

    return write


def annual(product) -> Decimal | None:
    return Product.objects.get(pk=product.pk).annual_output


def quarters(product) -> dict[str, Decimal]:
    return dict(ProductTarget.objects.filter(product=product).values_list("period", "planned"))


def test_the_workbook_brings_the_plan_by_identifier(download, products):
    sheet = download()
    assert sheet.cell(products[0], NAME).value == "Informe 1 elaborado"
    assert sheet.cell(products[0], UNIT).value == "149 - INFORME"
    assert (sheet.cell(products[0], ANNUAL).value, sheet.cell(products[0], SECOND).value) == (5, 5)
    assert not sheet.cell(products[0], ANNUAL).protection.locked
    assert sheet.cell(products[0], PLACE).protection.locked
    assert sheet.book[IDENTITY_SHEET].sheet_state == "hidden"


def test_what_is_downloaded_is_what_is_uploaded(download, lot_of, preview, visit, products):
    lot = lot_of(download().bytes())
    assert preview(lot).is_unchanged
    page = visit.get(reverse("imports:lot", args=[lot.pk])).content.decode()
    assert "Sin cambios" in page


def test_filling_and_applying_writes_the_plan(download, lot_of, preview, apply, plan, products):
    first, second, third = products
    sheet = download()
    sheet.write(first, Producción_anual="1,200", I_trimestre=600, II_trimestre=600)
    sheet.write(second, Producto="Censo levantado", Unidad_responsable="Estadística")
    sheet.write(third, Clase="intermedio", Acumulación="el último trimestre", II_trimestre="NP")
    lot = lot_of(sheet.bytes())
    assert [row.state for row in preview(lot).rows] == [RowState.CHANGE] * 3
    done = apply(lot)
    assert (done.applied, done.pending) == (3, 0)
    assert annual(first) == 1200
    assert quarters(first) == {"2026-Q1": 600, "2026-Q2": 600}
    second.refresh_from_db()
    assert (second.name, second.responsible_unit) == ("Censo levantado", "Estadística")
    third.refresh_from_db()
    assert (third.kind, third.accumulation, quarters(third)) == ("intermediate", "last", {})
    kept = PlanVersion.objects.get(plan=plan)
    assert kept.occasion == PlanVersion.Occasion.UPLOADED


def test_nothing_is_saved_before_applying(download, lot_of, products):
    lot_of(download().write(products[0], Producción_anual=9).bytes())
    assert annual(products[0]) == 5


def test_applying_twice_writes_once(download, lot_of, apply, products):
    lot = lot_of(download().write(products[0], Producción_anual=9).bytes())
    apply(lot)
    events = AuditEvent.objects.count()
    assert apply(lot).applied == 0
    assert AuditEvent.objects.count() == events


def test_a_row_without_identifier_is_a_new_product(download, lot_of, preview, apply, plan):
    sheet = download().add(
        Objetivo_operativo="1.1",
        Producto="Mapas publicados",
        Unidad_de_medida="149 - INFORME",
        Periodicidad="4 - Trimestral",
        Producción_anual=4,
        I_trimestre=4,
    )
    lot = lot_of(sheet.bytes())
    (row,) = preview(lot).rows
    assert row.name == "Producto nuevo: Mapas publicados"
    assert apply(lot).applied == 1
    added = Product.objects.get(name="Mapas publicados")
    assert (added.number, added.annual_output, quarters(added)) == (4, 4, {"2026-Q1": 4})
    assert apply(lot).applied == 0


NEW_PRODUCT = {
    "Objetivo_operativo": "1.1",
    "Producto": "Mapas publicados",
    "Unidad_de_medida": "149 - INFORME",
    "Periodicidad": "4 - Trimestral",
    "Producción_anual": 40,
}


def test_a_new_product_uploaded_again_does_not_undo_what_others_wrote(
    download, lot_of, preview, apply, colleague_writes
):
    sheet = download().add(**NEW_PRODUCT)
    apply(lot_of(sheet.bytes()))
    added = Product.objects.get(name="Mapas publicados")
    colleague_writes(added, "55")
    again = lot_of(sheet.add(Producto="Sin unidad").bytes())
    row = preview(again).in_state(RowState.ERROR)[0]
    assert "Ya existe el producto 1.4" in str(row.problem.sentence)
    assert (apply(again).applied, annual(added)) == (0, 55)


def test_the_same_new_product_in_two_rows_is_added_once(download, lot_of, preview, apply):
    sheet = download().add(**NEW_PRODUCT).add(**NEW_PRODUCT | {"Producción_anual": 41})
    lot = lot_of(sheet.bytes())
    done = apply(lot)
    assert (done.applied, done.pending) == (1, 1)
    assert annual(Product.objects.get(name="Mapas publicados")) == 40


def test_a_new_product_says_what_it_lacks(download, lot_of, preview, apply):
    lot = lot_of(download().add(Producto="Sin unidad", Objetivo_operativo="9.9").bytes())
    (row,) = preview(lot).in_state(RowState.ERROR)
    said = " ".join(str(problem.sentence) for problem in row.problems)
    assert "«9.9» no está en la lista" in said
    assert "Falta «Unidad de medida»" in said
    assert apply(lot).pending == 1


def test_rows_are_found_by_identifier_in_any_order(download, lot_of, apply, products):
    sheet = download()
    lines = [sheet.cell(product, NAME).row for product in (products[0], products[2])]
    for column in range(1, sheet.sheet.max_column + 1):
        here, there = (sheet.sheet.cell(line, column) for line in lines)
        here.value, there.value = there.value, here.value
    apply(lot_of(sheet.write(products[0], Producción_anual=8).bytes()))
    assert [annual(product) for product in products] == [8, 5, 5]


def test_columns_in_another_order_are_found_by_their_header(download, lot_of, apply, products):
    sheet = download().write(products[0], Producción_anual=8)
    left, right = sheet.columns[ANNUAL], sheet.columns[FIRST]
    for line in range(sheet.header[0].row, sheet.sheet.max_row + 1):
        here, there = sheet.sheet.cell(line, left), sheet.sheet.cell(line, right)
        here.value, there.value = there.value, here.value
    apply(lot_of(sheet.bytes()))
    assert annual(products[0]) == 8


WRONG = {
    "an ambiguous point": ("1.200", "dos maneras", "1,200"),
    "a letter": ("3O", "letra O", "30"),
    "a formula": ("=1+1", "fórmula", ""),
    "words": ("muchos", "Escriba sólo números", ""),
    "a negative quantity": (-3, "negativa", ""),
    "too many decimals": (1.23456, "cuatro decimales", "1.2346"),
}


@pytest.mark.parametrize(("typed", "said", "suggestion"), WRONG.values(), ids=WRONG.keys())
def test_what_is_not_one_quantity_is_asked_for(
    download, lot_of, preview, apply, products, typed, said, suggestion
):
    sheet = download().write(products[0], Producción_anual=typed)
    lot = lot_of(sheet.write(products[1], Producción_anual=4).bytes())
    (wrong,) = preview(lot).in_state(RowState.ERROR)
    (problem,) = wrong.problems
    assert said in str(problem.sentence)
    assert problem.suggestion == suggestion
    assert wrong.cells[0].address == sheet.cell(products[0], ANNUAL).coordinate
    assert (apply(lot).applied, annual(products[0]), annual(products[1])) == (1, 5, 4)


def test_a_unit_out_of_the_list_proposes_the_nearest(download, lot_of, preview, products):
    lot = lot_of(download().write(products[0], Unidad_de_medida="149 - INFORMES").bytes())
    (row,) = preview(lot).rows
    assert row.problems[0].suggestion == "149 - INFORME"


def test_errors_come_back_as_marked_and_commented_cells(download, lot_of, visit, products):
    sheet = download().write(products[0], Producción_anual="1.200")
    lot = lot_of(sheet.add(Producto="Nuevo sin unidad").bytes())
    marked = Sheet(visit.get(reverse("imports:lot_marked", args=[lot.pk])).content)
    cell = marked.cell(products[0], ANNUAL)
    assert "dos maneras" in cell.comment.text
    assert cell.value == "1.200"
    new = next(
        row for row in marked.sheet if row[marked.columns[NAME] - 1].value == "Nuevo sin unidad"
    )
    assert "Falta" in new[marked.columns[UNIT] - 1].comment.text


def test_the_marked_workbook_corrected_is_applied(download, lot_of, visit, apply, products):
    lot = lot_of(download().write(products[0], Producción_anual="1.200").bytes())
    marked = Sheet(visit.get(reverse("imports:lot_marked", args=[lot.pk])).content)
    apply(lot_of(marked.write(products[0], Producción_anual=1200).bytes()))
    assert annual(products[0]) == 1200


def test_what_somebody_changed_meanwhile_is_a_conflict_with_both_values(
    download, lot_of, preview, apply, colleague_writes, visit, products
):
    sheet = download().write(products[0], Producción_anual=26)
    colleague_writes(products[0], "25")
    lot = lot_of(sheet.bytes())
    (row,) = preview(lot).in_state(RowState.CONFLICT)
    (cell,) = row.cells
    assert (cell.before, cell.after, row.dispute.by) == ("25", "26", "Luisa Rivera")
    assert (apply(lot).applied, annual(products[0])) == (0, 25)
    visit.post(reverse("imports:lot", args=[lot.pk]), {"mine": str(row.number), "apply": "1"})
    assert annual(products[0]) == 26


def test_what_nobody_else_touched_is_no_conflict(
    download, lot_of, apply, colleague_writes, products
):
    sheet = download().write(products[0], Producto="Otro nombre")
    colleague_writes(products[0], "25")
    assert apply(lot_of(sheet.bytes())).applied == 1
    assert annual(products[0]) == 25


def refused(answer, visit) -> str:
    lot = WorkbookLot.objects.get()
    assert lot.state == WorkbookLot.State.REFUSED
    return visit.get(answer["Location"]).content.decode()


def with_fact(sheet: Sheet, name: str, value: str) -> bytes:
    for row in sheet.book[IDENTITY_SHEET]:
        if row[0].value == name:
            row[1].value = value
    return sheet.bytes()


ELSEWHERE = {
    "another institution": ("scope", "0100", "El libro es de la institución 0100"),
    "another year": ("period", "2025", "El libro es del plan de 2025 y aquí se llena el de 2026"),
    "another layout": ("version", "0", "versión anterior de la hoja"),
    "another kind": ("kind", "matrix", "El libro es de otra cosa: matriz de resultados"),
}


@pytest.mark.parametrize(("fact", "value", "said"), ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_a_workbook_of_elsewhere_is_refused(download, send, visit, fact, value, said):
    assert said in refused(send(with_fact(download(), fact, value)), visit)


def test_a_renamed_column_is_named(download, send, visit):
    sheet = download()
    sheet.sheet.cell(sheet.header[0].row, sheet.columns[ANNUAL]).value = "Produccion del año"
    assert "Falta la columna «Producción anual»" in refused(send(sheet.bytes()), visit)


def test_two_sheets_alike_are_named(download, send, visit):
    sheet = download()
    sheet.book.copy_worksheet(sheet.sheet).title = "Copia"
    assert "«Llenar» y «Copia»" in refused(send(sheet.bytes()), visit)


def test_macros_are_refused(download, send, visit):
    memory = io.BytesIO(download().bytes())
    with zipfile.ZipFile(memory, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert "macros" in refused(send(memory.getvalue()), visit)


def test_a_zip_bomb_is_refused(download, send, visit):
    memory = io.BytesIO(download().bytes())
    with zipfile.ZipFile(memory, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", b"\0" * 300_000_000)
    assert "No se pudo" in refused(send(memory.getvalue()), visit)


def test_a_plan_that_was_sent_is_not_written(download, lot_of, preview, send, plan, products):
    sheet = download().write(products[0], Producción_anual=9)
    lot = lot_of(sheet.bytes())
    AnnualPlan.objects.update(state="accepted")
    (row,) = preview(lot).in_state(RowState.ERROR)
    assert "ya no se edita" in str(row.problem.sentence)
    answer = send(sheet.write(products[1], Producción_anual=1).bytes())
    assert answer.status_code == 409
    assert "ya no se edita" in answer.content.decode()


def test_who_only_reads_gets_a_grey_workbook(download, client, products):
    client.force_login(make_user(Role.ANALYST), backend="django.contrib.auth.backends.ModelBackend")
    sheet = download(client)
    assert sheet.cell(products[0], ANNUAL).protection.locked


def test_another_institution_reaches_neither_workbook_nor_lot(download, lot_of, client, place):
    lot = lot_of(download().bytes())
    stranger = make_user(Role.REGISTRAR, institution=make_institution())
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    for name, args in (("plan_workbook", place), ("plan_upload", place), ("lot", [lot.pk])):
        assert client.get(reverse(f"imports:{name}", args=args)).status_code == 403


def test_a_workbook_left_to_apply_is_a_pending_task(download, lot_of, access, products):
    lot_of(download().write(products[0], Producción_anual=9).bytes())
    (task,) = import_tasks(access, AT)
    assert task.detail.startswith("POA 2026 · plan.xlsx")


def test_a_year_without_plan_sends_back_to_its_page(visit, institution):
    answer = visit.get(reverse("imports:plan_upload", args=[2027, institution.code]))
    assert answer["Location"] == f"/poa/2027/{institution.code}"


@pytest.fixture
def closed_quarter(plan):
    make_round(
        "2026-Q1",
        state=ReportingRound.State.CLOSED,
        closed_at=datetime(2026, 4, 20, tzinfo=UTC),
        digest="0" * 64,
    )


def test_the_cells_of_a_closed_quarter_are_grey(closed_quarter, download, products):
    sheet = download()
    assert sheet.cell(products[0], FIRST).protection.locked
    assert not sheet.cell(products[0], SECOND).protection.locked


def test_another_quantity_in_a_closed_quarter_is_an_error_of_its_cell(
    closed_quarter, download, lot_of, preview, apply, products
):
    first, second, _third = products
    sheet = download().write(first, I_trimestre=2, II_trimestre=3).write(second, II_trimestre=4)
    lot = lot_of(sheet.bytes())
    wrong = next(row for row in preview(lot).rows if row.state is RowState.ERROR)
    (problem,) = wrong.problems
    assert "El I\xa0trimestre ya cerró" in problem.sentence
    assert apply(lot).applied == 1
    assert (quarters(first), quarters(second)) == ({"2026-Q2": 5}, {"2026-Q2": 4})


def test_a_new_product_programmes_nothing_in_a_closed_quarter(
    closed_quarter, download, lot_of, preview
):
    said = {
        "Objetivo_operativo": "1.1",
        "Producto": "Mapas publicados",
        "Unidad_de_medida": "149 - INFORME",
        "Periodicidad": "4 - Trimestral",
        "Producción_anual": 4,
    }
    lot = lot_of(download().add(**said, I_trimestre=4).bytes())
    (row,) = preview(lot).rows
    assert "El I\xa0trimestre ya cerró" in row.problems[0].sentence
    lot = lot_of(download().add(**said, II_trimestre=4).bytes())
    assert preview(lot).rows[0].state is RowState.CHANGE


def test_a_quarter_that_closed_after_the_preview_is_not_written(
    download, lot_of, apply, products, request
):
    lot = lot_of(download().write(products[0], I_trimestre=2).bytes())
    request.getfixturevalue("closed_quarter")
    done = apply(lot)
    assert (done.applied, done.pending) == (0, 1)
    assert quarters(products[0]) == {"2026-Q2": 5}
