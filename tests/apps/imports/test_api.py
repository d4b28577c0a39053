"""Programs read plans and send them in, with a person's permissions and never more."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.imports.models import PlanImport
from sigpret.apps.institutions.actions.tokens import TokenRefusedError, make_token, revoke_token
from sigpret.apps.institutions.models import AccessToken
from sigpret.apps.institutions.tokens import bearer_of
from sigpret.apps.planning.models import AnnualPlan
from tests.apps.imports import AT
from tests.factories.institutions import make_institution, make_user
from tests.factories.planning import make_plan, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings):
    settings.DEMO_NOW = AT
    cache.clear()


@pytest.fixture
def plan(institution):
    plan = make_plan(institution)
    quarters = {"2026-Q2": "1.5", "2026-Q4": "1"}
    make_product(plan, quarters, number=5, annual_output=Decimal("2.5"))
    make_product(plan, number=6, name="Bibliobuses en ruta")
    return plan


def token(person, *, may_write=False, days=30, name="Sistema", at=AT) -> str:
    return make_token(actor=person, name=name, may_write=may_write, days=days, at=at).secret


@pytest.fixture
def ask(client):
    def get(address: str, secret: str):
        return client.get(f"/api/v1{address}", headers={"Authorization": f"Bearer {secret}"})

    return get


@pytest.fixture
def send(client):
    def post(body, secret: str):
        return client.post(
            "/api/v1/planes/recibidos",
            json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )

    return post


def sent_plan(institution, year=2026) -> dict:
    """A plan as a program writes it."""
    product = {
        "number": 1,
        "name": "Censo levantado",
        "unit_of_measure": {"code": "149", "name": "INFORME"},
        "periodicity": {"code": "4", "name": "Trimestral"},
        "annual_output": "4",
    }
    group = {"number": 1, "text": "Levantar datos", "products": [product]}
    objective = {
        "number": 1,
        "text": "Conocer el país",
        "program_ref": "PG-11",
        "results": [{"number": 1, "text": "Más datos"}],
        "operational_objectives": [group],
    }
    return {
        "institution": {"code": institution.code, "name": institution.name},
        "fiscal_year": year,
        "objectives": [objective],
    }


def test_a_program_reads_the_plan_its_person_reads(ask, registrar, institution, plan):
    answer = ask(f"/planes/2026/{institution.code}", token(registrar))
    assert answer.status_code == 200
    told = answer.json()
    (objective,) = told["objectives"]
    first, second = objective["operational_objectives"][0]["products"]
    assert (first["annual_output"], second["annual_output"]) == ("2.5000", None)
    assert told["quarters"][0]["planned"] == [None, "1.5000", None, "1.0000"]
    assert told["state"] == "draft"


def test_a_program_lists_only_what_its_person_reads(ask, registrar, institution, plan):
    make_plan(make_institution("0100", "Otra"))
    mine = ask("/planes/2026", token(registrar)).json()["plans"]
    assert [one["institution"]["code"] for one in mine] == [institution.code]
    everybody = ask("/planes/2026", token(make_user(Role.ANALYST))).json()["plans"]
    assert len(everybody) == 2


def test_the_plan_of_another_institution_is_forbidden(ask, registrar, plan):
    other = make_plan(make_institution("0100", "Otra")).institution
    answer = ask(f"/planes/2026/{other.code}", token(registrar))
    assert (answer.status_code, answer.json()["title"]) == (403, "Usted no puede hacer esto.")


def test_a_plan_that_is_not_there_does_not_exist(ask, registrar, institution):
    secret = token(registrar)
    assert ask(f"/planes/2031/{institution.code}", secret).status_code == 404
    assert ask("/planes/2026/nadie", secret).status_code == 404


def test_a_sent_plan_waits_for_a_person(send, registrar, institution, catalogue, visit):
    answer = send(sent_plan(institution), token(registrar, may_write=True))
    assert answer.status_code == 201, answer.content
    kept = PlanImport.objects.get(pk=answer.json()["import_id"])
    assert (kept.state, kept.uploaded_by) == (PlanImport.State.REVIEW, registrar)
    assert not AnnualPlan.objects.exists()
    page = visit.get(answer.json()["url"]).content.decode()
    assert "Censo levantado" in page


def test_sending_the_same_plan_twice_makes_one_import(send, registrar, institution, catalogue):
    secret = token(registrar, may_write=True)
    first = send(sent_plan(institution), secret)
    again = send(sent_plan(institution), secret)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["import_id"] == again.json()["import_id"]
    assert PlanImport.objects.count() == 1


def test_what_is_read_may_be_sent_back(ask, send, registrar, institution, catalogue, plan):
    told = ask(f"/planes/2026/{institution.code}", token(registrar)).json()
    for key in ("state", "version", "quarters"):
        del told[key]
    told["objectives"][0]["operational_objectives"][0]["products"][0]["annual_output"] = "9"
    answer = send(told, token(registrar, may_write=True, name="Otro"))
    assert answer.status_code == 201, answer.content


def test_a_token_that_reads_sends_nothing(send, registrar, institution):
    answer = send(sent_plan(institution), token(registrar))
    assert answer.status_code == 403
    assert "sólo lee" in answer.json()["details"][0]
    assert not PlanImport.objects.exists()


def test_a_plan_of_another_institution_is_not_received(send, registrar, catalogue):
    other = make_institution("0100", "Otra")
    answer = send(sent_plan(other), token(registrar, may_write=True))
    assert answer.status_code == 422
    assert answer.json()["title"] == "El plan no se puede recibir."


def with_product(institution, **cells) -> dict:
    told = sent_plan(institution)
    told["objectives"][0]["operational_objectives"][0]["products"][0].update(cells)
    return told


BENT = {
    "an amount as a number": {"annual_output": 4},
    "an ambiguous amount": {"annual_output": "1,200"},
    "a negative amount": {"annual_output": "-1"},
    "a key nobody asked for": {"otra": "cosa"},
    "a number that is none": {"number": "uno"},
}


@pytest.mark.parametrize("cells", BENT.values(), ids=BENT.keys())
def test_a_plan_of_another_form_names_where(send, registrar, institution, cells):
    answer = send(with_product(institution, **cells), token(registrar, may_write=True))
    assert answer.status_code == 422
    (key,) = cells
    assert any(key in detail for detail in answer.json()["details"])
    assert not PlanImport.objects.exists()


def test_a_text_the_report_cannot_say_is_named(send, registrar, institution):
    told = sent_plan(institution)
    told["objectives"][0].update(text="Cuidar (PG-3)", program_ref=None)
    answer = send(told, token(registrar, may_write=True))
    assert answer.status_code == 422
    assert "Objetivo 1" in answer.json()["details"][0]


def test_what_is_no_json_is_refused(client, registrar):
    answer = client.post(
        "/api/v1/planes/recibidos",
        "{",
        content_type="application/json",
        headers={"Authorization": f"Bearer {token(registrar, may_write=True)}"},
    )
    assert answer.status_code in {400, 422}


def test_a_session_opens_nothing(visit, institution, plan):
    answer = visit.get(f"/api/v1/planes/2026/{institution.code}")
    assert answer.status_code == 401
    assert answer.json()["title"] == "La clave falta, venció o fue anulada."


def test_a_token_makes_no_session(ask, registrar, institution, plan):
    answer = ask(f"/planes/2026/{institution.code}", token(registrar))
    assert not answer.cookies


def test_an_ended_token_opens_nothing(ask, registrar, institution, plan):
    made = make_token(actor=registrar, name="Uno", may_write=False, days=30, at=AT)
    assert revoke_token(actor=registrar, token_id=made.pk, at=AT)
    assert not revoke_token(actor=registrar, token_id=made.pk, at=AT)
    assert ask("/planes/2026", made.secret).status_code == 401


def test_an_expired_token_opens_nothing(registrar):
    secret = token(registrar, days=30)
    assert bearer_of(secret, AT + timedelta(days=29)) is not None
    assert bearer_of(secret, AT + timedelta(days=31)) is None


def test_the_token_of_somebody_inactive_opens_nothing(registrar):
    secret = token(registrar)
    registrar.is_active = False
    registrar.save()
    assert bearer_of(secret, AT) is None


def test_only_the_digest_of_a_token_is_kept(registrar):
    secret = token(registrar)
    row = AccessToken.objects.get()
    assert secret not in (row.digest, row.name)
    assert not AuditEvent.objects.filter(payload__contains=secret).exists()


def test_nobody_ends_the_token_of_another(registrar):
    made = make_token(actor=registrar, name="Uno", may_write=False, days=30, at=AT)
    assert not revoke_token(actor=make_user(Role.ANALYST), token_id=made.pk, at=AT)


def test_a_name_is_used_once(registrar):
    token(registrar)
    with pytest.raises(TokenRefusedError):
        token(registrar)


def test_too_many_requests_wait_a_minute(ask, registrar, monkeypatch):
    monkeypatch.setattr("sigpret.apps.imports.api.PER_MINUTE", 2)
    secret = token(registrar)
    codes = [ask("/planes/2026", secret).status_code for _ in range(4)]
    assert codes[:2] == [200, 200]
    assert 429 in codes


def test_using_a_token_is_noted_once_an_hour(ask, registrar, django_assert_num_queries):
    ask("/planes/2026", token(registrar))
    assert AccessToken.objects.get().last_used_at == AT


def test_every_answer_is_declared(client):
    schema = client.get(reverse("api:openapi")).json()
    assert schema["openapi"].startswith("3.1")
    for path, methods in schema["paths"].items():
        assert path.startswith("/api/v1/planes")
        for operation in methods.values():
            assert {"401", "429"} <= operation["responses"].keys()
            assert operation["security"]


def test_making_a_token_asks_again_who_one_is(visit, registrar):
    asked = {"name": "UPGRET", "scope": "lee", "days": "30"}
    answer = visit.post(reverse("institutions:tokens"), asked)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not AccessToken.objects.exists()


def test_a_token_is_made_on_the_account_page_and_shown_once(client, registrar):
    # With nothing to prove it with, so that nothing is asked again.
    registrar.set_unusable_password()
    registrar.save()
    client.force_login(registrar, backend="django.contrib.auth.backends.ModelBackend")
    visit, url = client, reverse("institutions:tokens")
    page = visit.post(url, {"name": "UPGRET", "scope": "envia", "days": "90"}).content.decode()
    assert "no se vuelve a mostrar" in page
    secret = page.split('value="sigpret_')[1].split('"')[0]
    assert bearer_of(f"sigpret_{secret}", AT).may_write
    assert secret not in visit.get(url).content.decode()
    visit.post(reverse("institutions:end_token", args=[AccessToken.objects.get().pk]))
    assert bearer_of(f"sigpret_{secret}", AT) is None
