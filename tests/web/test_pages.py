"""The pages of the shell, with nothing of the apps on them."""

import gzip
import json
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from sigpret.apps.accounts.roles import Role
from sigpret.web import errors, health
from sigpret.web.health import Finding
from sigpret.web.views import health_page
from tests.factories.institutions import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def gallery(client):
    return client.get(reverse("gallery")).content.decode()


def test_the_gallery_shows_the_six_states_with_their_words(gallery):
    for word in (
        "Rezagada", "En riesgo", "Sin reporte", "En ruta", "Sobrecumplida", "No vence",
    ):  # fmt: skip
        assert word in gallery


def test_the_gallery_has_no_inline_style_or_script(gallery):
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", gallery)
    assert not re.search(r"<script(?![^>]*\bsrc=)", gallery)


def test_the_gallery_names_each_thing_once(gallery):
    ids = re.findall(r'\bid="([^"]+)"', gallery)
    assert len(ids) == len(set(ids))


@override_settings(DEMO=False, DEBUG=False)
def test_the_gallery_is_not_part_of_the_real_system(client):
    assert client.get(reverse("gallery")).status_code == 404


def test_styles_fit_in_fifteen_kilobytes(settings):
    folder = settings.ROOT / "src" / "sigpret" / "web" / "static" / "sigpret" / "css"
    # A chain is drawn on its own pages, which alone ask for its sheet.
    everywhere = [sheet for sheet in folder.glob("*.css") if sheet.name != "value-chain.css"]
    sheets = [gzip.compress(sheet.read_bytes()) for sheet in everywhere]
    assert len(sheets) > 5
    assert sum(map(len, sheets)) <= 15 * 1024


def test_health_is_good_when_every_check_passes(client):
    response = client.get("/salud", headers={"Accept": "application/json"})
    assert response.status_code == 200
    body = json.loads(response.content)
    assert body["ok"] is True
    assert {"database", "migrations", "disk"} <= set(body["checks"])


def test_health_for_people_is_a_page(client):
    response = client.get("/salud", headers={"Accept": "text/html"})
    assert "El sistema está bien" in response.content.decode()


def test_one_failed_check_is_a_503(client, monkeypatch):
    broken = ("Cadena de auditoría", lambda: Finding(is_ok=False, detail="rota en 12"))
    monkeypatch.setitem(health._CHECKS, "audit", broken)
    response = client.get("/salud", headers={"Accept": "application/json"})
    assert response.status_code == 503
    assert json.loads(response.content)["checks"]["audit"] == {"ok": False}


@pytest.mark.parametrize(
    ("role", "is_told"),
    [("administrator", True), ("auditor", True), ("analyst", False), (None, False)],
)
def test_only_who_runs_the_system_learns_the_details(client, monkeypatch, role, is_told):
    broken = ("Cadena de auditoría", lambda: Finding(is_ok=False, detail="rota en 12"))
    monkeypatch.setitem(health._CHECKS, "audit", broken)
    if role:
        client.force_login(make_user(Role(role)))
    for kind in ("application/json", "text/html"):
        shown = client.get("/salud", headers={"Accept": kind}).content.decode()
        assert ("rota en 12" in shown) is is_told
        assert ("PostgreSQL" in shown) is is_told


def test_without_a_database_the_answer_is_still_an_answer(rf, monkeypatch):
    def who() -> frozenset[str]:
        raise AssertionError("nobody may ask who it is")

    monkeypatch.setattr(
        health,
        "_CHECKS",
        {"database": ("Base de datos", lambda: Finding(is_ok=False, detail="OperationalError"))},
    )
    request = rf.get("/salud", headers={"Accept": "application/json"})
    request.roles = SimpleLazyObject(who)
    answer = health_page(request)
    assert answer.status_code == 503
    assert "OperationalError" not in answer.content.decode()


def test_a_refusal_says_the_reason_and_who_can_help(rf, django_user_model):
    request = rf.get("/i/414/")
    request.user = django_user_model(full_name="Luis Benítez", email="luis@ejemplo.hn")
    refused = errors.permission_denied(
        request, PermissionDenied("Sólo la UPGRET de SESAL puede editar este producto.")
    )
    page = refused.content.decode()
    assert refused.status_code == 403
    assert "Sólo la UPGRET de SESAL puede editar este producto." in page
    assert "Luis Benítez" in page
    assert "El permiso lo da" in page


def test_an_unknown_page_says_what_to_do(client):
    response = client.get("/no-existe/")
    assert response.status_code == 404
    assert "No encontramos esta página" in response.content.decode()


def test_a_failure_carries_a_code_and_needs_no_database(rf, caplog, django_db_blocker):
    with django_db_blocker.block():
        page = errors.server_error(rf.get("/x/")).content.decode()
    code = re.search(r"<code>([0-9A-F]{8})</code>", page)
    assert code is not None


def test_an_old_form_is_explained(rf):
    response = errors.csrf_failure(RequestFactory().post("/"), "token")
    assert response.status_code == 403
    assert "La página esperó demasiado" in response.content.decode()


@pytest.mark.parametrize("template", ["400.html", "404.html", "500.html", "csrf.html", "403.html"])
def test_error_pages_draw_without_a_person(template):
    assert "<h1>" in render_to_string(template, {"code": "0000"})
