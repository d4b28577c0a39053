"""The distribution step: proposed by periodicity, added up in every row, accepted by a person."""

from decimal import Decimal

import pytest
from django.urls import reverse

from sigpret.apps.imports.actions import QuartersChange, save_quarters
from sigpret.apps.imports.drafts import quarters_of_token, quarters_token
from sigpret.apps.imports.queries import distribution_sheet, import_facts
from sigpret.apps.planning.programming import ProductKey
from tests.apps.imports import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(upload, visit):
    """A draft with every blank marked as not scheduled."""
    kept = upload()
    visit.post(reverse("imports:review", args=[kept.pk]), {"mark": "en-blanco"})
    kept.refresh_from_db()
    return kept


@pytest.fixture
def rows(draft, access):
    def read():
        sheet = distribution_sheet(import_facts(access, draft.pk))
        return {row.key.code: row for row in sheet.rows}

    return read


@pytest.fixture
def post(visit, draft):
    def send(code="", quarters=("", "", "", ""), shown="", seen="", htmx=False, **buttons):
        data = {f"q{n}-{code}": text for n, text in enumerate(quarters, start=1)} if code else {}
        data |= {f"shown-{code}": shown, f"seen-{code}": seen} if code else {}
        headers = {"HX-Request": "true"} if htmx else {}
        return visit.post(
            reverse("imports:distribute", args=[draft.pk]), data | buttons, headers=headers
        )

    return send


@pytest.mark.parametrize(
    ("code", "proposal"),
    [
        ("1.1.5", "|1||1"),  # semestral, 2 a year
        ("2.1.5", "|1||1"),  # quarterly, 2 a year
        ("2.1.7", "|1|1|1"),  # quarterly, 3 a year
        ("2.1.6", "1|2|1|2"),  # quarterly, 6 a year
        ("3.1.4", "1|1|1|1"),  # quarterly, 4 a year
        ("3.1.7", "3|4|4|4"),  # quarterly, 15 a year
        ("3.1.9", "|||10"),  # annual, 10
    ],
)
def test_each_periodicity_has_its_proposal(rows, code, proposal):
    row = rows()[code]
    assert quarters_token(row.quarters) == proposal
    assert row.adds_up
    assert not row.is_accepted


def test_only_scheduled_products_are_distributed(rows):
    assert len(rows()) == 17


def test_blanks_come_before_quarters(upload, visit):
    kept = upload()
    answer = visit.get(reverse("imports:distribute", args=[kept.pk]))
    assert answer["Location"] == reverse("imports:review", args=[kept.pk])


def test_the_page_says_why_a_proposal_is_uneven(visit, draft):
    page = visit.get(reverse("imports:distribute", args=[draft.pk])).content.decode()
    assert "Es trimestral, pero la producción anual es 2. ¿En qué trimestres?" in page


def test_a_changed_row_is_kept_even_while_it_does_not_add_up(post, draft, rows):
    answer = post("2.1.5", ("1", "", "", ""), shown="|1||1", htmx=True)
    page = answer.content.decode()
    assert "Los trimestres suman 1 y la producción anual es 2. Falta ubicar 1." in page
    assert quarters_token(rows()["2.1.5"].quarters) == "1|||"


def test_too_much_is_told_as_too_much(post):
    page = post("2.1.5", ("2", "2", "", ""), shown="|1||1", htmx=True).content.decode()
    assert "Sobran 2." in page


def test_an_untouched_proposal_is_not_accepted_by_saving(post, rows):
    post("2.1.5", ("", "1", "", "1"), shown="|1||1")
    assert not rows()["2.1.5"].is_accepted


def test_what_cannot_be_read_names_its_quarter_and_stays_as_typed(post):
    answer = post("2.1.5", ("", "l", "", "1"), shown="|1||1")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "II trimestre: Escriba sólo números" in page
    assert 'value="l"' in page


def posted(rows) -> dict[str, str]:
    data = {"accept_all": "1"}
    for code, row in rows.items():
        token = quarters_token(row.quarters)
        data |= {f"q{n}-{code}": text for n, text in enumerate(token.split("|"), start=1)}
        data |= {f"shown-{code}": token, f"seen-{code}": row.seen}
    return data


def test_accepting_everything_leads_to_the_confirmation(visit, draft, rows):
    answer = visit.post(reverse("imports:distribute", args=[draft.pk]), posted(rows()))
    assert answer["Location"] == reverse("imports:confirm", args=[draft.pk])
    assert all(row.is_accepted for row in rows().values())


def test_a_row_that_does_not_add_up_stops_and_is_listed(visit, draft, rows):
    data = posted(rows()) | {"q1-2.1.5": "5"}
    answer = visit.post(reverse("imports:distribute", args=[draft.pk]), data)
    assert answer.status_code == 422
    assert "Hay 1 fila por corregir" in answer.content.decode()


def test_a_colleague_s_quarters_are_not_written_over(post, draft, registrar, access, rows):
    save_quarters(
        actor=registrar,
        access=access,
        import_id=draft.pk,
        changes=[QuartersChange(ProductKey(2, 1, 5), "", quarters_of_token("1|1||"))],
        at=AT,
    )
    answer = post("2.1.5", ("", "", "1", "1"), shown="|1||1")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Otra persona escribió 1 · 1 · — · —" in page
    assert quarters_token(rows()["2.1.5"].quarters) == "1|1||"


def test_quarters_of_a_product_that_is_not_scheduled_are_ignored(draft, registrar, access):
    save_quarters(
        actor=registrar,
        access=access,
        import_id=draft.pk,
        changes=[QuartersChange(ProductKey(1, 1, 1), "", (None, None, None, Decimal(1)))],
        at=AT,
    )
    draft.refresh_from_db()
    assert draft.distribution == {}


def test_four_quarters_make_a_year():
    with pytest.raises(ValueError, match="four quarters"):
        quarters_of_token("1|2")
