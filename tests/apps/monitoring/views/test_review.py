"""D1 and D2 · The queue and the decision: one by one, in batch, never on one's own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.models import Membership
from sigpret.apps.monitoring.models import ReviewOpening
from tests.apps.monitoring.scenes import NOW, Ministry
from tests.apps.monitoring.views.desk import HTMX, Desk, text_of
from tests.factories.evidence import make_evidence, use_evidence
from tests.factories.institutions import make_institution, make_user
from tests.factories.monitoring import make_report, make_round, make_value


def listed_in(page) -> list[str]:
    """What the batch button of the page would post."""
    return [
        f"{row.row.cell.id}:{row.row.cell.version}" for row in page.context["page"].review.clean
    ]


def open_datum(desk, ministry, **more):
    value = ministry.value_of(ministry.product)
    given = {"value": f"{value.pk}:{value.version}"}
    return desk.post(f"{desk.review_url}/abrir", given, **more)


RETURN = {"decision": "return"}


def seen(value) -> dict:
    return {"decision": "validate", "version": value.version}


class TestTheQueue:
    def test_anonymous_people_sign_in_first(self, anonymous):
        assert anonymous.get("/validar").status_code == 302

    def test_is_not_for_who_reports(self, registrar):
        response = registrar.get("/validar")
        assert response.status_code == 403
        assert "Sólo las analistas" in text_of(response)

    def test_says_when_nothing_waits_and_who_has_not_sent(self, analyst):
        words = text_of(analyst.get("/validar"))
        assert "Nada por validar" in words
        assert "1 institución aún no envía." in words

    def test_lists_what_waits(self, analyst, sent):
        words = text_of(analyst.get("/validar"))
        assert "1 reporte por validar, con 2 datos" in words
        assert sent.institution.name in words

    def test_costs_the_same_with_more_reports(self, analyst, sent):
        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                analyst.get("/validar")
            return len(queries)

        few = count()
        for _ in range(3):
            other = Ministry(round=sent.round, institution=make_institution())
            other.save_everything()
            other.submit()
        assert count() == few


class TestTheReview:
    def test_anonymous_people_sign_in_first(self, anonymous, sent):
        assert anonymous.get(anonymous.review_url).status_code == 302

    def test_is_not_for_who_reports(self, registrar, sent):
        assert registrar.get(registrar.review_url).status_code == 403

    def test_a_draft_is_not_there_to_review(self, analyst, ministry):
        ministry.save("2")
        assert analyst.get(analyst.review_url).status_code == 404

    def test_shows_the_datum_with_its_rule(self, analyst, sent):
        response = analyst.get(f"{analyst.review_url}?dato=product-{sent.product.pk}")
        words = text_of(response)
        assert "faltan 2 de 2 datos" in words
        assert "¿Por qué este estado?" in words
        assert "Validar 2" in words

    def test_costs_the_same_with_more_rows(self, analyst, sent):
        with CaptureQueriesContext(connection) as few:
            analyst.get(analyst.review_url)
        assert len(few) < 34


class TestDeciding:
    def test_validating_goes_on_to_the_next(self, analyst, sent):
        value = sent.value_of(sent.product)
        response = analyst.post(analyst.decide_url(value), seen(value))
        assert response.status_code == 302
        assert f"dato=indicator-{sent.indicator.pk}" in response.url
        assert sent.value_of(sent.product).state == "validated"

    def test_a_value_that_changed_meanwhile_is_not_validated(self, analyst, sent):
        value = sent.value_of(sent.product)
        data = {"decision": "validate", "version": value.version - 1}
        response = analyst.post(analyst.decide_url(value), data)
        assert response.status_code == 409
        assert "cambió mientras usted lo revisaba" in text_of(response)
        assert sent.value_of(sent.product).state == "submitted"

    def test_returning_needs_an_observation(self, analyst, sent):
        value = sent.value_of(sent.product)
        response = analyst.post(analyst.decide_url(value), {"decision": "return"})
        assert response.status_code == 422
        assert "Escriba qué debe aclarar" in text_of(response)
        assert sent.value_of(sent.product).state == "submitted"

    def test_returning_tells_why(self, analyst, sent):
        value = sent.value_of(sent.product)
        data = {"observation": "¿De qué mes es la lista?"} | seen(value) | RETURN
        assert analyst.post(analyst.decide_url(value), data).status_code == 302
        assert sent.value_of(sent.product).observation == "¿De qué mes es la lista?"

    def test_a_value_that_changed_meanwhile_is_not_returned(self, analyst, sent):
        before = sent.value_of(sent.product)
        sent.save("3", version=before.version, cause="Conteo final.")
        sent.submit()
        data = {"observation": "¿De qué mes es la lista?", "seen": "2.0000"} | seen(before) | RETURN
        response = analyst.post(analyst.decide_url(before), data)
        assert response.status_code == 409
        words = text_of(response)
        assert "Usted vio 2 Ahora es 3" in words
        assert "Validar 3" in words
        assert sent.value_of(sent.product).state == "submitted"

    def test_the_returning_form_says_what_was_seen(self, analyst, sent):
        url = f"{analyst.review_url}?dato=product-{sent.product.pk}&motivo=periodo"
        page = analyst.get(url).content.decode()
        version = sent.value_of(sent.product).version
        assert f'name="version" value="{version}"' in page
        assert 'name="seen" value="2.0000"' in page

    def test_a_reason_proposes_its_sentence(self, analyst, sent):
        url = f"{analyst.review_url}?dato=product-{sent.product.pk}&motivo=periodo"
        assert "Confirme que 2 corresponde sólo al III trimestre" in text_of(analyst.get(url))

    @pytest.fixture
    def with_history(self, ministry):
        """A sent report whose product already reported the quarter before: nothing to ask."""
        decided = {"decided_by": ministry.analyst, "decided_at": NOW}
        sent = {"submitted_by": ministry.registrar, "submitted_at": NOW}
        earlier = make_report(
            ministry.institution, make_round("2026-Q2"), state="validated", **sent
        )
        make_value(earlier, "2", product=ministry.product, state="validated", **decided)
        ministry.save_everything()
        use_evidence(make_evidence(ministry.institution), ministry.value_of(ministry.product))
        ministry.submit()
        return ministry

    def test_the_batch_waits_until_the_one_drawn_is_opened(self, analyst, with_history):
        listed = listed_in(analyst.get(analyst.review_url))
        response = analyst.post(analyst.review_url, {"value": listed})
        assert response.status_code == 409
        assert "Abra antes este dato, elegido al azar" in text_of(response)
        assert with_history.value_of(with_history.product).state == "submitted"

    def test_the_clean_ones_are_validated_together(self, analyst, with_history):
        """Only those that were on the list the person saw."""
        page = analyst.get(analyst.review_url)
        listed = listed_in(page)
        assert listed
        open_datum(analyst, with_history)
        assert analyst.post(analyst.review_url, {"value": listed}).status_code == 302
        ids = [int(text.split(":")[0]) for text in listed]
        states = with_history.report.values.filter(pk__in=ids).values_list("state", flat=True)
        assert set(states) == {"validated"}

    def test_looking_at_a_datum_writes_nothing(self, analyst, with_history):
        analyst.get(f"{analyst.review_url}?dato=product-{with_history.product.pk}")
        assert not ReviewOpening.objects.exists()

    def test_opening_one_that_was_drawn_goes_to_it(self, analyst, with_history):
        answer = open_datum(analyst, with_history)
        assert answer["Location"].endswith(f"?dato=product-{with_history.product.pk}")
        assert open_datum(analyst, with_history, headers=HTMX).status_code == 204
        assert ReviewOpening.objects.count() == 1

    @pytest.mark.parametrize("text", ["", "x", "0:1", "9" * 30 + ":1"])
    def test_opening_what_is_no_datum_writes_nothing(self, analyst, sent, text):
        answer = analyst.post(f"{analyst.review_url}/abrir", {"value": text})
        assert answer["Location"] == analyst.review_url
        assert not ReviewOpening.objects.exists()

    def test_a_clean_one_that_changed_meanwhile_stops_the_batch(self, analyst, with_history):
        listed = [f"{text.split(':')[0]}:1" for text in listed_in(analyst.get(analyst.review_url))]
        open_datum(analyst, with_history)
        assert analyst.post(analyst.review_url, {"value": listed}).status_code == 409
        assert with_history.report.state == "submitted"

    @pytest.mark.parametrize("text", ["", "x", "1:", "1:x", "9" * 30 + ":1", "-1:1"])
    def test_what_is_not_a_value_is_ignored(self, analyst, sent, text):
        assert analyst.post(analyst.review_url, {"value": [text]}).status_code == 302
        assert sent.report.state == "submitted"

    def test_a_value_with_signals_is_never_validated_in_batch(self, analyst, ministry):
        ministry.save("0", cause="No hubo.", cause_category="other")
        ministry.save("10", indicator_id=ministry.indicator.pk, cause="x", cause_category="other")
        ministry.submit()
        value = ministry.value_of(ministry.product)
        analyst.post(analyst.review_url, {"value": [f"{value.pk}:{value.version}"]})
        assert ministry.value_of(ministry.product).state == "submitted"

    def test_a_value_of_another_report_is_not_found(self, analyst, sent):
        other = Ministry(round=sent.round, institution=make_institution())
        other.save_everything()
        other.submit()
        value = other.value_of(other.product)
        assert analyst.post(analyst.decide_url(value), seen(value)).status_code == 404

    def test_deciding_is_never_a_get(self, analyst, sent):
        assert analyst.get(analyst.decide_url(sent.value_of(sent.product))).status_code == 405

    @pytest.mark.parametrize("decision", ["validate", "return"])
    def test_who_reports_decides_nothing(self, registrar, sent, decision):
        value = sent.value_of(sent.product)
        data = {"decision": decision, "observation": "x", "version": value.version}
        assert registrar.post(registrar.decide_url(value), data).status_code == 403
        assert sent.value_of(sent.product).state == "submitted"


class TestOnesOwnInstitution:
    @pytest.fixture
    def insider(self, sent):
        user = make_user(Role.ANALYST)
        Membership.objects.create(
            user=user,
            role=Role.REGISTRAR,
            institution=sent.institution,
            valid_from="2020-01-01",
        )
        return Desk(sent, user)

    def test_is_shown_and_cannot_be_decided(self, insider):
        words = text_of(insider.get(insider.review_url))
        assert "Usted no puede decidir sobre este dato" in words
        assert "¿Qué decide sobre este dato?" not in words

    def test_is_refused_by_the_server_too(self, insider, sent):
        value = sent.value_of(sent.product)
        assert insider.post(insider.decide_url(value), seen(value)).status_code == 403
        assert sent.value_of(sent.product).state == "submitted"


def test_a_closed_quarter_is_only_read(analyst, ministry):
    ministry.validate_everything()
    ministry.close()
    words = text_of(analyst.get(analyst.review_url))
    assert "Trimestre cerrado." in words
    assert "Devolver" not in words.replace("Devueltos", "")
