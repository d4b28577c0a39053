"""What citizens see, from what was published and nothing else."""

import gzip
from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from sigpret.apps.portal.presentation import trajectory
from sigpret.apps.portal.queries import promise_page
from sigpret.apps.reference import queries as reference
from sigpret.apps.reference.queries import policy_book
from sigpret.methodology.policy import PolicyBook
from sigpret.web.clock import now
from sigpret.web.csv_files import harmless
from tests.factories.results import make_goal
from tests.factories.snapshots import EXPLANATION, make_closed_round, make_grade, make_promise

pytestmark = pytest.mark.django_db
PAGE_LIMIT = 60_000


def own(status: str, value: str | None = "50") -> dict:
    return {"value": value, "status": status, "explanation": EXPLANATION}


def page(client, name: str, query: str = "", **where) -> str:
    answer = client.get(reverse(f"portal:{name}", kwargs=where) + query)
    assert answer.status_code == 200
    return answer.text.replace("\xa0", " ")


def test_before_the_first_closing_the_home_says_when_data_will_come(client):
    assert "Los primeros datos" in page(client, "home")
    assert "Los primeros datos" in page(client, "promises")


def test_an_unpublished_goal_does_not_exist_for_citizens(client):
    make_closed_round()
    goal = make_goal("presidential", {"2026-Q3": "10"}, slug="secreta", text="Meta en preparación")
    assert "Meta en preparación" not in page(client, "promises")
    assert client.get(reverse("portal:promise", args=[goal.slug])).status_code == 404


def test_the_home_answers_in_its_title(client):
    closing = make_closed_round()
    make_promise(closing, "uno", own=own("on_track", "95"))
    make_promise(closing, "dos", own=own("behind"))
    make_promise(closing, "tres", own=own("behind"))
    assert "1 de 3 promesas va en ruta; 2 están rezagadas." in page(client, "home")


def test_the_home_lists_what_changed_since_the_quarter_before(client):
    make_promise(make_closed_round("2026-Q1"), own=own("on_track", "95"))
    make_promise(make_closed_round("2026-Q2"))
    changes = page(client, "home").split('id="cambios"')[1]
    assert "En ruta" in changes
    assert "En riesgo" in changes
    assert "Reparar escuelas" in changes


def test_the_home_counts_institutions_by_band_and_names_none(client):
    closing = make_closed_round()
    make_promise(closing)
    for code, band in (("701", "alto"), ("702", "alto"), ("703", "bajo"), ("704", None)):
        make_grade(closing, code, band)
    bands = page(client, "home").split('id="bandas"')[1].split("</section>")[0]
    assert "<b>2</b> en alto" in bands
    assert "<b>0</b> en medio" in bands
    assert "<b>1</b> en bajo" in bands
    assert "<b>1</b> sin metas programadas a la fecha" in bands
    assert "Instituto" not in bands
    assert "81" not in bands


def test_a_quarter_closed_without_grades_shows_no_bands(client):
    make_promise(make_closed_round())
    assert 'id="bandas"' not in page(client, "home")


@pytest.mark.parametrize(
    ("is_demo", "column"), [(True, "Datos ficticios de demostración"), (False, "")]
)
def test_what_is_downloaded_from_a_demonstration_says_it_is_fiction(
    client, settings, is_demo, column
):
    settings.DEMO = is_demo
    make_promise(make_closed_round())
    assert (column in page(client, "home")) or not is_demo
    for address in (
        reverse("portal:promises_data"),
        reverse("portal:promise_data", args=["escuelas"]),
    ):
        header, *rows = client.get(address).text.splitlines()
        assert header.endswith(",aviso") == is_demo
        assert [row.endswith(f",{column}") for row in rows] == [is_demo] * len(rows)


@pytest.mark.parametrize(
    ("counts_as_zero", "said"), [(True, "cuenta como cero"), (False, "no cuenta")]
)
def test_the_methodology_page_says_what_silence_does_to_a_grade(
    client, monkeypatch, counts_as_zero, said
):
    policy = replace(policy_book().versions[0], missing_counts_as_zero=counts_as_zero)
    monkeypatch.setattr(reference, "policy_book", lambda: PolicyBook((policy,)))
    assert f"En la nota de la institución {said}." in page(client, "methodology")


def test_a_promise_says_what_was_done_and_what_was_planned(client):
    make_promise(make_closed_round())
    text = page(client, "promise", slug="escuelas")
    assert (
        "Va en 742 escuelas; debía ir en 900 escuelas. La meta del año es 1,200 escuelas." in text
    )
    assert "Secretaría de Educación" in text
    assert "En riesgo" in text
    assert "d" * 64 in text


def test_a_descending_promise_is_told_as_going_down(client):
    promise = {"name": "Pérdidas", "unit": "%", "sense": "descending"}
    make_promise(
        make_closed_round(), indicator=promise, executed_to_date="34.8", planned_to_date="31"
    )
    assert "debía bajar a 31" in page(client, "promise", slug="escuelas")


def test_a_promise_without_report_says_so_and_shows_no_zero(client):
    make_promise(
        make_closed_round(), executed_to_date=None, series=[], own=own("not_reported", None)
    )
    text = page(client, "promise", slug="escuelas")
    assert "La institución debía reportarlo." in text
    assert "El último dato" not in text
    assert "Sin reporte" in text


@pytest.fixture
def unreported():
    """Twenty done by the second quarter, and the third never reported."""
    told = {"planned": "10", "executed": "20", "planned_to_date": "20", "executed_to_date": "20"}
    silent = {"planned": "10", "executed": None, "planned_to_date": "30", "executed_to_date": "20"}
    return make_promise(
        make_closed_round("2026-Q3"),
        planned_to_date="30",
        executed_to_date="20",
        series=[
            {"period": "2026-Q2", "achievement": "100", "status": "on_track"} | told,
            {"period": "2026-Q3", "achievement": None, "status": "not_reported"} | silent,
        ],
        own=own("not_reported", None),
    )


def test_what_earlier_quarters_accumulated_is_not_told_as_this_ones(client, unreported):
    text = page(client, "promise", slug="escuelas")
    assert "No hay dato validado del III trimestre. La institución debía reportarlo." in text
    assert "El último dato es 20 escuelas, del II trimestre de 2026." in text
    assert "Va en" not in text


def test_an_unreported_quarter_is_no_point_of_the_trajectory(unreported):
    drawn = {
        point.label: point.executed for point in trajectory(promise_page("escuelas", now())).points
    }
    assert (drawn["II"], drawn["III"]) == (Decimal(20), None)


def test_an_unreported_quarter_is_an_empty_cell_of_the_tables(client, unreported):
    own_rows = client.get(reverse("portal:promise_data", args=["escuelas"])).text.splitlines()
    assert ",2026-Q3,10,,30,,Sin reporte," in own_rows[-1] + ","
    (_header, listed) = client.get(reverse("portal:promises_data")).text.splitlines()
    assert ",Sin reporte,,,30,1200," in listed


@pytest.mark.parametrize(
    ("executed", "told"),
    [
        (None, "No había nada programado para la fecha."),
        ("0", "No había nada programado para la fecha."),
        ("5", "Va en 5 escuelas; no había nada programado para la fecha."),
    ],
    ids=["silent", "zero", "ahead"],
)
def test_nobody_owes_a_report_of_what_was_not_due(client, executed, told):
    not_due = {"planned_to_date": None, "executed_to_date": executed, "series": []}
    make_promise(make_closed_round(), own=own("not_due", None), **not_due)
    text = page(client, "promise", slug="escuelas")
    assert f"{told} La meta del año es 1,200 escuelas." in text
    assert "debía" not in text


UNMEASURED = ("responsible", "indicator", "annual_target", "planned_to_date", "executed_to_date")


@pytest.mark.parametrize("how", ["null", "absent"])
def test_a_promise_without_an_indicator_takes_nothing_down(client, how):
    closing = make_closed_round()
    make_promise(closing)
    bare = dict.fromkeys(UNMEASURED) | {"series": [], "programme": []}
    without = (*bare, "responsible_unit") if how == "absent" else ()
    bare["own"] = own("not_due", None)
    make_promise(closing, "puentes", without=without, **bare)
    for name in ("home", "promises", "promises_data"):
        page(client, name)
    text = page(client, "promise", slug="puentes")
    assert "Todavía no tiene un indicador con qué medirla." in text
    assert "None" not in text
    page(client, "promise_data", slug="puentes")


def test_a_reported_zero_is_told_as_zero(client):
    make_promise(make_closed_round(), executed_to_date="0", own=own("behind", "0"))
    assert "Va en 0 escuelas" in page(client, "promise", slug="escuelas")


def test_a_changed_status_and_a_changed_target_stay_in_the_history(client):
    make_promise(make_closed_round("2026-Q1"), annual_target="1500", own=own("on_track", "95"))
    make_promise(make_closed_round("2026-Q2"))
    text = page(client, "promise", slug="escuelas")
    assert "La meta pasó de 1,500 a 1,200." in text
    assert "Pasó de" in text


def test_a_new_year_with_another_target_is_not_a_reprogramming(client):
    make_promise(make_closed_round("2025-Q4"), annual_target="1500")
    make_promise(make_closed_round("2026-Q1"))
    assert "La meta pasó" not in page(client, "promise", slug="escuelas")


def test_a_promise_withdrawn_from_the_last_quarter_keeps_its_page(client):
    make_promise(make_closed_round("2026-Q1"), "retirada")
    make_closed_round("2026-Q2")
    assert "I trimestre de 2026" in page(client, "promise", slug="retirada")


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("?estado=behind", "Reparar puentes", "Reparar escuelas"),
        ("?q=ESCUELAS", "Reparar escuelas", "Reparar puentes"),
        ("?q=educacion", "Reparar escuelas", "Reparar puentes"),
        ("?sector=obras", "Reparar puentes", "Reparar escuelas"),
        ("?cambio=1", "Reparar puentes", "Reparar escuelas"),
    ],
    ids=["status", "words", "without accents", "sector", "changed"],
)
def test_promises_are_found(client, query, shown, hidden):
    works = {"code": "S09", "name": "Obras", "slug": "obras"}
    ministry = {"code": "120", "name": "Ministerio de Obras"}
    for period, status in (("2026-Q1", "at_risk"), ("2026-Q2", "behind")):
        closing = make_closed_round(period)
        make_promise(closing)
        make_promise(closing, "puentes", sector=works, responsible=ministry, own=own(status))
    text = page(client, "promises", query).split("</form>")[1]
    assert shown in text
    assert hidden not in text


def test_a_search_that_finds_nothing_says_what_to_do(client):
    make_promise(make_closed_round())
    assert "Quite uno o busque con otra palabra" in page(client, "promises", "?q=dragones")


@pytest.mark.parametrize("query", ["?estado=x'--", "?sector=%00", "?cambio=9", "?q=" + "a" * 5000])
def test_nonsense_in_the_address_is_ignored(client, query):
    make_promise(make_closed_round())
    page(client, "promises", query)


def test_the_data_of_a_promise_can_be_downloaded(client):
    make_promise(make_closed_round())
    answer = client.get(reverse("portal:promise_data", args=["escuelas"]))
    assert answer["Content-Type"].startswith("text/csv")
    header, row = answer.content.decode("utf-8-sig").splitlines()
    assert header.startswith("codigo,promesa,unidad,periodo,programado,ejecutado")
    assert row.startswith("P-escuelas,Reparar escuelas,escuelas,2026-Q2,300,181,900,742,")


def test_the_list_can_be_downloaded_as_filtered(client):
    closing = make_closed_round()
    make_promise(closing)
    make_promise(closing, "puentes", own=own("behind"))
    lines = client.get(reverse("portal:promises_data") + "?estado=behind").content.decode()
    assert "puentes" in lines
    assert "escuelas reparadas" not in lines
    assert len(lines.splitlines()) == 2


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+503", "'+503"),
        ("+HYPERLINK()", "'+HYPERLINK()"),
        ("-12.5", "-12.5"),
        ("-cmd", "'-cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        (None, ""),
        (0, "0"),
    ],
)
def test_no_cell_runs_in_a_spreadsheet(cell, written):
    assert harmless(cell) == written


def test_the_methodology_page_prints_the_rules_in_force(client):
    text = page(client, "methodology")
    assert "90" in text
    assert "Un cero reportado es un dato" in text


@pytest.mark.parametrize("name", ["home", "promises"])
def test_pages_are_light_and_need_no_script(client, name):
    closing = make_closed_round()
    for number in range(48):
        make_promise(closing, f"promesa-{number}")
    text = page(client, name)
    assert "<script" not in text
    assert len(gzip.compress(text.encode())) < PAGE_LIMIT


def test_the_list_costs_the_same_however_long(client, django_assert_max_num_queries):
    closing = make_closed_round()
    for number in range(20):
        make_promise(closing, f"promesa-{number}")
    with django_assert_max_num_queries(7):
        page(client, "promises")
