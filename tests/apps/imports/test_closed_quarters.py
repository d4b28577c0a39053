"""A quarter that closed says for ever what it said, unless a change request is decided."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from sigpret.apps.imports.drafts import quarters_of_token, quarters_token
from sigpret.apps.imports.queries.closed import around_closed, closed_quarters
from sigpret.apps.monitoring.models import ReportingRound
from sigpret.apps.planning.models import Product
from tests.factories.monitoring import make_round
from tests.factories.plan_report import report_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_force(walk, confirm):
    """The invented plan in force, its first two quarters closed."""
    confirm(walk())
    for number in (1, 2):
        make_round(
            f"2026-Q{number}",
            state=ReportingRound.State.CLOSED,
            closed_at=datetime(2026, 7, 16, tzinfo=UTC),
            digest="0" * 64,
        )
    make_round("2026-Q3")


def quarters(number: int, name: str) -> str:
    product = Product.objects.get(number=number, name__startswith=name)
    planned = dict(product.targets.values_list("period", "planned"))
    return quarters_token(tuple(planned.get(f"2026-Q{n}") for n in (1, 2, 3, 4)))


def test_only_closed_rounds_are_closed(in_force):
    assert closed_quarters(2026) == {1, 2}
    assert closed_quarters(2027) == frozenset()


@pytest.mark.parametrize(
    ("output", "before", "closed", "after"),
    [
        ("8", "1|2|1|2", {1, 2}, "1|2||5"),
        ("3", "1|2|1|2", {1, 2}, "1|2||"),
        ("2", "1|2|1|2", {1, 2}, "1|2||"),
        ("8", "1|2|1|2", {1, 2, 3, 4}, "1|2|1|2"),
        ("4", "|||", {1, 2, 3}, "|||4"),
    ],
)
def test_what_is_left_of_the_year_falls_in_the_last_open_quarter(output, before, closed, after):
    found = around_closed(Decimal(output), quarters_of_token(before), frozenset(closed))
    assert quarters_token(found) == after


def test_a_new_quantity_leaves_the_closed_quarters_alone(in_force, walk, confirm):
    confirm(walk(p2_6="8"))
    assert quarters(6, "Guías") == "1|2||5"


def test_typing_over_a_closed_quarter_is_ignored(in_force, walk, confirm, visit):
    again = walk(p2_6="8")
    visit.post(
        reverse("imports:distribute", args=[again.pk]),
        {"q1-2.1.6": "3", "q2-2.1.6": "3", "q3-2.1.6": "1", "q4-2.1.6": "4",
         "seen-2.1.6": "1|2||5", "shown-2.1.6": "1|2||5"},
    )  # fmt: skip
    again.refresh_from_db()
    assert again.distribution["2.1.6"] == "1|2|1|4"


def test_a_smaller_year_than_what_closed_is_told_and_not_confirmed(in_force, upload, visit):
    again = upload(p2_6="2")
    page = visit.get(reverse("imports:distribute", args=[again.pk])).content.decode()
    assert "Los trimestres suman 3 y la producción anual es 2." in page
    assert "readonly" in page


def test_a_product_cannot_stop_being_scheduled_in_what_closed(in_force, upload, visit, confirm):
    again = upload()
    visit.post(reverse("imports:review", args=[again.pk]), {"mark": "2.1.6"})
    page = visit.get(reverse("imports:confirm", args=[again.pk])).content.decode()
    assert "Hay trimestres cerrados que cambiarían." in page
    assert "Confirmar y guardar el plan" not in page
    answer = confirm(again)
    assert answer.status_code == 422
    assert "sólo cambia con una solicitud: 2.6" in answer.content.decode()


def test_a_product_due_in_what_closed_does_not_leave(in_force, walk, visit):
    lines = report_text(p2_7="4").split("\n")
    dropped = "\n".join(line for line in lines if not line.startswith("6 - Guías"))
    again = walk(dropped.encode())
    page = visit.get(reverse("imports:confirm", args=[again.pk])).content.decode()
    assert "Venció en un trimestre ya cerrado" in page


def test_a_new_product_may_be_planned_anywhere(in_force, walk, visit):
    again = walk(report_text().replace("13 - Expo", "14 - Expo").encode())
    answer = visit.get(reverse("imports:distribute", args=[again.pk]))
    row = next(row for row in answer.context["page"].rows if row.row.key.number == 14)
    assert not row.row.closed


def test_the_first_plan_of_a_year_says_what_it_may_no_longer_report(upload, visit):
    make_round(
        "2026-Q1",
        state=ReportingRound.State.CLOSED,
        closed_at=datetime(2026, 4, 20, tzinfo=UTC),
        digest="0" * 64,
    )
    kept = upload()
    visit.post(reverse("imports:review", args=[kept.pk]), {"mark": "en-blanco"})
    page = visit.get(reverse("imports:distribute", args=[kept.pk])).content.decode()
    assert "El I trimestre de 2026 ya cerró." in page
    assert "queda «sin reporte» hasta que DIGER acepte el dato" in page
