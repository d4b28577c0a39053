"""The people of a mesa in the browser: accredit, refuse a fourth, substitute, form a group."""

import re

from playwright.sync_api import expect

SCREENS = (
    "/mesas",
    "/mesas/salud",
    "/mesas/vivienda",
    "/mesas/salud/miembros",
    "/mesas/salud/miembros?nivel=politico",
    "/mesas/salud/miembros/acreditar?institucion=SC10",
    "/mesas/salud/miembros/designar",
    "/mesas/salud/grupos",
    "/mesas/salud/grupos/nuevo",
)


def fill(page, **fields: str) -> None:
    for label, text in fields.items():
        page.get_by_label(LABELS[label], exact=True).fill(text)


LABELS = {
    "name": "Nombre completo",
    "post": "Cargo",
    "phone": "Teléfono",
    "email": "Correo",
    "letter": "Oficio de acreditación",
}


def test_every_screen_of_the_people_is_for_everybody(visit):
    for width in (1440, 390):
        karla = visit("Karla Mejía", width=width)
        for address in SCREENS:
            karla.open(address)
            karla.assert_accessible()


def test_pictures_of_a_mesa(visit):
    marta, phone, karla = visit("Marta Zúniga"), visit("Marta Zúniga", width=390), visit("Héctor")
    marta.open("/mesas/salud")
    expect(marta.page.get_by_role("heading", level=1)).to_contain_text("Salud:")
    marta.picture("mesa-resumen", full=True)
    phone.open("/mesas/salud")
    phone.picture("mesa-resumen-telefono")
    karla.open("/mesas")
    karla.picture("mesas-lista")
    karla.open("/mesas/salud/miembros")
    karla.picture("mesa-miembros")
    karla.open("/mesas/vivienda/miembros")
    karla.picture("mesa-sin-constituir")


def test_an_institution_accredits_and_a_fourth_is_refused_with_its_ways_out(visit):
    oscar = visit("Óscar Rivera")
    page = oscar.page
    oscar.open("/mesas/salud/miembros")
    page.get_by_role("link", name="Pasar del máximo").click()
    heading = page.get_by_role("heading", name="SESAL ya tiene 3.")
    expect(heading).to_contain_text("Sustituya a alguien o pida excepción")
    oscar.picture("mesa-cuarto-acreditado")
    page.get_by_label("A quién quiere acreditar").fill("Lidia Flores")
    page.get_by_label("Cargo").fill("Compras")
    page.get_by_label("Por qué hace falta").fill("Responde por la compra de medicamentos.")
    page.get_by_role("button", name="Pedir excepción").click()
    expect(page.get_by_text("Petición enviada a la analista de DIGER")).to_be_visible()
    karla = visit("Karla Mejía")
    karla.open("/avisos")
    notice = "SESAL pide acreditar a una persona más en la mesa de Salud"
    expect(karla.page.get_by_text(notice).first).to_be_visible()


def test_diger_accredits_by_letter_and_twice_is_told(visit):
    karla = visit("Karla Mejía")
    page = karla.page
    karla.open("/mesas/vivienda/miembros")
    expect(page.get_by_text(re.compile("Falta acreditar: FOMEVI"))).to_be_visible()
    for _time in range(2):
        karla.open("/mesas/vivienda/miembros/acreditar?institucion=FIC14")
        fill(
            page,
            name="Lidia Flores",
            post="Dirección de la UPGRET",
            phone="+504 2200-1234",
            email="lidia.flores@demo.hn",
            letter=f"Oficio FOMEVI-0{_time}-2026",
        )
        page.get_by_role("button", name="Acreditar").click()
    expect(page.get_by_text("Lidia Flores ya está en esta mesa por FOMEVI")).to_be_visible()
    karla.assert_accessible()
    karla.open("/mesas/vivienda/miembros")
    expect(page.get_by_text(re.compile("Falta acreditar: FOMEVI"))).to_have_count(0)


def test_diger_designates_who_is_lacking_and_the_mesa_is_constituted(visit):
    karla = visit("Karla Mejía")
    page = karla.page
    karla.open("/mesas/vivienda/miembros")
    page.get_by_role("link", name="Designar", exact=True).first.click()
    page.get_by_role("button", name="Registrar la designación").click()
    expect(page.get_by_text("Escriba el acto que la designa.")).to_be_visible()
    page.get_by_label("Correo").fill("delia.reyes@demo.hn")
    page.get_by_label("Nombre completo").fill("Delia Reyes")
    page.locator("[name=institution]").select_option(index=1)
    page.get_by_label("Acto de designación").fill("Oficio SP-044-2026")
    page.get_by_label("Desde").fill("2026-10-12")
    karla.assert_accessible()
    page.get_by_role("button", name="Registrar la designación").click()
    expect(page.get_by_text("Delia Reyes: designación registrada")).to_be_visible()
    for place, person in (("BANHPROVI", "Elsa Varela"), ("FOSOVI", "Raúl Zepeda")):
        page.get_by_role("link", name=f"Acreditar a alguien de {place}").click()
        fill(
            page,
            name=person,
            post="Dirección de la UPGRET",
            phone="+504 2200-7788",
            email=f"{place.lower()}@demo.hn",
            letter=f"Oficio {place}-9-2026",
        )
        page.get_by_role("button", name="Acreditar").click()
    expect(page.get_by_text("Nada falta: la mesa puede constituirse")).to_be_visible()
    karla.assert_accessible()
    page.get_by_label("Acta de constitución").fill("Acta 1-2026")
    page.get_by_label("Constituida el").fill("2026-10-13")
    page.get_by_role("button", name="Constituir la mesa").click()
    expect(page.get_by_text("La mesa quedó constituida. Ya puede convocar.")).to_be_visible()
    karla.assert_accessible()


def test_a_member_is_substituted_from_a_phone(visit):
    karla = visit("Karla Mejía", width=390)
    page = karla.page
    karla.open("/mesas/vivienda/miembros")
    page.get_by_role("link", name="Sustituir a Belinda").or_(
        page.get_by_role("link", name=re.compile("Sustituir a"))
    ).last.click()
    page.get_by_label("Por qué sale quien estaba").fill("Cambió de puesto.")
    fill(
        page,
        name="Nora Discua",
        phone="+504 2200-4321",
        email="nora.discua@demo.hn",
        letter="Oficio 88-2026",
    )
    page.get_by_role("button", name="Sustituir").click()
    expect(page.get_by_text(re.compile("Nora Discua sustituye a"))).to_be_visible()
    karla.assert_accessible()


def test_the_coordination_forms_a_group_by_keyboard(visit):
    marta = visit("Marta Zúniga")
    page = marta.page
    marta.open("/mesas/salud/grupos")
    page.get_by_role("link", name="Formar un grupo").press("Enter")
    page.get_by_label("Nombre del grupo").fill("Personal de quirófanos")
    page.get_by_label("Qué analiza").fill("Turnos y plazas de anestesia.")
    page.get_by_label("Qué entrega").fill("Propuesta de turnos")
    page.get_by_label("Entrega a más tardar").fill("2026-11-20")
    page.get_by_role("checkbox").first.press("Space")
    page.get_by_role("button", name="Formar el grupo").press("Enter")
    expect(page.get_by_text("Grupo «Personal de quirófanos» formado.")).to_be_visible()
    marta.assert_accessible()


def test_who_is_outside_is_told_who_reads_a_mesa(visit):
    marta = visit("Marta Zúniga")
    answer = marta.open("/mesas/vivienda")
    assert answer.status == 403
    expect(marta.page.get_by_text("Pida a DIGER que le acrediten")).to_be_visible()
