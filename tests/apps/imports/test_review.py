"""The review step: thirteen blanks, found, corrected and never turned into zeros."""

from datetime import date

import pytest
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.imports.actions import (
    CellChange,
    ClosedImportError,
    discard_import,
    save_cells,
)
from sigpret.apps.imports.drafts import UNSCHEDULED, Cell
from sigpret.apps.imports.models import PlanImport
from sigpret.apps.imports.queries import import_facts, review_sheet
from sigpret.apps.imports.queries.causes import rows_in_words
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.planning.models import AnnualPlan
from sigpret.apps.planning.programming import ProductKey
from sigpret.intake.rows import warning
from tests.apps.imports import AT
from tests.factories.institutions import make_user

pytestmark = pytest.mark.django_db

BLANK, FILLED, UNEVEN = "1.1.1", "1.1.5", "2.1.5"


@pytest.fixture
def draft(upload, catalogue):
    return upload()


@pytest.fixture
def sheet(draft, access):
    return lambda: review_sheet(import_facts(access, draft.pk))


@pytest.fixture
def post(visit, draft):
    """Send cells of the review: `annual` by code, as seen before."""

    def send(annual=None, seen=None, htmx=False, **buttons):
        data = {f"annual-{code}": text for code, text in (annual or {}).items()}
        data |= {f"seen-{code}": text for code, text in (seen or {}).items()}
        headers = {"HX-Request": "true"} if htmx else {}
        return visit.post(
            reverse("imports:review", args=[draft.pk]), data | buttons, headers=headers
        )

    return send


def cell(draft: PlanImport, code: str) -> dict | None:
    draft.refresh_from_db()
    return draft.corrections.get(code)


def test_the_sheet_counts_what_the_report_says(sheet):
    found = sheet()
    assert [len(group.rows) for group in found.groups] == [6, 11, 13]
    assert found.with_output_count == 17
    assert len(found.missing) == 13
    assert sum(row.cell.annual_output or 0 for row in found.rows) == 72


def test_the_blanks_come_first_among_the_causes(sheet):
    first = sheet().causes[0]
    assert (first.label, first.count) == ("Producción anual en blanco", 13)
    assert first.where.startswith("filas ")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([14], "fila 14"),
        ([14, 16, 17, 18, 19, 29, 30], "filas 14, 16 a 19, 29 y 30"),
        ([52, 53, 56], "filas 52, 53 y 56"),
        ([None], ""),
    ],
)
def test_lines_are_told_as_a_person_would(lines, words):
    assert rows_in_words(warning("x", line, "") for line in lines) == words


def test_the_page_shows_the_thirteen_and_saves_nothing(visit, draft):
    page = visit.get(reverse("imports:review", args=[draft.pk])).content.decode()
    assert "Hay 13 celdas por completar antes de confirmar" in page
    assert "faltan 13 celdas" in page
    assert "Se propone II y IV." in page
    assert not AnnualPlan.objects.exists()


@pytest.mark.parametrize(
    ("view", "rows"), [("todas", 30), ("atencion", 18), ("correctas", 12), ("raro", 18)]
)
def test_a_view_of_the_rows_is_an_address(visit, draft, view, rows):
    answer = visit.get(reverse("imports:review", args=[draft.pk]), {"ver": view})
    assert answer.content.decode().count('name="annual-') == rows


def test_a_typed_quantity_completes_the_cell(post, draft):
    post({BLANK: " 1,200 "}, {BLANK: ""})
    assert cell(draft, BLANK)["value"] == "1200"
    assert cell(draft, BLANK)["by"] == "Luisa Rivera"


def test_a_typed_zero_is_a_zero_and_a_blank_stays_blank(post, draft, sheet):
    post({BLANK: "0", "1.1.10": ""}, {BLANK: "", "1.1.10": ""})
    missing = {row.key.code for row in sheet().missing}
    assert BLANK not in missing
    assert "1.1.10" in missing


def test_emptying_a_cell_makes_it_missing_and_never_zero(post, draft, sheet):
    post({FILLED: ""}, {FILLED: "2"})
    assert FILLED in {row.key.code for row in sheet().missing}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("3O", "¿Quiso decir 30?"),
        ("1.200", "puede leerse de dos maneras"),
        ("-4", "Escriba una cantidad de 0 en adelante."),
        ("1.12345", "Escriba hasta cuatro decimales"),
        ("doce", "Escriba sólo números"),
    ],
)
def test_what_cannot_be_read_stays_as_typed_beside_the_reason(post, draft, typed, sentence):
    answer = post({BLANK: typed}, {BLANK: ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{typed}"' in page
    assert sentence in page
    assert cell(draft, BLANK) is None


def test_one_bad_cell_does_not_lose_the_good_ones(post, draft):
    post({BLANK: "x", "1.1.10": "4"}, {BLANK: "", "1.1.10": ""})
    assert cell(draft, "1.1.10")["value"] == "4"


def test_htmx_gets_the_row_and_the_new_counts(post, draft):
    page = post({BLANK: "4"}, {BLANK: ""}, htmx=True).content.decode()
    assert "<html" not in page
    assert page.count('name="annual-') == 1
    assert "Hay 12 celdas por completar" in page
    assert "faltan 12 celdas" in page


def test_what_htmx_shows_is_what_a_reload_shows(post, visit, draft):
    fragment = post({BLANK: "4"}, {BLANK: ""}, htmx=True).content.decode()
    page = visit.get(reverse("imports:review", args=[draft.pk]), {"ver": "todas"}).content.decode()
    row = fragment[fragment.index("<tr") : fragment.index("</tr>")]
    assert row in page


def test_a_product_can_be_marked_as_not_scheduled_and_back(post, draft, sheet):
    post({BLANK: ""}, {BLANK: ""}, mark=BLANK)
    assert cell(draft, BLANK)["value"] == "NP"
    assert len(sheet().missing) == 12
    post({BLANK: ""}, {BLANK: "NP"}, restore=BLANK)
    assert len(sheet().missing) == 13


def test_every_blank_can_be_marked_at_once(post, sheet):
    post(mark="en-blanco")
    found = sheet()
    assert not found.missing
    assert sum(not row.cell.is_scheduled for row in found.rows) == 13


def test_a_number_typed_over_not_scheduled_schedules_it(post, draft):
    post(mark=BLANK)
    post({BLANK: "3"}, {BLANK: "NP"})
    assert cell(draft, BLANK)["value"] == "3"


def test_a_row_left_alone_says_nothing(post, draft):
    post(mark=BLANK)
    version = PlanImport.objects.get().version
    post({BLANK: "", FILLED: "2"}, {BLANK: "NP", FILLED: "2"})
    assert PlanImport.objects.get().version == version


def test_a_number_of_the_report_can_be_changed_and_restored(post, draft, sheet):
    post({FILLED: "3"}, {FILLED: "2"})
    row = next(row for row in sheet().rows if row.key.code == FILLED)
    assert row.is_overwritten
    post({FILLED: "3"}, {FILLED: "3"}, restore=FILLED)
    assert cell(draft, FILLED)["value"] == "2"


def test_accepting_a_proposal_settles_its_warning(post, draft, sheet):
    before = sheet().warning_count
    post({UNEVEN: "2"}, {UNEVEN: "2"}, accept=UNEVEN)
    draft.refresh_from_db()
    assert draft.distribution == {UNEVEN: "|1||1"}
    assert sheet().warning_count == before - 1


def test_a_new_quantity_forgets_the_quarters_of_the_old_one(post, draft):
    post(accept=UNEVEN)
    post({UNEVEN: "3"}, {UNEVEN: "2"})
    draft.refresh_from_db()
    assert draft.distribution == {}


def test_continuing_with_blanks_explains_instead_of_passing(post):
    answer = post(next="1")
    assert answer.status_code == 422
    assert 'role="alert" data-autofocus' in answer.content.decode()


def test_continuing_without_blanks_goes_on(post, draft):
    answer = post(mark="en-blanco", next="1")
    assert answer["Location"] == reverse("imports:distribute", args=[draft.pk])


def test_a_forged_product_is_ignored(post, draft):
    post({"9.9.9": "4"}, {"9.9.9": ""}, mark="7.7.7")
    draft.refresh_from_db()
    assert draft.corrections == {}


class TestTwoEditors:
    @pytest.fixture
    def colleague_writes(self, draft, institution):
        colleague = make_user(Role.APPROVER, institution=institution, full_name="Óscar Paz")

        def write(cell: Cell, seen: str = "") -> None:
            save_cells(
                actor=colleague,
                access=access_of(colleague, on=date(2026, 10, 13)),
                import_id=draft.pk,
                changes=[CellChange(ProductKey.parse(BLANK), seen, cell)],
                at=AT,
            )

        return write

    def test_both_values_are_shown_and_none_is_lost(self, post, draft, colleague_writes):
        colleague_writes(Cell(25))
        answer = post({BLANK: "26"}, {BLANK: ""})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Óscar Paz cambió este dato a las 10:42" in page
        assert "ahora dice 25" in page
        assert 'value="26"' in page
        assert cell(draft, BLANK)["value"] == "25"

    def test_keeping_mine_is_sending_it_again(self, post, draft, colleague_writes):
        colleague_writes(Cell(25))
        post({BLANK: "26"}, {BLANK: "25"})
        assert cell(draft, BLANK)["value"] == "26"

    def test_the_same_value_twice_is_no_conflict(self, post, colleague_writes):
        colleague_writes(Cell(25))
        assert post({BLANK: "25"}, {BLANK: ""}).status_code == 302

    def test_marking_against_a_number_is_told(self, post, colleague_writes):
        colleague_writes(UNSCHEDULED)
        answer = post({BLANK: "4"}, {BLANK: ""})
        assert "ahora dice «No se programó»" in answer.content.decode()

    def test_other_cells_are_saved_beside_a_conflict(self, post, draft, colleague_writes):
        colleague_writes(Cell(25))
        post({BLANK: "26", "1.1.10": "2"}, {BLANK: "", "1.1.10": ""})
        assert cell(draft, "1.1.10")["value"] == "2"


class TestPuttingItAway:
    def test_a_draft_can_be_left_and_found_among_the_pending(self, visit, draft):
        page = visit.get(reverse("pending")).content.decode()
        assert "Terminar la importación del POA 2026" in page
        assert "Faltan 13 celdas por completar" in page

    def test_a_discarded_draft_is_no_longer_pending(self, visit, draft):
        visit.post(reverse("imports:discard", args=[draft.pk]))
        draft.refresh_from_db()
        assert draft.state == PlanImport.State.DISCARDED
        assert "Terminar la importación" not in visit.get(reverse("pending")).content.decode()

    def test_what_was_discarded_is_not_corrected(self, post, draft, registrar, access):
        discard_import(actor=registrar, access=access, import_id=draft.pk, at=AT)
        assert post({BLANK: "4"}, {BLANK: ""})["Location"] == reverse("imports:start")
        with pytest.raises(ClosedImportError, match="descartada"):
            save_cells(actor=registrar, access=access, import_id=draft.pk, changes=[], at=AT)

    def test_discarding_twice_is_harmless(self, visit, draft):
        address = reverse("imports:discard", args=[draft.pk])
        visit.post(address)
        assert visit.post(address)["Location"] == reverse("imports:start")
