"""A group is picked, a letter is tried, a conformity is proved, evidence is shown again."""

import re

import psycopg
import pytest
from playwright.sync_api import expect

MESA = "/mesas/salud"
#: Who answers for agreement 7.1, has an account and came to the session.
OWNER = "Óscar Rivera"


def asked(site, sql: str, *values):
    with psycopg.connect(site.environment["DATABASE_URL"]) as connection:
        return connection.execute(sql, values).fetchall()


@pytest.fixture(scope="module")
def link(site) -> str:
    """The page of the conformity of who answers for 7.1."""
    rows = asked(
        site,
        "SELECT conformity_key FROM mesas_participant p "
        "JOIN mesas_meeting g ON g.id = p.meeting_id "
        "JOIN mesas_mesa m ON m.id = g.mesa_id JOIN institutions_sector s ON s.id = m.sector_id "
        "WHERE s.slug = 'salud' AND g.number = 7 AND p.full_name = %s",
        OWNER,
    )
    return f"/c/{rows[0][0]}"


@pytest.mark.parametrize("width", [1440, 390])
def test_a_group_is_picked_and_its_people_and_topic_take_their_place(visit, width):
    marta = visit("Marta Zúniga", width=width)
    marta.open(f"{MESA}/convocar")
    page = marta.page
    group = "Grupo «Abastecimiento de medicamentos»"
    page.get_by_label("Quiénes se reúnen").select_option(label=group)
    expect(page.get_by_text("Se proponen quienes integran el grupo")).to_be_visible()
    expect(page.locator("#send-label")).to_have_text(re.compile(r"Enviar a \d personas"))
    topic = page.get_by_role("checkbox", name=re.compile("Propuesta de compra conjunta"))
    expect(topic).to_be_checked()
    expect(page.get_by_role("alert")).to_have_count(0)
    # What stands half under the bar that stays is not too small a target: the whole page is seen.
    page.set_viewport_size({"width": width, "height": 4200})
    marta.assert_accessible()
    page.set_viewport_size({"width": width, "height": 900})
    marta.picture("mesa-convocar-grupo" if width > 800 else "mesa-convocar-grupo-telefono")


def test_a_letter_is_tried_by_oneself_and_by_nobody_else(visit, site):
    marta = visit("Marta Zúniga")
    marta.open(f"{MESA}/convocar")
    page = marta.page
    page.locator('[name=day][value="2026-10-23"]').locator("xpath=..").click()
    page.wait_for_selector("#notice .good")
    page.get_by_role("button", name="Enviarme una prueba").click()
    told = page.get_by_text("Prueba enviada a marta.zuniga@demo.hn. A nadie más se le ha enviado")
    expect(told).to_be_visible()
    marta.picture("mesa-prueba")
    sent = asked(
        site,
        "SELECT count(*) FROM mesas_sending d JOIN mesas_participant p ON p.id = d.participant_id "
        "JOIN mesas_meeting g ON g.id = p.meeting_id WHERE g.state = 'prepared'",
    )
    assert sent == [(0,)]
    page.get_by_role("link", name="Descartarlo").or_(
        page.get_by_role("button", name="Descartarlo")
    ).click()


def test_who_agrees_on_a_phone_keeps_the_proof_and_goes_on_to_what_is_theirs(visit, site, link):
    phone = visit(width=390)
    phone.open(link)
    page = phone.page
    conform = page.get_by_role("button", name="Doy mi conformidad")
    if conform.count():
        conform.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("quedó registrada")
    expect(page.get_by_text(re.compile(r"quedan \d+ días"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"PDF, \d+ páginas?, \d+\sKB"))).to_be_visible()
    phone.assert_accessible()
    phone.picture("mesa-ya-lo-cumpli", full=True)
    proof = page.get_by_role("link", name="Constancia de su conformidad")
    data = phone.context.request.get(site.url + proof.get_attribute("href"))
    assert data.headers["content-type"] == "application/pdf"
    assert data.body().startswith(b"%PDF")
    page.get_by_role("link", name="Ya lo cumplí").click()
    expect(page).to_have_url(re.compile("/ingresar/.*next="))


def test_whoever_answers_fulfils_it_with_evidence_that_is_already_there(visit, link):
    oscar = visit(OWNER, width=390)
    oscar.open(link)
    page = oscar.page
    page.get_by_role("link", name="Ya lo cumplí").click()
    form = page.locator("form[action$='/cumplir']")
    expect(form.get_by_label("Resultado")).to_be_visible()
    chooser = form.get_by_label("O una evidencia que la institución ya tiene")
    expect(chooser).to_be_visible()
    assert chooser.locator("option").count() > 1
    oscar.assert_accessible()
    chooser.scroll_into_view_if_needed()
    oscar.picture("mesa-acuerdo-evidencia")
