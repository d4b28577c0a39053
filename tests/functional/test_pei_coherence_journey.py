"""What a plan should mend, read by who writes it and by DIGER; and a strategic plan, from its last
gap to its approval by another person."""

PLAN = "/poa/2027/060"
PEI = "/pei/414/2026"


def test_a_planner_reads_what_stops_the_plan(visit):
    oscar = visit("Óscar Rivera")
    oscar.open(PLAN)
    oscar.page.get_by_role("link", name="Coherencia").click()
    page = oscar.page
    assert "1 error" in page.get_by_role("heading", level=1).inner_text()
    assert page.get_by_text("no se puede enviar mientras tenga errores").is_visible()
    oscar.assert_accessible()
    oscar.picture("coherencia")
    page.get_by_role("link", name="Errores").click()
    page.wait_for_load_state()
    assert page.get_by_text("la producción anual dice").count() == 1
    assert page.get_by_text("no aportará a ninguna meta").count() == 0
    page.get_by_role("link", name="Corregir en el plan").click()
    page.wait_for_url(f"**{PLAN}")


def test_diger_reads_which_rule_fails_and_where(visit):
    karla = visit("Karla Mejía")
    page = karla.page
    karla.open("/poa/2027")
    page.get_by_role("link", name="Coherencia").click()
    assert "de 12 planes tiene" in page.get_by_role("heading", level=1).inner_text()
    karla.assert_accessible()
    karla.picture("coherencia-pais")
    page.get_by_role("link", name="Los trimestres no hacen el año").click()
    page.wait_for_url("**regla=quarters_differ**")
    page.get_by_role("link", name="Secretaría de Salud").click()
    assert page.get_by_role("link", name="Ver el plan").is_visible()


def test_coherence_and_strategic_plans_are_read_on_a_telephone(visit):
    karla = visit("Karla Mejía", width=390)
    for place in ("/poa/2027/coherencia", f"{PLAN}/coherencia", "/pei", PEI):
        karla.open(place)
        karla.assert_accessible()


def test_a_strategic_plan_is_completed_sent_and_approved_by_another_person(visit):
    luis = visit("Luis Benítez")
    page = luis.page
    luis.open("/pei")
    page.wait_for_url(f"**{PEI}")
    page.get_by_role("button", name="Enviar a la máxima autoridad").click()
    page.wait_for_load_state()
    assert page.get_by_text("no tiene meta de 2030").is_visible()
    page.get_by_role("link", name="Editar el resultado").last.press("Enter")
    luis.assert_accessible()
    page.get_by_label("Meta 2030").fill("1.200")
    page.get_by_role("button", name="Guardar").press("Enter")
    page.wait_for_load_state()
    assert page.get_by_label("Meta 2030").get_attribute("aria-invalid") == "true"
    page.get_by_label("Meta 2030").fill("97")
    page.get_by_role("button", name="Guardar").press("Enter")
    page.wait_for_url(f"**{PEI}")
    page.get_by_role("button", name="Enviar a la máxima autoridad").press("Enter")
    page.wait_for_load_state()
    assert page.get_by_text("Espera a la máxima autoridad").is_visible()
    assert page.get_by_role("button", name="Aprobar el PEI").count() == 0

    julia = visit("Julia Maradiaga")
    julia.open(PEI)
    julia.assert_accessible()
    julia.page.get_by_role("button", name="Aprobar el PEI").press("Enter")
    julia.page.wait_for_load_state()
    assert julia.page.get_by_text("Aprobado y vigente", exact=True).is_visible()
    julia.picture("pei")


def test_objectives_of_the_year_say_which_of_the_pei_they_answer_to(visit):
    oscar = visit("Óscar Rivera")
    page = oscar.page
    oscar.open(f"{PLAN}/pei")
    oscar.assert_accessible()
    page.locator("form.form-card select").nth(1).select_option(index=2)
    page.get_by_role("button", name="Guardar los vínculos").press("Enter")
    page.wait_for_url(f"**{PLAN}")
    assert page.get_by_text("Se vinculó 1 objetivo").is_visible()
    assert page.get_by_text("del PEI").count() == 2
