"""A plan sent, approved, returned and accepted; and a locked one changed, in front of everybody."""

import re

from tests.factories.evidence import picture

PLAN = "/poa/2027/414"


def test_a_plan_goes_through_its_steps_and_a_locked_one_changes(visit):
    send_the_plan(visit("Luis Benítez"))
    approve_the_plan(visit("Julia Maradiaga"))
    karla = visit("Karla Mejía")
    accept_the_plan(karla)
    return_another_with_an_observation(karla)
    remind_after_reading(karla)
    approve_a_change_by_phone(visit("Sofía Lanza", width=390))
    accept_the_change(karla)
    ask_for_a_change(visit("Óscar Rivera"))


def send_the_plan(visitor):
    page = visitor.page
    visitor.open(f"{PLAN}/enviar")
    visitor.assert_accessible()
    visitor.picture("plan-enviar")
    page.get_by_label("Qué cambia en esta versión").fill("Formulación de 2027")
    page.get_by_role("button", name="Enviar el plan").click()
    page.get_by_text("El plan se envió a la máxima autoridad.").wait_for()
    page.get_by_role("heading", name=re.compile("espera a la máxima autoridad")).wait_for()


def approve_the_plan(visitor):
    page = visitor.page
    visitor.open(f"{PLAN}/revision")
    page.get_by_role("button", name="Aprobar el plan").click()
    page.get_by_text("Ahora decide DIGER.").first.wait_for()


def accept_the_plan(visitor):
    page = visitor.page
    visitor.open(f"{PLAN}/revision")
    visitor.assert_accessible()
    page.get_by_role("button", name="Aceptar el plan").click()
    page.get_by_text("El plan quedó aceptado.").wait_for()


def return_another_with_an_observation(visitor):
    page = visitor.page
    visitor.open("/poa/2027/SC31/revision")
    page.get_by_text(re.compile(r"^Observar \d")).first.click()
    page.locator("textarea:visible[name=text]").fill("Explique de dónde sale esta cantidad.")
    page.get_by_role("button", name="Guardar la observación").locator("visible=true").click()
    page.get_by_text("Explique de dónde sale esta cantidad.").first.wait_for()
    visitor.assert_accessible()
    visitor.picture("plan-revision")
    page.get_by_role("button", name="Devolver con 1 observación").click()
    page.get_by_text("El plan se devolvió a la institución.").wait_for()
    visitor.open("/poa/2027/SC31/versiones?de=1&a=2")
    page.get_by_role("heading", name=re.compile("de la versión 1 a la 2")).wait_for()
    visitor.assert_accessible()
    visitor.picture("plan-versiones")


def remind_after_reading(visitor):
    page = visitor.page
    visitor.open("/poa/2027?ver=borrador")
    visitor.assert_accessible()
    visitor.picture("planes-estado")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Recordar a las marcadas").click()
    page.get_by_role("heading", name="Recordar a 1 institución su plan 2027").wait_for()
    page.get_by_role("button", name="Enviar el recordatorio").click()
    page.get_by_text("Se recordó a 1 institución.").wait_for()


def approve_a_change_by_phone(visitor):
    page = visitor.page
    visitor.open("/poa/2026/SC33/cambios")
    page.get_by_role("link", name="N.º 1").click()
    page.get_by_role("button", name="Aprobar la solicitud").wait_for()
    visitor.assert_accessible()
    visitor.picture("cambio-telefono")
    page.get_by_role("button", name="Aprobar la solicitud").click()
    page.get_by_text("La solicitud quedó aprobada.").wait_for()


def accept_the_change(visitor):
    page = visitor.page
    visitor.open("/poa/2026/SC31/cambios")
    page.get_by_role("link", name="N.º 1").click()
    page.get_by_role("link", name="dictamen-legal.txt").wait_for()
    visitor.assert_accessible()
    visitor.picture("cambio-por-decidir", full=True)
    visitor.open("/poa/2026/SC33/cambios")
    page.get_by_role("link", name="N.º 1").click()
    page.get_by_role("button", name="Aceptar el cambio").click()
    page.get_by_text("El cambio se aceptó").first.wait_for()
    visitor.open("/reprogramaciones")
    page.get_by_role("heading", name="Secretaría de Turismo").wait_for()
    visitor.assert_accessible()
    visitor.picture("reprogramaciones")


def ask_for_a_change(visitor):
    page = visitor.page
    visitor.open("/poa/2026/060/cambios")
    page.get_by_role("link", name="Continuar la solicitud").click()
    page.get_by_role("heading", name=re.compile("hay un cambio en preparación")).wait_for()
    page.get_by_label("Motivo del cambio").fill("La compra se adjudicó en octubre.")
    paper = {"name": "dictamen-juridico.png", "mimeType": "image/png", "buffer": picture()}
    page.get_by_label("Dictamen u otro documento").set_input_files([paper])
    page.get_by_label("Publicarlo si el cambio se acepta").check()
    page.get_by_role("button", name="Adjuntar").click()
    page.get_by_text("1 documento adjunto.").wait_for()
    visitor.assert_accessible()
    visitor.picture("cambio-en-preparacion", full=True)
    page.get_by_role("button", name="Elegir").click()
    page.get_by_label("Producción anual").wait_for()
    page.get_by_label("IV trimestre").fill("-1")
    page.get_by_role("button", name="Ponerlo en la solicitud").click()
    page.get_by_text("cero o más").wait_for()
    assert page.get_by_label("Motivo del cambio").input_value()  # typed before, and kept
    page.get_by_role("button", name="Enviar a la máxima autoridad").click()
    page.get_by_text("La solicitud se envió a la máxima autoridad.").wait_for()
