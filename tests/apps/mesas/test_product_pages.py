"""The screens of the products: what each person may do, and what comes back when it cannot be."""

from datetime import UTC, datetime
from io import BytesIO

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from django.urls import reverse
from docx import Document

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.models import Membership
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions import proposals
from sigpret.apps.mesas.models import Bottleneck, Designation
from sigpret.apps.mesas.pending_proposals import proposal_tasks
from sigpret.apps.mesas.queries import standing_in
from sigpret.apps.mesas.search_products import product_hits
from sigpret.documents.mesa_product import NOT_APPROVED, ProductPaper, ProductSection, product_pdf
from sigpret.web.search import SearchWords
from tests.factories.institutions import make_institution, make_user
from tests.factories.mesa_products import make_bottleneck, make_strategy, write_product
from tests.factories.mesas import AT, designate, make_mesa

pytestmark = pytest.mark.django_db


@pytest.fixture
def mesa():
    return make_mesa()


def with_duty(mesa, role, duty):
    person = make_user()
    Membership.objects.create(user=person, role=role, sector=mesa.sector, valid_from="2020-01-01")
    designate(mesa, person, duty)
    return person


@pytest.fixture
def marta(mesa, client):
    person = with_duty(mesa, Role.MESA_COORDINATOR, Designation.Duty.TECHNICAL_COORDINATOR)
    client.force_login(person)
    return person


@pytest.fixture
def ivonne(mesa):
    return with_duty(mesa, Role.POLITICAL_COORDINATOR, Designation.Duty.POLITICAL_COORDINATOR)


def at(mesa, name, *more):
    return reverse(f"mesas:{name}", args=[mesa.sector.slug, *more])


def text_of(pdf):
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def propose(subject, person):
    standing = standing_in(subject.mesa, access_of(person, on=AT.date()), on=AT.date())
    who = proposals.Proposing(person, standing, type(subject), subject.pk, subject.version, AT)
    return proposals.propose(proposing=who)


def test_the_list_quotes_the_guidelines(mesa, marta, client):
    page = client.get(at(mesa, "products")).text
    assert "Diagnóstico Sectorial de los principales desafíos del sector." in page
    assert "Mecanismos que permitan la efectiva gestión de información" in page


def test_a_form_with_a_mistake_keeps_what_was_typed(mesa, marta, client):
    answer = client.post(at(mesa, "bottlenecks"), {"title": "Sin causa escrita"})
    assert answer.status_code == 422
    assert "Sin causa escrita" in answer.text
    assert "Escriba la causa." in answer.text
    assert not Bottleneck.objects.exists()


def test_a_late_save_comes_back_with_its_text(mesa, marta, client):
    product = write_product(mesa, marta, sections={"context": "De otra persona."})
    typed = {"version": product.version, "key": "context", "was": "Antes.", "text": "Lo mío."}
    answer = client.post(at(mesa, "diagnosis_step", "guardar"), typed)
    assert answer.status_code == 409
    assert "Lo mío." in answer.text


def test_a_proposal_is_a_task_of_the_political_coordination_and_leads_to_it(
    mesa, marta, ivonne, client
):
    strategy = make_strategy(mesa, marta)
    propose(strategy, marta)
    # As the people of the demonstration: with nothing to prove who they are again with.
    ivonne.set_unusable_password()
    ivonne.save()
    (task,) = proposal_tasks(access_of(ivonne, on=AT.date()), AT)
    assert task.url == at(mesa, "strategy", strategy.pk)
    client.force_login(ivonne)
    assert "Espera su decisión" in client.get(task.url).text
    strategy.refresh_from_db()
    typed = {
        "version": strategy.version,
        "chosen": strategy.options.get(number=1).pk,
        "text": "Es la más barata.",
    }
    assert client.post(at(mesa, "strategy_step", strategy.pk, "aprobar"), typed).status_code == 302
    assert list(proposal_tasks(access_of(ivonne, on=AT.date()), AT)) == []


def test_a_report_that_was_proposed_leads_to_its_quarter(mesa, marta, ivonne):
    product = write_product(mesa, marta, "progress", period="2026-Q3", sections={"goals": "Seis."})
    propose(product, marta)
    (task,) = proposal_tasks(access_of(ivonne, on=AT.date()), AT)
    assert task.url == f"{at(mesa, 'progress_report', '2026-Q3')}?version=1"


def test_a_report_is_a_pdf_with_tags_and_a_word_with_the_same_words(mesa, marta, client):
    write_product(mesa, marta, "progress", period="2026-Q3", sections={"goals": "Seis metas."})
    answer = client.get(at(mesa, "progress_report_file", "2026-Q3", "pdf"))
    pdf = pypdfium2.PdfDocument(answer.content)
    assert "Seis metas." in text_of(pdf)
    assert pdfium.FPDFCatalog_IsTagged(pdf)
    word = client.get(at(mesa, "progress_report_file", "2026-Q3", "docx"))
    said = [line.text for line in Document(BytesIO(word.content)).paragraphs]
    assert "Seis metas." in said
    assert NOT_APPROVED in said


def test_typed_text_never_becomes_markup_of_the_document():
    paper = ProductPaper(
        kind="Informe",
        title="#emph[x]",
        mesa="Salud",
        version=1,
        facts=(),
        sections=(ProductSection("Metas", '#read("/etc/passwd") *no*'),),
    )
    made = product_pdf(paper, written_at=datetime(2026, 10, 13, tzinfo=UTC))
    assert '#read("/etc/passwd") *no*' in text_of(pypdfium2.PdfDocument(made))


def test_a_period_that_has_not_begun_has_no_report(mesa, marta, client):
    for period in ("2031-Q1", "ayer", "1990-Q1"):
        assert client.get(at(mesa, "progress_report", period)).status_code == 404


def test_the_search_finds_bottlenecks_only_in_mesas_one_may_open(mesa, marta):
    make_bottleneck(mesa, make_institution(), title="Compras desiertas")
    make_bottleneck(make_mesa(), make_institution(), title="Compras de otra mesa")
    found = product_hits(access_of(marta, on=AT.date()), SearchWords.of("compras"))
    assert [hit.title for hit in found] == ["Compras desiertas"]


def test_the_goals_and_documents_of_the_mesa_have_their_place(mesa, marta, client):
    assert client.get(at(mesa, "goals")).status_code == 200
    assert "Documentos de la mesa" in client.get(at(mesa, "documents")).text
