"""Every screen against every reader; and a number opens to its parts."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.evaluation.actions import confirm_quarter
from sigpret.apps.evaluation.forms import phrase_of
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.monitoring.models import ReportingRound, Snapshot
from sigpret.apps.reference import queries as reference
from sigpret.apps.reference.queries import policy_book
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import PolicyBook
from sigpret.web import clock
from tests.apps.evaluation.country import (
    AT,
    closed_round,
    keep,
    open_round,
    overdue_round,
    stand,
    tell,
)
from tests.factories.institutions import make_institution, make_sector, make_user
from tests.factories.monitoring import make_report, make_value
from tests.factories.planning import make_plan, make_product
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db
THIRD = Period.quarter(2026, 3)
TODAY = AT.date()
BACKEND = "django.contrib.auth.backends.ModelBackend"
SEES = {
    "board": {
        Role.ANALYST,
        Role.STATISTICIAN,
        Role.ADMINISTRATOR,
        Role.PRESIDENCY,
        Role.AUDITOR,
        Role.POLITICAL_COORDINATOR,
    },
    "closing": {Role.ANALYST, Role.STATISTICIAN, Role.ADMINISTRATOR, Role.AUDITOR},
    "another": {
        Role.ANALYST,
        Role.STATISTICIAN,
        Role.ADMINISTRATOR,
        Role.PRESIDENCY,
        Role.AUDITOR,
    },
}
ADDRESSES = {
    "board": "/tablero",
    "closing": "/cierre/2026/t3",
    "another": "/evaluacion/900/2026/t3",
}


@pytest.fixture
def country():
    open_round()
    stand(make_goal("presidential", code="MP-1"), "behind")
    stand(make_goal(institution=make_institution("900"), code="MI-900"), "behind")


@pytest.mark.parametrize("screen", ADDRESSES)
@pytest.mark.parametrize("role", list(Role))
def test_each_screen_knows_its_readers(country, client, screen, role):
    client.force_login(make_user(role, institution=make_institution()))
    expected = 200 if role in SEES[screen] else 403
    assert client.get(ADDRESSES[screen]).status_code == expected


@pytest.mark.parametrize("screen", ADDRESSES)
def test_anonymous_people_are_asked_to_sign_in(country, client, screen):
    response = client.get(ADDRESSES[screen])
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


def test_a_refusal_says_who_may_see_it(country, client):
    client.force_login(make_user(Role.REGISTRAR, institution=make_institution()))
    response = client.get("/evaluacion/900/2026/t3")
    assert "está reservada" in response.content.decode()


def test_the_board_shows_no_figure_of_an_institution(country, client):
    client.force_login(make_user(Role.POLITICAL_COORDINATOR))
    assert "MI-900" not in client.get("/tablero").content.decode()


class TestTheGoal:
    def page(self, client, code, role=Role.ANALYST, **asked):
        client.force_login(make_user(role))
        response = client.get(reverse("evaluation:goal", args=(code,)), asked)
        assert response.status_code == 200
        return response.content.decode()

    def test_opens_down_to_who_reported_and_who_validated(self, client):
        round_ = open_round()
        goal = make_goal("presidential", planned={"2026-Q3": "80"})
        report = make_report(goal.indicator.responsible, round_)
        luis = make_user(Role.REGISTRAR, institution=report.institution, full_name="Luis Paz")
        karla = make_user(Role.ANALYST, full_name="Karla Mejía")
        tell(report, goal, "61", karla, reported_by=luis)
        stand(goal, "behind")
        page = self.page(client, goal.code)
        assert "61 de 80 programado a la fecha" in page
        assert "Luis Paz" in page
        assert "Karla Mejía" in page

    def test_says_when_nothing_was_reported(self, client):
        open_round()
        goal = make_goal("presidential", planned={"2026-Q3": "80"})
        stand(goal, "not_reported")
        assert "sin reporte en el III\u00a0trimestre de 2026" in self.page(client, goal.code)

    def test_what_earlier_quarters_accumulated_is_not_shown_as_reported(self, client):
        open_round()
        goal = make_goal("presidential", planned={"2026-Q3": "80"})
        stand(goal, "not_reported")
        goal.indicator.achievements.update(executed=561)
        assert "561" not in self.page(client, goal.code)

    def test_without_figures_says_so(self, client):
        assert "todavía no tiene cifras" in self.page(client, make_goal("presidential").code)

    def test_warns_when_what_is_measured_and_what_is_contributed_disagree(self, client):
        open_round()
        goal = make_goal("presidential")
        child = make_goal("sectoral", serves=(goal,), text="Comprar equipos")
        part = {"subject": child.code, "weight": "1", "value": "95", "contribution": "95"}
        explanation = {"rule": "r", "template": "Promedio.", "params": {}, "parts": [part]}
        stand(goal, "behind", contributed="95", explanation=explanation, is_inconsistent=True)
        stand(child, "on_track")
        page = self.page(client, goal.code)
        assert "Cadena inconsistente" in page
        assert "Comprar equipos" in page
        assert ">95</td>" in page

    def test_shows_the_chain_up_to_the_top(self, client):
        open_round()
        top = make_goal("presidential", text="Meta de la Presidencia")
        middle = make_goal("sectoral", serves=(top,), text="Meta del sector")
        goal = make_goal(serves=(middle,))
        for one in (top, middle, goal):
            stand(one, "on_track")
        page = self.page(client, goal.code)
        assert page.index("Meta del sector") < page.index("Meta de la Presidencia")

    def test_lists_the_linked_products(self, client):
        open_round()
        goal = make_goal()
        stand(goal, "on_track")
        plan = make_plan(goal.institution)
        goal.products.add(make_product(plan, {"2026-Q3": "2"}, name="Talleres impartidos"))
        assert "Talleres impartidos" in self.page(client, goal.code)

    def test_an_institutional_goal_is_not_everybodys(self, client):
        open_round()
        goal = make_goal()
        client.force_login(make_user(Role.APPROVER, institution=make_institution()))
        assert client.get(f"/metas/{goal.code}").status_code == 403
        client.force_login(make_user(Role.APPROVER, institution=goal.institution))
        assert client.get(f"/metas/{goal.code}").status_code == 200

    @pytest.mark.parametrize("asked", ["2025-Q1", "2026", "ayer", "9999-Q4", "2026-M01"])
    def test_a_quarter_that_is_not_there_is_not_found(self, client, asked):
        open_round()
        client.force_login(make_user(Role.ANALYST))
        goal = make_goal()
        assert client.get(f"/metas/{goal.code}", {"periodo": asked}).status_code == 404

    def test_an_unknown_goal_is_not_found(self, client):
        client.force_login(make_user(Role.ANALYST))
        assert client.get("/metas/NADA").status_code == 404

    @pytest.mark.parametrize("children", [1, 15])
    def test_its_statements_do_not_grow_with_the_chain(self, client, children):
        second, _third = closed_round(), open_round()
        goal = make_goal("presidential")
        stand(goal, "behind")
        for _ in range(children):
            child = make_goal("sectoral", serves=(goal,))
            keep(child, second, "on_track")
            stand(child, "on_track")
        client.force_login(make_user(Role.ANALYST))
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/metas/{goal.code}")
        assert len(captured) <= 16


class TestTheInstitution:
    @pytest.fixture
    def institution(self):
        second, _third = closed_round(), open_round()
        institution = make_institution("414", name="Dirección de Gestión por Resultados")
        for text, before, now, value in (
            ("Capacitar equipos", "on_track", "behind", "50"),
            ("Conectar escuelas", "behind", "exceeded", "142"),
            ("Publicar guías", "on_track", "not_reported", None),
        ):
            goal = make_goal(institution=institution, text=text)
            keep(goal, second, before)
            stand(goal, now, value=value)
        return institution

    def page(self, client, institution, quarter=3):
        client.force_login(make_user(Role.REGISTRAR, institution=institution))
        response = client.get(f"/evaluacion/{institution.code}/2026/t{quarter}")
        assert response.status_code == 200
        return response.content.decode()

    def test_the_heading_is_the_grade(self, client, institution):
        page = self.page(client, institution)
        assert "414 · Dirección de Gestión por Resultados: 50.0 de 100 por ahora" in page
        assert "1 meta espera su dato validado" in page
        assert "Bajo (hasta 60)" in page

    def test_a_quarter_in_course_blames_nobody_for_what_waits_for_review(self, client, institution):
        lede = self.page(client, institution).split('class="lede"')[1].split("</p>")[0]
        assert "Bajó" not in lede
        assert "entra como 0" not in lede

    def test_says_that_it_is_preliminary(self, client, institution):
        assert "Cifra preliminar" in self.page(client, institution)

    def test_each_goal_says_what_it_takes_away(self, client, institution):
        page = self.page(client, institution)
        assert "resta 33.3; sin reporte entra como 0" in page
        assert "tope de 100: no compensa a otras" in page

    def test_a_closed_quarter_is_official(self, client, institution):
        page = self.page(client, institution, quarter=2)
        assert "Cifra preliminar" not in page
        assert "83.3 de 100" in page

    def test_own_leads_an_institution_to_its_page(self, client, institution):
        client.force_login(make_user(Role.APPROVER, institution=institution))
        assert client.get("/evaluacion")["Location"] == "/evaluacion/414/2026/t3"

    def test_own_lists_everybody_for_national_readers(self, client, institution):
        client.force_login(make_user(Role.PRESIDENCY))
        page = client.get("/evaluacion").content.decode()
        assert "0 instituciones en alto, 0 en medio y 1 en bajo" in page

    def test_own_refuses_who_works_for_none(self, client, institution):
        client.force_login(make_user(Role.MESA_MEMBER))
        assert client.get("/evaluacion").status_code == 403

    @pytest.mark.parametrize("goals", [1, 12])
    def test_its_statements_do_not_grow_with_the_goals(self, client, goals):
        second, _third = closed_round(), open_round()
        sector, institution = make_sector(), make_institution("414")
        institution.sectors.add(sector)
        for _ in range(goals):
            goal = make_goal(institution=institution)
            keep(goal, second, "on_track")
            stand(goal, "behind")
        client.force_login(make_user(Role.ANALYST))
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/evaluacion/414/2026/t3").status_code == 200
        assert len(captured) <= 20

    def test_an_impossible_quarter_is_not_found(self, client, institution):
        client.force_login(make_user(Role.ANALYST))
        assert client.get("/evaluacion/414/2026/t5").status_code == 404
        assert client.get("/evaluacion/414/2031/t1").status_code == 404
        assert client.get("/evaluacion/999/2026/t3").status_code == 404


@pytest.mark.parametrize(
    ("counts_as_zero", "said"), [(True, "entra como 0"), (False, "no entra en la nota")]
)
def test_what_silence_does_to_a_grade_follows_the_rules(client, monkeypatch, counts_as_zero, said):
    policy = replace(policy_book().versions[0], missing_counts_as_zero=counts_as_zero)
    monkeypatch.setattr(reference, "policy_book", lambda: PolicyBook((policy,)))
    open_round()
    institution = make_institution("414")
    for status in ("on_track", "not_reported"):
        stand(make_goal(institution=institution, planned={"2026-Q3": "1"}), status)
    client.force_login(make_user(Role.ADMINISTRATOR))
    page = client.get("/evaluacion/414/2026/t3").content.decode()
    assert f"Lo que siga sin reporte al cierre {said}." in page
    assert f"sin reporte {said}" in page
    closing = client.get("/cierre/2026/t3").content.decode()
    assert ("«Sin reporte» cuenta como 0" in closing) == counts_as_zero


class TestTheClosing:
    @pytest.fixture
    def administrator(self, client):
        """With nothing to prove it with, so that nothing is asked again."""
        person = make_user(Role.ADMINISTRATOR)
        person.set_unusable_password()
        person.save()
        client.force_login(person)
        return person

    def test_closing_asks_for_the_password_again_and_goes_on(self, client, confirmed):
        overdue_round()
        person = make_user(Role.ADMINISTRATOR)
        client.force_login(person, backend=BACKEND)
        confirmed()
        response = self.confirm(client)
        assert response["Location"].startswith(reverse("account_reauthenticate"))
        assert ReportingRound.objects.get().state == "open"
        client.post(
            response["Location"], {"password": "una-clave-larga", "next": "/cierre/2026/t3"}
        )
        assert ReportingRound.objects.get().state == "closed"

    def test_publishing_before_its_day_asks_for_the_password_again(self, client):
        person = make_user(Role.ADMINISTRATOR)
        client.force_login(person, backend=BACKEND)
        closed_round("2026-Q3")
        response = client.post("/cierre/2026/t3/publicar", {"publish_at": ""})
        assert response["Location"].startswith(reverse("account_reauthenticate"))

    def confirm(self, client, **fields):
        given = {"phrase": phrase_of(THIRD), "has_read": "on"} | fields
        return client.post("/cierre/2026/t3", given)

    @pytest.fixture
    def confirmed(self):
        """Somebody else has confirmed what there is now."""
        director = make_user(Role.ADMINISTRATOR, full_name="Rosa Elvir")
        access = access_of(director, on=TODAY)
        return lambda: confirm_quarter(actor=director, access=access, period=THIRD, at=clock.now())

    def test_names_what_nobody_has_decided_with_a_link(self, client, administrator):
        round_ = open_round()
        goal = make_goal(planned={"2026-Q3": "10"}, institution=make_institution("414"))
        report = make_report(
            goal.institution, round_, state="submitted", submitted_at=AT, submitted_by=administrator
        )
        make_value(report, "1", indicator=goal.indicator, state="submitted")
        page = client.get("/cierre/2026/t3").content.decode()
        assert "no puede cerrarse: falta decidir 1 dato" in page
        assert reverse("monitoring:review", args=(report.pk,)) in page

    def test_names_the_institutions_that_sent_nothing(self, client, administrator):
        open_round()
        make_goal(planned={"2026-Q3": "10"}, institution=make_institution(name="Consejo Zeta"))
        assert "Consejo Zeta" in client.get("/cierre/2026/t3").content.decode()

    def test_promises_to_publish_only_what_the_portal_publishes(self, client, administrator):
        open_round()
        page = client.get("/cierre/2026/t3").content.decode()
        published = page.split("Sale al público")[1].split("No sale")[0]
        assert "cuántas instituciones hay en cada banda" in published
        assert "productos" not in published

    def test_the_first_person_confirms_and_nothing_closes(self, client, administrator):
        overdue_round()
        make_goal(planned={"2026-Q3": "10"})
        assert self.confirm(client).status_code == 302
        assert ReportingRound.objects.get(period="2026-Q3").state == "open"
        page = client.get("/cierre/2026/t3").content.decode()
        assert "1 de 2" in page
        assert "Cerrar el III" not in page
        assert self.confirm(client).status_code == 302
        assert ReportingRound.objects.get(period="2026-Q3").state == "open"

    def test_closes_and_shows_the_digest(self, client, administrator, confirmed):
        overdue_round()
        make_goal(planned={"2026-Q3": "10"})
        confirmed()
        assert self.confirm(client).status_code == 302
        closed = ReportingRound.objects.get(period="2026-Q3")
        assert closed.state == "closed"
        assert closed.digest in client.get("/cierre/2026/t3").content.decode()
        assert Snapshot.objects.filter(kind="institution").exists()

    @pytest.mark.parametrize("fields", [{"phrase": "sí"}, {"phrase": ""}, {"has_read": ""}])
    def test_a_slip_closes_nothing(self, client, administrator, fields):
        open_round()
        response = self.confirm(client, **fields)
        assert response.status_code == 422
        assert not ReportingRound.objects.filter(state="closed").exists()

    def test_something_undecided_keeps_it_open(self, client, administrator):
        round_ = overdue_round()
        goal = make_goal(planned={"2026-Q3": "10"})
        report = make_report(goal.institution, round_)
        make_value(report, "1", indicator=goal.indicator, state="submitted")
        response = self.confirm(client)
        assert response.status_code == 409
        assert "Falta decidir 1 dato" in response.content.decode()

    def test_before_the_deadline_it_stays_open(self, client, administrator):
        open_round()
        response = self.confirm(client)
        assert response.status_code == 409
        assert "se cierra después de ese plazo" in response.content.decode()

    def test_an_earlier_quarter_closes_first(self, client, administrator):
        open_round("2026-Q2")
        overdue_round()
        response = self.confirm(client)
        assert response.status_code == 409
        assert "Cierre primero el II trimestre de 2026" in response.content.decode()

    def test_only_the_administration_confirms(self, client):
        open_round()
        client.force_login(make_user(Role.ANALYST))
        assert "Escriba CERRAR" not in client.get("/cierre/2026/t3").content.decode()
        assert self.confirm(client).status_code == 403

    def test_the_menu_entry_leads_to_the_quarter_in_course(self, client, administrator):
        open_round()
        assert client.get("/cierre")["Location"] == "/cierre/2026/t3"
