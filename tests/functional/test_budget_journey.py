"""The money of a plan: its network, what a product costs, later years and a tighter ceiling."""

import re

import pytest

PLAN, MONEY = "/poa/2027/060", "/presupuesto/2027/060"


@pytest.mark.parametrize("place", [MONEY, f"{PLAN}/matriz", f"{PLAN}/escenarios"])
def test_money_is_read_on_a_telephone(visit, place):
    visitor = visit("Óscar Rivera", width=390)
    visitor.open(place)
    visitor.assert_accessible()


def test_a_category_is_renamed_and_apportioned(visit):
    oscar = visit("Óscar Rivera")
    page = oscar.page
    oscar.open(MONEY)
    page.get_by_role("link", name="Editar 11-00-000-001").click()
    page.get_by_label("Nombre", exact=True).first.fill("Vacunas y cadena de frío")
    page.get_by_role("button", name="Guardar la categoría").press("Enter")
    page.get_by_text("Guardado.").wait_for()
    assert page.locator(".network").get_by_text("Vacunas y cadena de frío").count() == 1
    share = page.locator(".share input").first
    share.fill("101")
    page.get_by_role("button", name="Guardar el reparto").press("Enter")
    page.get_by_role("alert").wait_for()
    assert share.input_value() == "101"
    oscar.assert_accessible()
    share.fill("60")
    page.get_by_role("button", name="Guardar el reparto").press("Enter")
    page.get_by_text("toma 60").wait_for()
    oscar.picture("presupuesto-red")


def test_a_product_says_what_it_costs_and_why(visit):
    oscar = visit("Óscar Rivera")
    page = oscar.page
    oscar.open(MONEY)
    page.locator(".network .goal a").first.click()
    page.get_by_text("Unas actividades suman sus insumos").wait_for()
    page.get_by_role("link", name="Agregar una actividad").click()
    page.get_by_label("Actividad", exact=True).fill("Imprimir formularios")
    page.get_by_label(re.compile("Costo repartido")).fill("1.200")
    page.get_by_role("button", name="Guardar la actividad").press("Enter")
    page.get_by_text("¿Quiso decir 1,200 o 1.2?").wait_for()
    oscar.assert_accessible()
    page.get_by_label(re.compile("Costo repartido")).fill("1,200")
    page.get_by_role("button", name="Guardar la actividad").press("Enter")
    page.get_by_role("heading", name="Imprimir formularios").wait_for()
    oscar.assert_accessible()
    oscar.picture("presupuesto-costos")
    page.get_by_role("button", name="Quitar Imprimir formularios").click()
    page.get_by_text("Guardado.").wait_for()


def test_later_years_are_written_by_keyboard(visit):
    oscar = visit("Óscar Rivera")
    page = oscar.page
    oscar.open(f"{PLAN}/matriz")
    cell = page.locator(".cell.year").first
    cell.fill("777")
    cell.press("Enter")
    page.get_by_role("button", name="Guardar la matriz").press("Enter")
    page.get_by_text("Guardado: 1 producto.").wait_for()
    assert page.locator(".cell.year").first.input_value() == "777"
    oscar.assert_accessible()
    oscar.picture("presupuesto-matriz")


def test_a_tighter_ceiling_shows_what_falls(visit):
    oscar = visit("Óscar Rivera")
    page = oscar.page
    oscar.open(f"{PLAN}/escenarios")
    page.get_by_label("Nombre").fill("Con la mitad")
    page.get_by_label(re.compile("Techo")).fill("4,000,000")
    page.get_by_role("button", name="Crear el escenario").press("Enter")
    page.get_by_role("heading", name=re.compile("Con la mitad")).wait_for()
    oscar.assert_accessible()
    oscar.picture("presupuesto-escenario")
    page.get_by_role("button", name="Quitar este escenario").click()
    page.get_by_text("Escenario quitado.").wait_for()
    oscar.assert_accessible()


def test_the_administration_sets_a_ceiling(visit):
    hector = visit("Héctor Paz")
    page = hector.page
    hector.open(f"{MONEY}/techo")
    page.get_by_label("Fuente").select_option(label="11 - Tesoro Nacional")
    page.get_by_label(re.compile("Techo")).fill("1,000,000")
    page.get_by_label(re.compile("Documento")).fill("Oficio 12-2026")
    page.get_by_role("button", name="Guardar el techo").press("Enter")
    page.get_by_text("Techo guardado.").wait_for()
    hector.assert_accessible()
