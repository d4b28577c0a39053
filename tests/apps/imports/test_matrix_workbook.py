"""The matrix goes out as a workbook and comes back: edited, proposed, unchanged."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.imports.actions.matrix_lot import apply_matrix_lot
from sigpret.apps.imports.models import WorkbookLot
from sigpret.apps.imports.queries.lots import lot_facts
from sigpret.apps.imports.queries.matrix_lot import matrix_lot, responsible_for
from sigpret.apps.imports.workbooks.preview import RowState
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.results.models import Alignment, Goal
from sigpret.apps.results.queries import MATRIX_COLUMNS
from sigpret.documents.workbook import FILL_SHEET
from tests.apps.imports import AT
from tests.factories.institutions import make_institution, make_sector, make_user
from tests.factories.results import make_goal

HEADERS = {
    "text": "Meta de la fila",
    "prioritised": "Priorizada",
    "position": "Posición en la cadena",
    "indicator": "Indicador",
    "definition": "Definición",
    "unit": "Unidad",
    "sense": "Sentido",
    "within": "Acumulación en el año",
    "across": "Acumulación entre años",
    "baseline": "Línea base",
    "baseline_year": "Año base",
    "target": "Meta 2026",
    "quarter": "Programado IV trim. 2026",
    "serves": "Contribuye a",
    "weight": "Peso de cada vínculo",
    "code": "Código",
}
PLANNED = {"2026": "40", "2026-Q3": "10", "2026-Q4": "10"}


@pytest.fixture(autouse=True)
def today(settings):
    settings.DEMO_NOW = AT


@pytest.fixture
def country(institution):
    """A presidential goal, two sectoral and an institutional one that serves both."""
    sector = make_sector()
    institution.sectors.add(sector)
    top = make_goal(Goal.Level.PRESIDENTIAL, PLANNED, code="P1", sector=sector)
    parents = [
        make_goal(Goal.Level.SECTORAL, PLANNED, (top,), code=code, sector=sector)
        for code in ("S1", "S2")
    ]
    own = make_goal(
        planned=PLANNED, serves=tuple(parents), code="I1", sector=sector, institution=institution
    )
    other = make_goal(
        planned=PLANNED, serves=(parents[0],), code="I2", sector=sector,
        institution=make_institution("999", "Otra"),
    )  # fmt: skip
    return {goal.code: goal for goal in (top, *parents, own, other)}


class Sheet:
    """The downloaded workbook as somebody edits it."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.sheet = self.book[FILL_SHEET]
        self.header = next(row for row in self.sheet if row[0].value == "Identificador")
        self.columns = {cell.value: cell.column for cell in self.header}

    def line(self, code: str) -> int:
        return next(row[0].row for row in self.sheet if row[0].value == code)

    def cell(self, code: str, name: str):
        return self.sheet.cell(self.line(code), self.columns[HEADERS[name]])

    def write(self, code: str, **values) -> "Sheet":
        for name, value in values.items():
            self.cell(code, name).value = value
        return self

    def add(self, **values) -> "Sheet":
        last = max(row[0].row for row in self.sheet if row[0].value) + 1
        for name, value in values.items():
            self.sheet.cell(last, self.columns[HEADERS[name]]).value = value
        return self

    def bytes(self) -> bytes:
        target = io.BytesIO()
        self.book.save(target)
        return target.getvalue()


@pytest.fixture
def download(visit, country):
    def down(query: str = "") -> Sheet:
        answer = visit.get(reverse("imports:matrix_workbook") + query)
        assert answer.status_code == 200
        return Sheet(answer.content)

    return down


@pytest.fixture
def lot_of(visit):
    def up(data: bytes) -> WorkbookLot:
        file = SimpleUploadedFile("matriz.xlsx", data)
        answer = visit.post(reverse("imports:matrix_upload"), {"workbook": file})
        return WorkbookLot.objects.get(pk=int(answer["Location"].rstrip("/").split("/")[-1]))

    return up


@pytest.fixture
def preview(access):
    return lambda lot: matrix_lot(lot_facts(access, lot.pk), access).preview()


@pytest.fixture
def apply(registrar, access):
    return lambda lot: apply_matrix_lot(actor=registrar, access=access, lot_id=lot.pk, at=AT)


def problems(rows) -> list[str]:
    return [str(problem.sentence) for row in rows for problem in row.problems]


def test_the_columns_come_in_the_official_order(download):
    headers = [cell.value for cell in download().header][1:]
    official = [str(column.label) for column in MATRIX_COLUMNS if column.kind != "periods"]
    assert [header for header in headers if header in official] == official
    assert headers[-2:] == ["Contribuye a", "Peso de cada vínculo"]


def test_what_others_write_is_grey(download):
    sheet = download()
    assert not sheet.cell("I1", "text").protection.locked
    assert sheet.cell("S1", "text").protection.locked
    with pytest.raises(StopIteration):
        sheet.line("I2")


def test_a_matrix_nobody_touched_changes_nothing(download, lot_of, preview, visit):
    lot = lot_of(download().bytes())
    assert lot.content["refusals"] == []
    assert preview(lot).is_unchanged
    page = visit.get(reverse("imports:lot", args=[lot.pk])).content.decode()
    assert "Sin cambios" in page


def test_editing_and_applying_writes_the_goal(download, lot_of, preview, apply):
    sheet = download().write(
        "I1", text="Otra redacción", prioritised="Sí", definition="Qué cuenta", baseline="1,200.5",
        baseline_year=2024, quarter=15, sense="descendente: menos es mejor",
    )  # fmt: skip
    lot = lot_of(sheet.bytes())
    (row,) = preview(lot).rows
    assert row.state is RowState.CHANGE
    assert len(row.cells) == 7
    assert apply(lot).applied == 1
    goal = Goal.objects.get(code="I1")
    assert (goal.text, goal.is_prioritised) == ("Otra redacción", True)
    indicator = goal.indicator
    assert (indicator.definition, indicator.sense) == ("Qué cuenta", "descending")
    assert (indicator.baseline, indicator.baseline_year) == (Decimal("1200.5"), 2024)
    assert indicator.targets.get(period="2026-Q4").planned == 15


def test_an_institution_does_not_weigh_its_links(download, lot_of, preview, apply):
    lot = lot_of(download().write("I1", weight="60; 40").bytes())
    assert apply(lot).applied == 0
    (row,) = preview(lot).rows
    assert "las escribe DIGER" in problems([row])[0]
    assert set(Alignment.objects.values_list("weight", flat=True)) == {1}


def test_applying_and_exporting_again_says_without_changes(download, lot_of, preview, apply):
    apply(lot_of(download().write("I1", text="Otra redacción", quarter=15).bytes()))
    assert preview(lot_of(download().bytes())).is_unchanged


def test_a_part_of_the_matrix_comes_back_too(download, lot_of, preview):
    part = download("?nivel=institutional").write("I1", text="Otra")
    lot = lot_of(part.bytes())
    assert lot.content["refusals"] == []
    assert [row.code for row in preview(lot).rows] == ["I1"]


def test_a_goal_of_others_is_not_written(download, lot_of, preview):
    rows = preview(lot_of(download().write("S1", text="Otra").bytes())).rows
    assert "la escribe su institución o DIGER" in problems(rows)[0]


def test_what_is_not_understood_is_asked_for(download, lot_of, preview):
    sheet = download().write("I1", baseline="1.200", baseline_year="dos mil", sense="hacia arriba")
    said = " ".join(problems(preview(lot_of(sheet.bytes())).rows))
    assert "dos maneras" in said
    assert "no está en la lista" in said


def test_as_many_weights_as_links(download, lot_of, preview):
    rows = preview(lot_of(download().write("I1", weight=100).bytes())).rows
    assert "Escriba un peso por cada meta" in problems(rows)[0]


def test_what_somebody_changed_meanwhile_is_a_conflict(download, lot_of, preview, apply):
    sheet = download().write("I1", text="La mía")
    Goal.objects.filter(code="I1").update(text="La de otro", version=2)
    lot = lot_of(sheet.bytes())
    (row,) = preview(lot).in_state(RowState.CONFLICT)
    assert (row.cells[0].before, row.cells[0].after) == ("La de otro", "La mía")
    assert apply(lot).applied == 0


NEW = {
    "code": "I9",
    "text": "Escuelas conectadas",
    "position": "producto",
    "indicator": "Escuelas con conexión",
    "unit": "unidades",
    "sense": "ascendente: más es mejor",
    "within": "suma",
    "across": "flujo",
    "quarter": 5,
    "serves": "S1",
}


def test_a_row_without_identifier_proposes_a_goal(download, lot_of, preview, apply, institution):
    lot = lot_of(download().add(**NEW).bytes())
    (row,) = preview(lot).rows
    assert (row.state, row.code) == (RowState.CHANGE, "I9")
    assert apply(lot).applied == 1
    goal = Goal.objects.get(code="I9")
    assert (goal.institution, goal.level) == (institution, Goal.Level.INSTITUTIONAL)
    assert goal.indicator.targets.get(period="2026-Q4").planned == 5
    assert [link.parent.code for link in goal.serves.all()] == ["S1"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": None}, "Falta «Código»"),
        ({"serves": "S9"}, "No hay una meta sectorial con el código «S9»"),
        ({"serves": None}, "Falta «Contribuye a»"),
        ({"unit": None}, "Falta «Unidad»"),
        ({"code": "I1"}, "Ya hay una meta con ese código"),
    ],
)
def test_a_proposed_goal_says_what_it_lacks(download, lot_of, preview, apply, change, said):
    lot = lot_of(download().add(**(NEW | change)).bytes())
    assert said in " ".join(problems(preview(lot).rows))
    assert apply(lot).applied == 0


def test_what_the_matrix_refuses_is_said_and_nothing_of_the_row_is_written(
    download, lot_of, preview, apply
):
    Goal.objects.create(
        code="X9", slug="x9", text="Ajena", level=Goal.Level.INSTITUTIONAL,
        sector=make_sector(), institution=make_institution("998", "Ajena"),
        chain_position=Goal.ChainPosition.RESULT,
    )  # fmt: skip
    lot = lot_of(download().add(**(NEW | {"code": "X9"})).bytes())
    assert apply(lot).applied == 0
    (row,) = preview(lot).rows
    assert "Ya hay una meta con el código X9" in problems([row])[0]


def test_the_marked_matrix_opens(download, lot_of, visit):
    lot = lot_of(download().write("I1", baseline="1.200").bytes())
    marked = Sheet(visit.get(reverse("imports:lot_marked", args=[lot.pk])).content)
    assert "dos maneras" in marked.cell("I1", "baseline").comment.text


def test_the_matrix_is_printed(visit, country):
    answer = visit.get(reverse("imports:matrix_paper"))
    document = pypdfium2.PdfDocument(answer.content)
    text = " ".join(document[0].get_textpage().get_text_bounded().split())
    assert "Meta presidencial e indicador" in text
    assert "Página 1 de" in text


def test_an_unknown_institution_is_never_taken_for_ones_own(institution):
    person = make_user(Role.REGISTRAR, institution=institution)
    find = responsible_for(access_of(person, on=date(2026, 10, 13)))
    assert find("ZZ9") is None
    assert find("") == find(institution.code) == institution.pk


def test_a_keeper_of_the_matrix_names_the_institution_of_a_new_goal(client, country):
    analyst = make_user(Role.ANALYST)
    client.force_login(analyst, backend="django.contrib.auth.backends.ModelBackend")
    sheet = Sheet(client.get(reverse("imports:matrix_workbook")).content).add(**NEW)
    file = SimpleUploadedFile("matriz.xlsx", sheet.bytes())
    answer = client.post(reverse("imports:matrix_upload"), {"workbook": file})
    access = access_of(analyst, on=date(2026, 10, 13))
    facts = lot_facts(access, int(answer["Location"].rstrip("/").split("/")[-1]))
    rows = matrix_lot(facts, access).preview().rows
    assert "Escriba el código de la institución" in problems(rows)[0]
