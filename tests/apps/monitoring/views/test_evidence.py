"""Evidence at the screens: dropped, confirmed, attached to a row, looked at, downloaded."""

import re
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sigpret.apps.evidence import storage
from sigpret.apps.evidence.models import Evidence
from sigpret.apps.monitoring.models import EvidenceUse, Snapshot
from sigpret.apps.monitoring.queries.published_evidence import published_evidence
from sigpret.apps.monitoring.views import upload_size
from sigpret.web import limits, lists
from tests.apps.monitoring.scenes import Q3
from tests.apps.monitoring.views.desk import HTMX, text_of
from tests.factories.evidence import make_evidence, picture, use_evidence
from tests.factories.institutions import make_institution
from tests.intake.evidence_files import pdf

pytestmark = pytest.mark.django_db


def upload(name="1.1 acta.pdf", data=None):
    return SimpleUploadedFile(name, pdf() if data is None else data)


@pytest.fixture
def evidence_url(registrar):
    return f"{registrar.report_url}/evidencia"


@pytest.fixture
def row(ministry):
    return f"product-{ministry.product.pk}"


@pytest.fixture
def code(ministry):
    return f"1.{ministry.product.number}"


def options_chosen(html: str) -> list[str]:
    return re.findall(r'<option value="([^"]+)" selected', html)


def test_a_dropped_file_is_kept_and_proposed_to_its_row(registrar, evidence_url, row, code):
    answer = registrar.post(evidence_url, {"archivos": [upload(f"{code} acta.pdf")]})
    assert options_chosen(answer.content.decode()) == [row]
    assert "1 trae el código de su fila" in text_of(answer)
    assert Evidence.objects.get().name == f"{code} acta.pdf"
    assert not EvidenceUse.objects.exists()


def test_a_script_gets_only_the_line_of_its_file(registrar, evidence_url, code):
    answer = registrar.post(evidence_url, {"archivos": [upload(f"{code}.pdf")]}, headers=HTMX)
    html = answer.content.decode().strip()
    assert html.startswith("<li")
    assert html.count("<li") == 1


def test_one_refused_file_does_not_lose_the_others(registrar, evidence_url, code):
    files = [upload("virus.pdf", b"MZ\x90\x00" * 40), upload(f"{code}.pdf")]
    answer = registrar.post(evidence_url, {"archivos": files})
    assert answer.status_code == 422
    assert "Es un programa y no se acepta" in text_of(answer)
    assert Evidence.objects.count() == 1


def test_a_name_without_code_asks_for_its_row(registrar, evidence_url):
    answer = registrar.post(evidence_url, {"archivos": [upload("acta final.pdf")]})
    assert "no trae el código de ninguna fila" in text_of(answer)
    assert options_chosen(answer.content.decode()) == []


def test_a_file_that_exists_already_is_offered_again(registrar, evidence_url, code):
    registrar.post(evidence_url, {"archivos": [upload("acta.pdf")]})
    answer = registrar.post(evidence_url, {"archivos": [upload(f"{code} copia.pdf")]})
    assert "Ya existe como «acta.pdf»: se usará la misma." in text_of(answer)
    assert Evidence.objects.count() == 1


def test_a_hostile_name_is_only_text(registrar, evidence_url):
    answer = registrar.post(
        evidence_url, {"archivos": [upload("<img src=x onerror=alert(1)>.pdf", b"MZ\x00")]}
    )
    assert "<img src=x" not in answer.content.decode()


def test_confirming_attaches_every_pair_at_once(ministry, registrar, evidence_url, row):
    first, second = (make_evidence(ministry.institution) for _ in range(2))
    pairs = {f"dato-{first.pk}": row, f"dato-{second.pk}": f"indicator-{ministry.indicator.pk}"}
    answer = registrar.post(f"{evidence_url}/confirmar", pairs, follow=True)
    assert answer.redirect_chain[-1][0] == registrar.report_url
    assert "2 archivos adjuntos a sus datos." in text_of(answer)
    assert EvidenceUse.objects.count() == 2


@pytest.mark.parametrize("pairs", [{}, {"dato-x": "product-1"}, {"dato-1": "<script>"}])
def test_confirming_nothing_asks_for_a_row(registrar, evidence_url, pairs):
    answer = registrar.post(f"{evidence_url}/confirmar", pairs, follow=True)
    assert "Elija a qué fila va al menos un archivo." in text_of(answer)


def test_another_institutions_file_is_not_attached(registrar, evidence_url, row):
    foreign = make_evidence(make_institution())
    answer = registrar.post(f"{evidence_url}/confirmar", {f"dato-{foreign.pk}": row}, follow=True)
    assert "ya no se puede usar" in text_of(answer)
    assert not EvidenceUse.objects.exists()


def test_what_no_row_shows_waits_on_the_page(ministry, registrar, evidence_url):
    make_evidence(ministry.institution, "suelta.png")
    used = make_evidence(ministry.institution, "usada.png")
    use_evidence(used, ministry.save("2").id)
    page = text_of(registrar.get(evidence_url))
    assert "suelta.png" in page
    assert "usada.png" not in page


def test_a_file_brought_for_a_row_is_attached_to_it(registrar, evidence_url, row):
    answer = registrar.post(f"{evidence_url}/{row}", {"archivos": [upload("acta.pdf")]})
    assert answer["Location"] == f"{registrar.report_url}?dato={row}#evidencia"
    assert EvidenceUse.objects.get().evidence.name == "acta.pdf"


def test_a_script_gets_the_files_of_the_row_and_its_cell(registrar, evidence_url, row):
    answer = registrar.post(
        f"{evidence_url}/{row}", {"archivos": [upload("acta.pdf")]}, headers=HTMX
    )
    html = answer.content.decode()
    assert 'id="evidencia"' in html
    assert f'id="{row}-evidencia" hx-swap-oob="true"' in html
    assert f'data-version-of="{row}-version" value="0"' in html


def test_a_refused_file_of_a_row_says_why(registrar, evidence_url, row):
    answer = registrar.post(
        f"{evidence_url}/{row}", {"archivos": [upload("a.pdf", b"\x7fELF")]}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "a.pdf: Es un programa y no se acepta" in text_of(answer)


def test_an_earlier_file_is_used_and_taken_away(ministry, registrar, evidence_url, row):
    proof = make_evidence(ministry.institution)
    registrar.post(f"{evidence_url}/{row}", {"usar": proof.pk})
    assert EvidenceUse.objects.get().evidence == proof
    registrar.post(f"{evidence_url}/{row}", {"quitar": proof.pk})
    assert not EvidenceUse.objects.exists()


def test_a_locked_row_says_so_and_keeps_its_evidence(sent, registrar, evidence_url, row):
    sent.validate(sent.value_of(sent.product))
    proof = make_evidence(sent.institution)
    answer = registrar.post(f"{evidence_url}/{row}", {"usar": proof.pk}, headers=HTMX)
    assert answer.status_code == 422
    assert "DIGER ya validó este dato" in text_of(answer)


def test_when_the_row_stands_differently_the_page_is_drawn_again(
    sent, registrar, evidence_url, row
):
    proof = make_evidence(sent.institution)
    answer = registrar.post(f"{evidence_url}/{row}", {"usar": proof.pk}, headers=HTMX)
    assert answer["HX-Refresh"] == "true"


@pytest.mark.parametrize("evidence_id", ["", "x", "9" * 40, "-1", "٣", "1 OR 1=1"])
def test_what_names_no_evidence_changes_nothing(registrar, evidence_url, row, evidence_id):
    answer = registrar.post(f"{evidence_url}/{row}", {"usar": evidence_id, "quitar": evidence_id})
    assert answer.status_code == 302
    assert not EvidenceUse.objects.exists()


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_an_evidence_nobody_brought_is_not_found(analyst, number):
    for address in ("", "/archivo", "/pagina/1.png"):
        assert analyst.get(f"/evidencias/{number}{address}").status_code == 404


def test_a_row_of_nobody_is_not_found(registrar, evidence_url):
    assert registrar.post(f"{evidence_url}/product-0", {"usar": 1}).status_code == 404


def test_too_many_bytes_are_sent_back_before_they_are_read(registrar, evidence_url, monkeypatch):
    monkeypatch.setattr(upload_size, "MOST_AT_ONCE", 100)
    answer = registrar.post(evidence_url, {"archivos": [upload()]}, follow=True)
    assert "60 MB" in text_of(answer)
    assert not Evidence.objects.exists()


def test_the_token_is_still_asked_for(ministry, evidence_url):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ministry.registrar)
    assert client.post(evidence_url, {"archivos": [upload()]}).status_code == 403


def test_the_report_shows_how_many_files_each_row_has(ministry, registrar, row):
    use_evidence(make_evidence(ministry.institution), ministry.save("2").id)
    html = registrar.get(registrar.report_url).content.decode()
    cell = re.search(rf'id="{row}-evidencia".*?</span></a>', html, re.S)
    assert cell
    assert " 1<span" in cell[0]


@pytest.fixture
def proof(ministry):
    return make_evidence(ministry.institution, 'lista "final"; ñandú.png', data=picture())


def test_a_file_that_was_altered_does_not_leave(analyst, proof, monkeypatch):
    monkeypatch.setattr(storage, "is_intact", lambda digest: False)
    answer = analyst.get(f"/evidencias/{proof.pk}/archivo")
    assert answer.status_code == 409
    assert "no es el que se subió" in answer.content.decode()


def test_a_file_leaves_as_an_attachment_and_nothing_else(analyst, proof):
    answer = analyst.get(f"/evidencias/{proof.pk}/archivo")
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in answer["Content-Disposition"]


def test_a_page_is_a_picture_drawn_apart_and_drawn_once(analyst, proof, monkeypatch):
    drawn = b"".join(analyst.get(f"/evidencias/{proof.pk}/pagina/1.png").streaming_content)
    assert drawn.startswith(b"\x89PNG")
    monkeypatch.setattr("sigpret.apps.evidence.views.files.draw", None)
    again = b"".join(analyst.get(f"/evidencias/{proof.pk}/pagina/1.png").streaming_content)
    assert again == drawn


@pytest.mark.parametrize("page", [0, 2, 99])
def test_a_page_that_is_not_there_is_not_found(analyst, proof, page):
    assert analyst.get(f"/evidencias/{proof.pk}/pagina/{page}.png").status_code == 404


def test_an_altered_file_says_so_where_it_is_looked_at(ministry, analyst, proof):
    place = storage.held().path(storage.place_of(proof.file.sha256))
    with open(place, "rb+") as file:
        file.write(b"X")
    assert "no coincide con su huella" in text_of(analyst.get(f"/evidencias/{proof.pk}"))
    storage.keep(picture())


def test_the_library_lists_what_is_used_where(ministry, registrar, proof, code):
    use_evidence(proof, ministry.save("2").id)
    page = text_of(registrar.get("/evidencias"))
    assert "1 evidencia" in page
    assert code in page
    assert "En uso" in page


def test_a_long_library_has_pages_the_newest_quarter_first(registrar, ministry, monkeypatch):
    monkeypatch.setattr(lists, "PER_PAGE", 2)
    for period in ("2026-Q1", "2026-Q3", "2026-Q2"):
        make_evidence(ministry.institution, name=f"acta {period}.pdf", period=period)
    first = text_of(registrar.get("/evidencias"))
    assert "3 evidencias" in first
    assert "Página 1 de 2" in first
    assert "acta 2026-Q1" not in first
    assert first.index("acta 2026-Q3") < first.index("acta 2026-Q2")
    assert "acta 2026-Q1" in text_of(registrar.get("/evidencias?pagina=2"))


def test_an_empty_library_says_what_to_do(registrar):
    assert "Arrastre arriba" in text_of(registrar.get("/evidencias"))


def test_a_filter_that_finds_nothing_offers_everything(registrar, proof):
    page = registrar.get("/evidencias?trimestre=2020-Q1")
    assert "Ninguna evidencia responde a ese filtro" in text_of(page)


@pytest.mark.parametrize("query", ["ver=%27", "trimestre=%00", "tipo=<b>", "producto=1%27--"])
def test_a_strange_filter_is_only_a_filter(registrar, proof, query):
    assert registrar.get(f"/evidencias?{query}").status_code == 200


def test_an_institution_never_sees_the_files_of_another(ministry, registrar, stranger):
    make_evidence(ministry.institution, "canario.png")
    code = ministry.institution.code
    assert "canario" not in text_of(stranger.get("/evidencias"))
    assert stranger.get(f"/evidencias?institucion={code}").status_code == 403
    assert "canario" in text_of(registrar.get("/evidencias"))


def test_who_reads_the_country_chooses_an_institution(ministry, analyst, proof):
    assert "Elija una institución" in text_of(analyst.get("/evidencias"))
    page = analyst.get(f"/evidencias?institucion={ministry.institution.code}")
    assert "ñandú.png" in text_of(page)
    for nobody in ("nadie", "%00", "9" * 400):
        assert analyst.get(f"/evidencias?institucion={nobody}").status_code == 404


def test_a_file_is_replaced_reserved_and_freed_from_its_page(registrar, proof):
    url = f"/evidencias/{proof.pk}"
    answer = registrar.post(url, {"accion": "reservar", "fundamento": "corto"})
    assert answer.status_code == 422
    assert "fundamento legal" in text_of(answer)
    ground = "Decreto 170-2006,\x00 artículo 24: datos personales"
    done = registrar.post(url, {"accion": "reservar", "fundamento": ground}, follow=True)
    assert "Reservada" in text_of(done)
    done = registrar.post(url, {"accion": "levantar"}, follow=True)
    assert "La reserva se levantó." in text_of(done)
    done = registrar.post(
        url, {"accion": "reemplazar", "archivo": upload("nueva.pdf")}, follow=True
    )
    assert "nueva.pdf" in text_of(done)
    assert "Evidencia reemplazada" in text_of(registrar.get(url))


def test_what_nobody_uses_is_withdrawn_from_its_page(registrar, proof):
    done = registrar.post(f"/evidencias/{proof.pk}", {"accion": "retirar"}, follow=True)
    assert "Retirada" in text_of(done)
    assert "Evidencia retirada." in text_of(registrar.get(f"/evidencias/{proof.pk}"))


@pytest.mark.parametrize("action", ["", "borrar", "reemplazar"])
def test_an_unclear_wish_is_explained(registrar, proof, action):
    assert registrar.post(f"/evidencias/{proof.pk}", {"accion": action}).status_code == 422


def test_a_closing_keeps_the_fingerprints_and_only_the_ground_of_what_is_reserved(ministry):
    ministry.save_everything()
    value = ministry.value_of(ministry.indicator)
    shown = make_evidence(ministry.institution, "acta.png")
    secret = make_evidence(
        ministry.institution, "nombres.png", is_reserved=True, legal_ground="Artículo 24"
    )
    for one in (shown, secret):
        use_evidence(one, value)
    ministry.submit()
    ministry.validate(*ministry.report.values.all())
    ministry.close()
    kept = Snapshot.objects.get(kind=Snapshot.Kind.GOAL).payload["evidence"]
    assert kept == list(published_evidence(Q3, "indicator_id")[ministry.indicator.pk])
    assert kept[0]["sha256"] == shown.file.sha256
    assert kept[1] == {"legal_ground": "Artículo 24"}


def test_too_many_files_in_a_minute_wait_and_nothing_kept_is_lost(
    registrar, evidence_url, monkeypatch
):
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_000_000.0))
    monkeypatch.setattr(limits.brings_too_many, "__kwdefaults__", {"limit": 2})
    for number in range(2):
        answer = registrar.post(evidence_url, {"archivos": [upload(data=pdf(pages=number + 1))]})
        assert answer.status_code == 200
    answer = registrar.post(evidence_url, {"archivos": [upload(data=pdf(pages=3))]})
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Lo que ya subió sigue guardado" in text_of(answer)
    assert Evidence.objects.count() == 2
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_000_060.0))
    answer = registrar.post(evidence_url, {"archivos": [upload(data=pdf(pages=3))]})
    assert answer.status_code == 200
