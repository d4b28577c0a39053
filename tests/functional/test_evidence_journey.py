"""Evidence, with a real browser: dropped many at once, matched by code, looked at by a reviewer.

The tests of this file follow one another on the report of institution 414.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.intake.evidence_files import located_photo, pdf, workbook

REPORT = "/i/414/2026/t3/reporte"
CODES = ("MI-414-02", "MI-414-05", "MI-414-08")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A PDF, a workbook and a photograph named by their code, one without it, and a program."""
    folder = tmp_path_factory.mktemp("proofs")
    made = {
        f"{CODES[0]} Lista de asistencia.pdf": pdf(pages=2),
        f"{CODES[1].replace('-', '_')} inventario.xlsx": workbook(),
        f"{CODES[2].lower()} foto.jpg": located_photo(size=(600, 400)),
        "acta sin código.pdf": pdf(pages=3),
        "programa.pdf": b"MZ\x90\x00\x03" + b"\x00" * 90,
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in made]


def count_of(visitor, code: str) -> str:
    row = visitor.page.locator("tbody", has=visitor.page.locator(f"td.code:text-is('{code}')"))
    return row.locator(".evidence-cell").inner_text().strip()


def expect_count(row, number: int) -> None:
    """The codes have digits of their own, so the number must be the first thing said."""
    expect(row.locator(".evidence-link")).to_have_text(re.compile(rf"^\s*{number}\s"))


def test_many_files_are_dropped_and_confirmed_in_one_click(visit, files):
    luis = visit("Luis Benítez")
    luis.open(REPORT)
    luis.page.locator("#evidencia-archivos").set_input_files(files)
    lines = luis.page.locator(".evidence-lines > li")
    expect(lines.locator("select")).to_have_count(4, timeout=30_000)
    refused = lines.filter(has_text="programa.pdf")
    expect(refused).to_contain_text("Es un programa y no se acepta")
    expect(lines.filter(has_text="acta sin código")).to_contain_text("no trae el código")
    for code, line in zip(CODES, range(3), strict=True):
        chosen = lines.nth(line).locator("option:checked")
        expect(chosen).to_contain_text(code)
    luis.assert_accessible()
    luis.picture("evidencias-coincidencias")
    confirm = luis.page.get_by_role("button", name="Confirmar coincidencias")
    expect(confirm).to_be_focused()
    luis.page.keyboard.press("Enter")
    luis.page.wait_for_url(re.compile(r"/reporte$"))
    expect(luis.page.locator("#messages")).to_contain_text("3 archivos adjuntos")
    for code in CODES:
        assert count_of(luis, code).startswith("1")


def test_one_file_too_many_waits_its_turn_and_goes_by_itself(visit, files):
    """The server says when; nobody has to choose the file again, nor the ones that follow."""
    luis = visit("Luis Benítez")
    luis.open(REPORT)
    refused = []

    def answer(route):
        if refused:
            route.continue_()
        else:
            refused.append(route.request.url)
            route.fulfill(status=429, headers={"Retry-After": "2"}, body="Espere un minuto.")

    luis.page.route("**/evidencia", answer)
    luis.page.locator("#evidencia-archivos").set_input_files([files[0], files[4]])
    lines = luis.page.locator(".evidence-lines > li")
    expect(lines.first).to_contain_text("éste espera su turno y se envía solo")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text("Ya existe como")
    expect(lines.nth(1)).to_contain_text("Es un programa y no se acepta")
    expect(luis.page.get_by_role("button", name="Confirmar coincidencias")).to_be_focused()
    assert len(refused) == 1
    luis.assert_accessible()


def test_a_file_let_go_over_the_page_is_taken(visit):
    luis = visit("Luis Benítez")
    luis.open(REPORT)
    dropped = luis.page.evaluate_handle(
        """code => {
            const dropped = new DataTransfer();
            dropped.items.add(new File(["codigo,total\\n1,2\\n"], `${code} datos.csv`));
            return dropped;
        }""",
        CODES[0],
    )
    luis.page.dispatch_event("h1", "drop", {"dataTransfer": dropped})
    line = luis.page.locator(".evidence-lines > li")
    expect(line.locator("option:checked")).to_contain_text(CODES[0])
    expect(line).to_contain_text("CSV")


def test_the_files_of_a_row_come_and_go_beside_it(visit, files):
    luis = visit("Luis Benítez")
    luis.open(f"{REPORT}?dato=")
    row = luis.page.locator("tbody", has=luis.page.locator(f"td.code:text-is('{CODES[1]}')"))
    row.locator(".evidence-link").click()
    panel = luis.page.locator("#evidencia")
    expect(panel.locator("#evidencia-fila-donde")).to_contain_text(CODES[1])
    expect(panel.locator(".file-list").first).to_contain_text("inventario.xlsx")
    luis.page.locator("#evidencia-fila").set_input_files(files[3])
    expect(panel.locator(".file-list").first).to_contain_text("acta sin código.pdf")
    expect_count(row, 2)
    # The bar at the foot of the window covers whatever happens to stand under it.
    panel.evaluate("panel => panel.scrollIntoView({ block: 'center' })")
    luis.assert_accessible()
    panel.get_by_role("button", name=re.compile("Quitar.*acta sin código")).click()
    expect_count(row, 1)
    panel.get_by_text("Usar un archivo que ya subió").click()
    panel.get_by_role("button", name=re.compile("Usar aquí.*acta sin código")).click()
    expect_count(row, 2)


def test_a_value_written_after_its_evidence_does_not_collide(visit, files):
    luis = visit("Luis Benítez")
    luis.open(REPORT)
    row = luis.page.locator("tbody", has=luis.page.locator(f"td.code:text-is('{CODES[2]}')"))
    row.locator(".evidence-link").click()
    expect(luis.page.locator("#evidencia-fila-donde")).to_contain_text(CODES[2])
    luis.page.locator("#evidencia-fila").set_input_files(files[0])
    expect_count(row, 2)
    before = row.locator("input.cell").input_value()
    row.locator("input.cell").fill("40")
    row.locator("input.cell").press("Tab")
    expect(luis.page.locator("[data-save-state]")).to_contain_text("Guardado")
    expect(luis.page.locator(".conflict")).to_have_count(0)
    if not before:
        row.locator("input.cell").fill("")
        row.locator("input.cell").press("Tab")
        luis.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_library_finds_and_replaces(visit, width):
    luis = visit("Luis Benítez", width=width)
    luis.open("/evidencias")
    expect(luis.page.get_by_role("heading", level=1)).to_contain_text("evidencias")
    luis.assert_accessible()
    if width > 800:
        luis.picture("evidencias")
    luis.page.get_by_role("link", name=f"{CODES[0]} Lista de asistencia.pdf").click()
    picture = luis.page.locator(".paper img")
    picture.evaluate("image => image.decode()")
    assert picture.evaluate("image => image.naturalWidth") > 400
    luis.page.get_by_role("link", name="Página siguiente").click()
    expect(luis.page.locator(".turn")).to_contain_text("2 de 2")
    luis.assert_accessible()


def test_an_evidence_is_reserved_with_its_ground(visit):
    luis = visit("Luis Benítez")
    luis.open("/evidencias")
    luis.page.get_by_role("link", name=re.compile("inventario.xlsx")).click()
    luis.page.get_by_role("button", name="Reservar").click()
    expect(luis.page.get_by_role("alert")).to_contain_text("fundamento legal")
    ground = "Decreto 170-2006, artículo 24: contiene datos personales."
    luis.page.get_by_label("Fundamento legal").fill(ground)
    luis.page.get_by_role("button", name="Reservar").click()
    expect(luis.page.locator(".checks")).to_contain_text(ground)
    luis.assert_accessible()
    luis.page.get_by_role("button", name="Levantar la reserva").click()
    expect(luis.page.locator("#messages")).to_contain_text("se levantó")


def test_everything_works_without_a_script(site, browser, files):
    context = browser.new_context(java_script_enabled=False, locale="es-HN")
    page = context.new_page()
    page.goto(f"{site.url}/ingresar/")
    page.get_by_role("button", name="Luis Benítez").first.click()
    page.goto(site.url + REPORT)
    page.locator("#evidencia-archivos").set_input_files([files[0], files[4]])
    page.get_by_role("button", name="Subir", exact=True).click()
    text = page.locator("main").inner_text()
    assert "Ya existe como" in text
    assert "Es un programa y no se acepta" in text
    page.get_by_role("button", name="Confirmar coincidencias").click()
    assert "/reporte" in page.url
    context.close()


def test_a_reviewer_turns_the_pages_of_the_evidence(visit):
    karla = visit("Karla Mejía")
    karla.open("/validar")
    karla.page.locator("a[href^='/validar/']").first.click()
    entries = karla.page.locator("[data-review-entry]")
    for place in range(min(entries.count(), 12)):
        entries.nth(place).click()
        karla.page.wait_for_load_state()
        if karla.page.locator(".evidence-viewer .paper img").count():
            break
    viewer = karla.page.locator(".evidence-viewer")
    viewer.locator(".paper img").evaluate("image => image.decode()")
    expect(viewer).to_contain_text("el archivo no ha cambiado")
    karla.assert_accessible()
    if viewer.get_by_role("link", name="Página siguiente").count():
        viewer.get_by_role("link", name="Página siguiente").click()
        expect(viewer.locator(".turn")).to_contain_text("2 de 2")
    with karla.page.expect_download() as download:
        viewer.get_by_role("link", name="Abrir completo").click()
    assert download.value.suggested_filename
