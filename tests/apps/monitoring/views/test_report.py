"""T2 · The report: what is typed is kept, once, or explained and left on the page."""

import json
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.results.models import Indicator
from tests.apps.monitoring.scenes import NOW, Ministry
from tests.apps.monitoring.views.desk import HTMX, element, row_fields, squeezed, text_of
from tests.factories.institutions import make_institution
from tests.factories.monitoring import TEGUCIGALPA, make_round
from tests.factories.planning import make_product


@pytest.fixture
def key(ministry):
    return f"product-{ministry.product.pk}"


@pytest.fixture
def after_the_deadline(settings):
    settings.DEMO_NOW = datetime(2026, 10, 16, 17, 0, tzinfo=TEGUCIGALPA)


def stored(ministry: Ministry) -> ReportedValue | None:
    return ReportedValue.objects.filter(product=ministry.product).first()


class TestWhoSees:
    def test_anonymous_people_sign_in_first(self, anonymous):
        response = anonymous.get(anonymous.report_url)
        assert response.status_code == 302
        assert "/cuenta/" in response.url or "/ingresar" in response.url

    def test_another_institution_gets_a_sentence_and_no_data(self, stranger, ministry):
        ministry.save("1")
        response = stranger.get(stranger.report_url)
        assert response.status_code == 403
        assert ministry.product.name not in text_of(response)
        assert "Pida acceso" in text_of(response)

    def test_another_institution_writes_nothing(self, stranger, ministry, key):
        assert stranger.post(stranger.report_url, row_fields(key, "2")).status_code == 403
        assert stored(ministry) is None

    def test_an_analyst_reads_and_does_not_write(self, analyst, ministry, key):
        response = analyst.get(analyst.report_url)
        assert "Sólo lectura." in text_of(response)
        assert 'class="cell' not in response.content.decode()
        assert analyst.post(analyst.report_url, row_fields(key, "2")).status_code == 403

    @pytest.mark.parametrize("path", ["/i/00/2026/t3/reporte", "/i/9/2026/t5/reporte"])
    def test_what_does_not_exist_is_not_found(self, registrar, path):
        assert registrar.get(path).status_code == 404


class TestThePage:
    def test_says_how_many_are_ready_and_until_when(self, registrar):
        words = text_of(registrar.get(registrar.report_url))
        assert "0 de 2 datos listos" in words
        assert "Cierra el viernes 16 de octubre, 5:00 p. m." in words
        assert "Quedan 3 días" in words
        assert "Revisar y enviar · faltan 2" in words

    def test_a_filter_shows_only_its_rows(self, registrar, ministry):
        ministry.save("2")
        words = text_of(registrar.get(f"{registrar.report_url}?ver=falta-dato"))
        assert ministry.indicator.name in words or ministry.goal.text in words
        assert (
            f'id="product-{ministry.product.pk}"'
            not in registrar.get(f"{registrar.report_url}?ver=falta-dato").content.decode()
        )

    def test_a_row_out_of_range_asks_for_its_cause(self, registrar, ministry):
        ministry.save("1")
        words = text_of(registrar.get(registrar.report_url))
        assert "Explíquela en una oración" in words

    def test_without_a_plan_it_offers_to_import_it(self, registrar, ministry):
        ReportedValue.objects.all().delete()
        Indicator.objects.all().delete()
        ministry.plan.delete()
        assert "Aún no hay POA 2026" in text_of(registrar.get(registrar.report_url))

    def test_after_the_deadline_it_is_read_only_and_says_why(self, registrar, after_the_deadline):
        response = registrar.get(registrar.report_url)
        assert "ya cerró" in text_of(response)
        assert 'class="cell' not in response.content.decode()

    def test_before_any_round_it_says_so(self, registrar):
        words = text_of(registrar.get(registrar.report_url.replace("t3", "t4")))
        assert "aún no se reporta" in words

    def test_costs_the_same_with_more_rows(self, registrar, ministry):
        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                registrar.get(registrar.report_url)
            return len(queries)

        few = count()
        for _ in range(8):
            make_product(ministry.plan, {"2026-Q3": "4"})
        assert count() == few


class TestSaving:
    def test_all_rows_are_saved_by_the_plain_button(self, registrar, ministry, key):
        other = f"indicator-{ministry.indicator.pk}"
        data = row_fields(key, "2") | row_fields(other, "1,200.5")
        response = registrar.post(registrar.report_url, data)
        assert response.status_code == 302
        assert stored(ministry).value == 2
        assert ministry.value_of(ministry.indicator).value == pytest.approx(1200.5)

    def test_a_zero_is_a_value_and_a_blank_is_not(self, registrar, ministry, key):
        registrar.post(registrar.report_url, row_fields(key, ""))
        assert stored(ministry) is None
        registrar.post(registrar.report_url, row_fields(key, "0"))
        assert stored(ministry).value == 0

    def test_what_cannot_be_read_stays_as_typed_with_a_suggestion(self, registrar, key):
        response = registrar.post(registrar.report_url, row_fields(key, "3O"))
        assert response.status_code == 422
        assert 'value="3O"' in response.content.decode()
        assert "termina en la letra O. ¿Quiso decir 30?" in text_of(response)
        assert "Cambiar a 30" in text_of(response)

    def test_one_bad_row_does_not_lose_the_good_ones(self, registrar, ministry, key):
        other = f"indicator-{ministry.indicator.pk}"
        data = row_fields(key, "2") | row_fields(other, "mucho")
        response = registrar.post(registrar.report_url, data)
        assert response.status_code == 422
        assert stored(ministry).value == 2
        assert 'value="mucho"' in response.content.decode()

    def test_the_suggestion_is_taken_by_its_button(self, registrar, ministry, key):
        data = row_fields(key, "3O") | {f"{key}-fix": "30"}
        registrar.post(registrar.report_url, data)
        assert stored(ministry).value == 30

    def test_a_row_nobody_touched_is_not_written_over(self, registrar, ministry, key):
        """Two people with the same page open: each saves their own rows."""
        ministry.save("2")
        page_before = row_fields(key, "", seen="", version=0)
        response = registrar.post(registrar.report_url, page_before)
        assert response.status_code == 302
        assert stored(ministry).value == 2

    def test_a_conflict_shows_both_values_and_keeps_both(self, registrar, ministry, key):
        ministry.save("2")
        response = registrar.post(registrar.report_url, row_fields(key, "1"))
        assert response.status_code == 409
        words = text_of(response)
        assert f"{ministry.registrar} cambió este dato a las 9:00 a. m. (— → 2)." in words
        assert "Usted escribió 1." in words
        assert "Conservar el mío" in words
        assert stored(ministry).value == 2

    def test_mine_is_kept_by_its_button(self, registrar, ministry, key):
        ministry.save("2")
        data = row_fields(key, "1") | {f"{key}-keep": stored(ministry).version}
        assert registrar.post(registrar.report_url, data).status_code == 302
        assert stored(ministry).value == 1

    def test_theirs_is_taken_and_mine_stays_in_the_history(self, registrar, ministry, key):
        ministry.save("2")
        data = row_fields(key, "1") | {f"{key}-use": "1"}
        assert registrar.post(registrar.report_url, data).status_code == 302
        assert stored(ministry).value == 2
        event = AuditEvent.objects.latest("id")
        assert event.action == "monitoring.conflict_settled"
        assert json.loads(event.payload)["discarded"] == "1"

    def test_the_same_key_saves_once_and_refuses_another_number(self, registrar, ministry, key):
        header = {"Idempotency-Key": str(uuid4())}
        for _attempt in range(2):
            registrar.post(registrar.report_url, row_fields(key, "2"), headers=header)
        assert AuditEvent.objects.count() == 1
        answer = registrar.post(registrar.report_url, row_fields(key, "3"), headers=header)
        assert answer.status_code == 409
        assert "ya se usó para guardar otra cosa" in text_of(answer)
        assert stored(ministry).value == 2

    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_a_value_for_a_row_that_left_the_sheet_is_refused_and_told(
        self, registrar, ministry, key, headers
    ):
        gone = row_fields("indicator-999999", "7,654")
        answer = registrar.post(registrar.report_url, gone | row_fields(key, "2"), headers=headers)
        assert answer.status_code == 422
        assert "«7,654» no se guardó: ese dato ya no está en su reporte." in text_of(answer)
        assert stored(ministry).value == 2

    def test_an_untouched_row_that_left_the_sheet_is_nobodys_business(self, registrar, key):
        gone = row_fields("indicator-999999", "7", seen="7")
        answer = registrar.post(registrar.report_url, gone | row_fields(key, "2"))
        assert answer.status_code == 302

    def test_a_row_of_somebody_who_signed_out_is_not_drawn_as_a_sign_in_page(self, anonymous, key):
        answer = anonymous.post(anonymous.report_url, row_fields(key, "2"), headers=HTMX)
        assert (answer.status_code, answer.content) == (401, b"")

    def test_a_conflict_is_settled_by_the_version_of_the_button(self, registrar, ministry, key):
        ministry.save("2")
        version = stored(ministry).version
        data = row_fields(key, "1") | {f"{key}-version": [0, version]}
        assert registrar.post(registrar.report_url, data).status_code == 302
        assert stored(ministry).value == 1

    def test_a_cause_the_page_did_not_ask_for_is_kept(self, registrar, ministry, key):
        ministry.save("1", cause="Llovió.", cause_category="emergency")
        version = stored(ministry).version
        registrar.post(registrar.report_url, row_fields(key, "2", seen="1", version=version))
        assert (stored(ministry).value, stored(ministry).cause) == (2, "Llovió.")

    def test_after_the_deadline_what_was_typed_stays_on_the_page(
        self, registrar, ministry, key, after_the_deadline
    ):
        response = registrar.post(registrar.report_url, row_fields(key, "2"))
        assert response.status_code == 422
        assert stored(ministry) is None
        assert "cerró" in text_of(response)
        assert "Usted escribió «2»; no se guardó." in text_of(response)

    def test_going_on_to_send_saves_first(self, registrar, ministry, key):
        data = row_fields(key, "2") | {"siguiente": "enviar"}
        response = registrar.post(registrar.report_url, data)
        assert response.url == registrar.submit_url
        assert stored(ministry).value == 2


class TestTheFragment:
    def test_of_a_saved_row_takes_at_most_25_statements(self, registrar, ministry, key):
        """What is programmed is read once, although the row is drawn again with all around it."""
        ministry.save("2", indicator_id=ministry.indicator.pk)
        headers = {**HTMX, "Idempotency-Key": str(uuid4())}
        with CaptureQueriesContext(connection) as asked:
            registrar.post(registrar.report_url, row_fields(key, "1"), headers=headers)
        sent = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
        assert stored(ministry).value == 1
        assert len([sql for sql in sent if 'FROM "planning_product"' in sql]) == 1
        assert len(sent) <= 25

    def test_of_a_saved_row_equals_the_reloaded_page(self, registrar, key):
        fragment = registrar.post(registrar.report_url, row_fields(key, "1"), headers=HTMX)
        page = registrar.get(registrar.report_url).content.decode()
        inner = squeezed(fragment.content.decode().split("<template>", 1)[0])
        assert inner == element(page, "tbody", key)

    def test_carries_the_counters_of_the_reloaded_page(self, registrar, key):
        fragment = registrar.post(registrar.report_url, row_fields(key, "2"), headers=HTMX)
        page = registrar.get(registrar.report_url).content.decode()
        html = fragment.content.decode()
        assert element(html, "section", "avance") == element(page, "section", "avance")
        assert "Guardado 9:00" in text_of(fragment)

    def test_of_a_bad_row_keeps_what_was_typed(self, registrar, key):
        fragment = registrar.post(registrar.report_url, row_fields(key, "3O"), headers=HTMX)
        assert fragment.status_code == 422
        assert 'value="3O"' in fragment.content.decode()
        assert "<html" not in fragment.content.decode()

    def test_carries_the_panel_of_the_saved_row(self, registrar, ministry, key):
        fragment = registrar.post(registrar.report_url, row_fields(key, "1"), headers=HTMX)
        page = registrar.get(f"{registrar.report_url}?dato={key}").content.decode()
        panel = element(fragment.content.decode(), "aside", "detalle")
        assert panel == element(page, "aside", "detalle")

    def test_of_the_panel_equals_the_reloaded_page(self, registrar, key):
        url = f"{registrar.report_url}?dato={key}"
        fragment = registrar.get(url, headers=HTMX).content.decode()
        page = registrar.get(url).content.decode()
        assert element(fragment, "aside", "detalle") == element(page, "aside", "detalle")


class TestAReturnedRow:
    def test_shows_the_observation_and_asks_for_an_answer(self, registrar, ministry):
        ministry.save_everything()
        ministry.submit()
        ministry.give_back(ministry.value_of(ministry.product), "¿De qué mes es la lista?")
        words = text_of(registrar.get(registrar.report_url))
        assert "¿De qué mes es la lista?" in words
        assert "Responder y corregir" in words
        assert "Devueltos por DIGER 1" in words

    def test_is_the_only_one_that_opens(self, registrar, ministry, key):
        ministry.save_everything()
        ministry.submit()
        ministry.give_back(ministry.value_of(ministry.product))
        html = registrar.get(registrar.report_url).content.decode()
        assert f'name="{key}-value"' in html
        assert f'name="indicator-{ministry.indicator.pk}-value"' not in html


class TestShortAddresses:
    def test_lead_to_the_own_report_of_the_open_quarter(self, registrar):
        assert registrar.get("/reporte").url == registrar.report_url
        assert registrar.get("/reporte/2026/t3").url == registrar.report_url

    def test_say_why_when_there_is_no_own_report(self, analyst):
        response = analyst.get("/reporte")
        assert response.status_code == 403
        assert "no pertenece a una institución" in text_of(response)


def test_drafts_of_two_institutions_never_mix(registrar, ministry):
    other = Ministry(round=ministry.round, institution=make_institution())
    other.save("1", cause="Secreto de la otra institución.")
    assert "Secreto" not in text_of(registrar.get(registrar.report_url))


class TestAQuarterThatIsOver:
    def test_counts_what_was_validated_and_misses_nothing(self, registrar, ministry):
        ministry.validate_everything()
        ministry.close()
        words = text_of(registrar.get(registrar.report_url))
        assert "2 de 2 datos validados" in words
        assert "Revisar y enviar" not in words

    def test_says_what_was_never_reported(self, registrar, after_the_deadline):
        words = text_of(registrar.get(registrar.report_url))
        assert "0 de 2 datos validados" in words
        assert "Falta el dato" not in words
        assert "Sin reporte" in words


def test_a_quarter_that_has_not_opened_asks_for_nothing(registrar):
    words = text_of(registrar.get(registrar.report_url.replace("t3", "t4")))
    assert "2 datos por reportar" in words
    assert "Aún no abre" in words
    assert "Falta el dato" not in words


def test_without_a_plan_the_goals_are_reported_all_the_same(registrar, ministry):
    ministry.plan.delete()
    words = text_of(registrar.get(registrar.report_url))
    assert "Aún no hay POA 2026" in words
    assert "0 de 1 dato listo" in words


def test_a_row_saved_under_a_filter_keeps_the_filter_on(registrar, ministry):
    url = f"{registrar.report_url}?ver=falta-dato"
    fields = row_fields(f"product-{ministry.product.pk}", "2")
    html = registrar.post(url, fields, headers=HTMX).content.decode()
    assert 'ver=falta-dato" aria-current="true"' in html


class TestASentReport:
    def test_can_be_corrected_while_nobody_reviews_it(self, registrar, sent):
        words = text_of(registrar.get(registrar.report_url))
        assert "Puede corregir hasta que DIGER empiece a revisar" in words
        assert "Revisar y enviar" in words

    def test_is_closed_by_the_first_decision(self, registrar, sent):
        sent.validate(sent.value_of(sent.product))
        words = text_of(registrar.get(registrar.report_url))
        assert "DIGER ya lo está revisando" in words
        assert "Revisar y enviar" not in words


def test_what_a_closed_quarter_left_without_value_is_folded_with_its_way_out(registrar, ministry):
    make_round("2026-Q1", state="closed", closed_at=NOW, digest="0" * 64, policy_version="1")
    html = registrar.get(registrar.report_url).content.decode()
    assert "2 datos de trimestres ya cerrados quedaron sin reporte" in html
    place = registrar.report_url.replace("t3", "t1")
    assert f"{place}/cambio/product-{ministry.product.pk}" in html
