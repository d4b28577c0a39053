"""The draft becomes the plan: once, whole, and again only by its differences."""

import pytest
from django.urls import reverse

from sigpret.apps.accounts.roles import Role
from sigpret.apps.audit.models import AuditEvent
from sigpret.apps.imports.actions import NotReadyError, confirm_import
from sigpret.apps.imports.queries import import_facts
from sigpret.apps.imports.queries.distribution import undistributed
from sigpret.apps.planning.actions import ConflictError
from sigpret.apps.planning.models import AnnualPlan, Product, ProductTarget
from sigpret.apps.reference.models import Periodicity, UnitOfMeasure
from tests.apps.imports import AT
from tests.factories.institutions import make_institution, make_user
from tests.factories.monitoring import make_report, make_value
from tests.factories.plan_report import report_bytes, report_text
from tests.factories.results import make_goal

pytestmark = pytest.mark.django_db


def test_nothing_is_saved_before_the_confirmation(walk, visit):
    kept = walk()
    page = visit.get(reverse("imports:confirm", args=[kept.pk])).content.decode()
    assert "Se creará el POA 2026 con 30 productos" in page
    assert "17 de 30 productos quedan programados" in page
    assert not AnnualPlan.objects.exists()
    assert not UnitOfMeasure.objects.exists()


def test_confirming_saves_the_plan_and_says_so(walk, confirm, visit, institution):
    kept = walk()
    answer = confirm(kept)
    assert answer["Location"] == reverse("planning:plan", args=[2026, institution.code])
    page = visit.get(answer["Location"]).content.decode()
    assert "Plan guardado." in page
    assert "17 de 30 productos programados" in page
    assert kept.sha256 in page
    assert "Luisa Rivera" in page
    assert Product.objects.count() == 30
    assert Product.objects.filter(annual_output__isnull=True).count() == 13
    assert sum(ProductTarget.objects.values_list("planned", flat=True)) == 72


def test_confirming_is_one_event(walk, confirm):
    kept = walk()
    before = AuditEvent.objects.count()
    confirm(kept)
    assert AuditEvent.objects.count() == before + 1
    assert AuditEvent.objects.last().action == "planning.plan_recorded"


def test_pressing_twice_has_one_effect(walk, confirm, registrar, access):
    kept = walk()
    confirm(kept)
    again = confirm_import(
        actor=registrar,
        access=access,
        import_id=kept.pk,
        expected_version=kept.version,
        expected_plan_version=0,
        accepts_new_codes=True,
        at=AT,
    )
    assert again is False
    assert AnnualPlan.objects.get().version == 1
    assert AuditEvent.objects.filter(action="planning.plan_recorded").count() == 1


def test_the_second_press_of_the_button_goes_to_the_plan(walk, confirm, visit):
    kept = walk()
    confirm(kept)
    answer = visit.post(reverse("imports:confirm", args=[kept.pk]), {})
    assert answer["Location"].startswith("/poa/2026/")


def test_new_codes_are_added_only_when_accepted(walk, confirm):
    kept = walk()
    answer = confirm(kept, accepts_new_codes="")
    assert answer.status_code == 422
    assert not AnnualPlan.objects.exists()
    confirm(kept)
    assert UnitOfMeasure.objects.get(code="149").source.startswith("R00822953")


def test_a_periodicity_nobody_can_read_waits_for_an_administrator(walk, confirm, visit):
    kept = walk(report_text().replace("1 - Anual", "9 - Cuando llueva").encode())
    typed = {"q4-3.1.1": "1", "q4-3.1.9": "10"}
    for code in ("3.1.1", "3.1.9"):
        typed |= {f"q{n}-{code}": "" for n in (1, 2, 3)} | {f"seen-{code}": "|||"}
    visit.post(reverse("imports:distribute", args=[kept.pk]), typed)
    page = visit.get(reverse("imports:confirm", args=[kept.pk])).content.decode()
    assert "Periodicidad 9 - Cuando llueva" in page
    assert "Confirmar y guardar el plan" not in page
    assert confirm(kept).status_code == 422
    assert not AnnualPlan.objects.exists()


def test_a_draft_changed_meanwhile_is_not_confirmed_unread(walk, confirm):
    kept = walk()
    answer = confirm(kept, expected_version=str(kept.version - 1))
    assert answer.status_code == 409
    assert not AnnualPlan.objects.exists()


def test_a_plan_changed_meanwhile_is_not_written_over(walk, confirm):
    kept = walk()
    answer = confirm(kept, expected_plan_version="4")
    assert answer.status_code == 409
    assert not AnnualPlan.objects.exists()


def test_a_confirmation_without_its_versions_asks_to_read_again(walk, confirm):
    answer = confirm(walk(), expected_version="x")
    assert answer.status_code == 422


def test_an_unfinished_draft_is_not_confirmed(upload, visit, registrar, access):
    kept = upload()
    address = reverse("imports:confirm", args=[kept.pk])
    assert visit.get(address)["Location"] == reverse("imports:review", args=[kept.pk])
    with pytest.raises(NotReadyError):
        confirm_import(
            actor=registrar,
            access=access,
            import_id=kept.pk,
            expected_version=1,
            expected_plan_version=0,
            accepts_new_codes=True,
            at=AT,
        )


def test_quarters_come_before_the_confirmation(upload, visit):
    kept = upload()
    visit.post(reverse("imports:review", args=[kept.pk]), {"mark": "en-blanco"})
    answer = visit.get(reverse("imports:confirm", args=[kept.pk]))
    assert answer["Location"] == reverse("imports:distribute", args=[kept.pk])


def test_a_stale_version_is_a_conflict_for_the_action_too(walk, registrar, access):
    kept = walk()
    with pytest.raises(ConflictError):
        confirm_import(
            actor=registrar,
            access=access,
            import_id=kept.pk,
            expected_version=99,
            expected_plan_version=0,
            accepts_new_codes=True,
            at=AT,
        )


class TestImportingAgain:
    @pytest.fixture(autouse=True)
    def in_force(self, walk, confirm):
        confirm(walk())

    def test_the_same_report_changes_nothing(self, upload, visit, confirm):
        again = upload()
        page = visit.get(reverse("imports:review", args=[again.pk])).content.decode()
        assert "No hay cambios" in page
        assert confirm(again).status_code == 422
        assert AnnualPlan.objects.get().version == 1

    def test_what_the_report_leaves_blank_keeps_what_the_plan_says(self, upload, access):
        again = upload()
        facts = import_facts(access, again.pk)
        assert not facts.draft.missing
        assert not undistributed(facts)

    def test_only_the_differences_are_shown(self, upload, visit, access):
        again = upload(p2_6="8")
        page = visit.get(reverse("imports:review", args=[again.pk])).content.decode()
        assert page.count('name="annual-') == 1
        assert "Este reporte cambiaría 1 cosa" in page

    def test_confirming_a_difference_raises_the_version_and_keeps_the_product(
        self, walk, confirm, visit
    ):
        product = Product.objects.get(number=6, annual_output=6)
        again = walk(p2_6="8")
        page = visit.get(reverse("imports:confirm", args=[again.pk])).content.decode()
        assert "El POA 2026 tendrá 1 cambio" in page
        assert ">6</del>" in page
        confirm(again)
        product.refresh_from_db()
        assert product.annual_output == 8
        assert AnnualPlan.objects.get().version == 2

    def test_a_number_somebody_typed_survives_the_blank_of_the_report(self, upload, access, visit):
        Product.objects.filter(number=1, annual_output=None).update(annual_output=7)
        again = upload()
        cell = import_facts(access, again.pk).draft.corrections
        assert [row.cell.annual_output for row in cell.values() if row.cell.annual_output] == [7]

    def test_a_product_the_report_drops_leaves_and_is_announced(self, walk, confirm, visit):
        again = walk(without("13 - Exposiciones"))
        page = visit.get(reverse("imports:confirm", args=[again.pk])).content.decode()
        assert "Sale del plan 1 producto" in page
        confirm(again)
        assert Product.objects.count() == 29

    def test_a_reported_product_stays_and_the_page_says_why(
        self, walk, confirm, visit, institution
    ):
        product = Product.objects.get(name__startswith="Exposiciones")
        make_value(make_report(institution), "1", product=product)
        again = walk(without("13 - Exposiciones"))
        page = visit.get(reverse("imports:review", args=[again.pk])).content.decode()
        assert "No hay cambios" in page
        assert Product.objects.filter(pk=product.pk).exists()

    def test_a_product_that_serves_a_goal_stays(self, walk, visit, institution):
        goal = make_goal(institution=institution)
        goal.products.add(Product.objects.get(name__startswith="Exposiciones"))
        again = walk(without("13 - Exposiciones").replace(b"Informe de aforo", b"Reporte de aforo"))
        page = visit.get(reverse("imports:confirm", args=[again.pk])).content.decode()
        assert f"Aporta a la meta {goal.code}" in page

    def test_a_reworded_objective_is_shown_before_and_after(self, walk, visit):
        again = walk(report_bytes().replace(b"Acercar los libros", b"Prestar libros"))
        page = visit.get(reverse("imports:confirm", args=[again.pk])).content.decode()
        assert "Objetivo 2, texto" in page

    def test_codes_the_catalogue_knows_are_not_asked_again(self, walk, visit):
        assert Periodicity.objects.count() == 3
        again = walk(p2_6="8")
        page = visit.get(reverse("imports:confirm", args=[again.pk])).content.decode()
        assert "no está en el catálogo" not in page


def without(start: str) -> bytes:
    """The report without the product whose line starts like this."""
    lines = report_text().split("\n")
    return "\n".join(line for line in lines if not line.startswith(start)).encode()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.PRESIDENCY, Role.AUDITOR])
def test_who_reads_the_country_does_not_confirm(walk, client, role):
    kept = walk()
    client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("imports:confirm", args=[kept.pk]), {}).status_code == 403


def test_an_approver_of_the_institution_may_confirm(walk, client, institution):
    kept = walk()
    approver = make_user(Role.APPROVER, institution=institution)
    client.force_login(approver, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("imports:confirm", args=[kept.pk])).status_code == 200


def test_an_approver_of_another_may_not(walk, client):
    kept = walk()
    other = make_user(Role.APPROVER, institution=make_institution())
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("imports:confirm", args=[kept.pk])).status_code == 403
