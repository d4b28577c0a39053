"""The main job, with a real browser: a plan comes in, a quarter is reported, reviewed and closed.

The tests of this file follow one another: each leaves the country as the next one needs it.
"""

import re

import pytest

from tests.repository.sources import ROOT

FIXTURE = ROOT / "tests" / "intake" / "fixtures" / "plan.txt"
REPORT = "/i/414/2026/t3/reporte"
AFTER_THE_DEADLINE = "2026-10-19T09:00-06:00"


@pytest.fixture(scope="module")
def plan_file(tmp_path_factory):
    """The invented report of the readers' tests, as institution 414 would print it."""
    text = FIXTURE.read_text(encoding="utf-8")
    text = re.sub(
        r"Institución: 912 - .*", "Institución: 414 - Dirección de Gestión por Resultados", text
    )
    path = tmp_path_factory.mktemp("plan") / "R00822953.txt"
    path.write_text(text, encoding="utf-8")
    return path


class Clicks:
    """Counts what the journey asks of a person, as the design does: pointer or key on a control."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, control) -> None:
        self.count += 1
        control.click()


def button(visitor, words: str):
    return visitor.page.get_by_role("button", name=re.compile(words)).first


def test_a_planner_imports_the_plan_in_seven_clicks(visit, plan_file):
    luis, clicks = visit("Luis Benítez"), Clicks()
    luis.picture("pendientes")
    clicks.on(luis.page.get_by_role("link", name="Importar", exact=True))
    clicks.count += 1
    luis.page.locator("input[type=file]").set_input_files(plan_file)
    clicks.on(button(luis, "Subir y revisar"))
    luis.page.get_by_role("heading", name=re.compile("Revise lo que leímos")).wait_for()
    luis.assert_accessible()
    luis.picture("importar")
    clicks.on(button(luis, "Marcar las 13 como"))
    luis.page.wait_for_load_state("networkidle")
    clicks.on(button(luis, "Continuar"))
    luis.page.wait_for_url(re.compile("/distribuir"))
    luis.assert_accessible()
    luis.picture("distribuir")
    clicks.on(button(luis, "Aceptar todo y continuar"))
    luis.page.wait_for_url(re.compile("/confirmar"))
    luis.assert_accessible()
    clicks.on(button(luis, "Confirmar"))
    luis.page.wait_for_url(re.compile("/poa/2026/414"))
    luis.assert_accessible()
    luis.picture("poa")
    assert clicks.count <= 7


def test_importing_the_same_plan_again_changes_nothing(visit, plan_file):
    luis = visit("Luis Benítez")
    luis.open("/importar")
    luis.page.locator("input[type=file]").set_input_files(plan_file)
    button(luis, "Subir y revisar").click()
    luis.page.wait_for_load_state()
    assert "No hay cambios" in luis.page.locator("main").inner_text()
    luis.assert_accessible()


def test_a_planner_reports_what_is_due_in_four_clicks(visit):
    luis, clicks = visit("Luis Benítez"), Clicks()
    # The plan that came in the middle of the year waits to be sent too: here it is the report.
    tasks = luis.page.locator("main a[href$='/reporte']")
    clicks.on(tasks.filter(has_text=re.compile("Continuar|Empezar|Completar")).first)
    luis.page.wait_for_url(re.compile("/reporte"))
    luis.assert_accessible()
    cells = luis.page.locator("main table input.cell")
    assert cells.count() >= 17
    luis.picture("reporte-vacio")
    for number in range(cells.count()):
        cell = cells.nth(number)
        planned = cell.locator("xpath=ancestor::tr[1]").locator("td.strong").inner_text()
        cell.fill(planned.strip())
        cell.press("Enter")
    luis.page.wait_for_load_state("networkidle")
    explain_what_needs_it(luis)
    luis.picture("reporte")
    clicks.on(luis.page.get_by_role("button", name=re.compile("Revisar y enviar")))
    luis.page.wait_for_url(re.compile("/enviar"))
    luis.assert_accessible()
    luis.page.locator("main input[type=checkbox]").first.check()
    clicks.count += 1
    clicks.on(luis.page.get_by_role("button", name=re.compile("Enviar a aprobación")))
    luis.page.get_by_text("Aprueba Julia Maradiaga").first.wait_for()
    luis.assert_accessible()
    assert clicks.count <= 4


def test_the_head_authority_approves_it_in_two_clicks(visit):
    julia, clicks = visit("Julia Maradiaga"), Clicks()
    clicks.on(julia.page.get_by_role("link", name="Revisar y aprobar"))
    julia.page.wait_for_url(re.compile("/enviar"))
    julia.assert_accessible()
    julia.picture("aprobar")
    julia.page.locator("main input[type=checkbox]").first.check()
    clicks.on(button(julia, "Aprobar y enviar a DIGER"))
    julia.page.get_by_text(re.compile("Comprobante")).first.wait_for()
    julia.assert_accessible()
    julia.picture("comprobante")
    assert clicks.count <= 2


def explain_what_needs_it(luis) -> None:
    """Rows outside 90-120 % ask for a cause; here each gets one."""
    for _attempt in range(40):
        empty = luis.page.locator("main table select:visible").filter(
            has=luis.page.locator("option[value='']:checked")
        )
        if not empty.count():
            return
        row = empty.first.locator("xpath=ancestor::tr[1]")
        row.locator("textarea, input[type=text]").first.fill("Se adelantó la compra de equipo.")
        empty.first.select_option(index=1)
        luis.page.wait_for_timeout(300)


def test_diger_validates_everything_that_was_sent(visit):
    karla = visit("Karla Mejía")
    karla.open("/validar")
    karla.assert_accessible()
    karla.picture("validar-lista")
    addresses = karla.page.get_by_role("link", name=re.compile("^Revisar")).evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert addresses
    for number, address in enumerate(addresses):
        karla.open(address)
        if number == 0:
            karla.assert_accessible()
        validate_all(karla)
    karla.open("/validar")
    karla.page.get_by_text("Nada por validar").first.wait_for()
    karla.assert_accessible()


def validate_all(karla) -> None:
    """The clean rows at once, the others one by one with the keyboard."""
    for drawn in karla.page.locator("a[data-sampled]").evaluate_all(
        "links => links.map(link => link.href)"
    ):
        karla.page.goto(drawn)
    clean = karla.page.get_by_role("button", name=re.compile(r"Validar (el único|los \d+) sin"))
    if clean.count():
        clean.first.click()
        karla.page.wait_for_load_state()
    for _attempt in range(60):
        button = karla.page.locator("button[data-shortcut=v]")
        if not button.count():
            return
        button.first.click()
        karla.page.wait_for_load_state()


def test_two_people_close_the_quarter(visit, site):
    site.start(now=AFTER_THE_DEADLINE)
    for person, words in (("Rosa Elvir", "Confirmar lo que vi"), ("Héctor Paz", "Cerrar el III")):
        administrator = visit(person)
        administrator.open("/cierre/2026/t3")
        administrator.assert_accessible()
        administrator.picture("cierre")
        administrator.page.get_by_label(re.compile("Escriba CERRAR")).fill(
            "CERRAR III TRIMESTRE 2026"
        )
        administrator.page.locator("main input[type=checkbox]").check()
        administrator.page.get_by_role("button", name=re.compile(words)).click(timeout=120_000)
        administrator.page.wait_for_load_state()
    administrator.page.get_by_role("heading", name="Huella del cierre").wait_for(timeout=60_000)
    administrator.assert_accessible()


def test_the_closed_quarter_is_on_the_board(visit):
    president = visit("Despacho Presidencial")
    president.assert_accessible()
    assert "Preliminar" not in president.page.locator("main").inner_text()
    president.picture("tablero")
    president.page.locator("main a[href^='/metas/']").first.click()
    president.page.wait_for_load_state()
    president.assert_accessible()
    president.picture("meta")


def test_the_grade_opens_down_to_the_reported_value(visit):
    auditor = visit("Rosa Aguilera")
    auditor.open("/evaluacion/060/2026/t3")
    auditor.page.locator("main details summary, main [aria-expanded]").first.click()
    auditor.assert_accessible()
    auditor.picture("evaluacion")
    text = auditor.page.locator("main").inner_text()
    assert "Óscar Rivera" in text or "III trim" in text


def test_citizens_see_the_closed_quarter(visit):
    citizen = visit()
    citizen.open("/")
    assert "III trimestre de 2026" in citizen.page.locator("main").inner_text().replace(
        "\u00a0", " "
    )
    citizen.picture("portal")
    citizen.open("/promesas?estado=behind")
    citizen.page.locator(".promise-list a").first.click()
    citizen.page.wait_for_load_state()
    citizen.assert_accessible()
    citizen.picture("promesa")
    citizen.page.get_by_text("¿Por qué este estado?").click()
    assert "%" in citizen.page.locator("main").inner_text()


def test_after_the_closing_the_report_can_only_be_read(visit):
    luis = visit("Luis Benítez")
    luis.open(REPORT)
    assert "cerró" in luis.page.locator("main").inner_text()
    assert luis.page.locator("main table input.cell").count() == 0
    luis.assert_accessible()
