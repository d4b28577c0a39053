"""T2 · Pasting a column: seen first, then saved by the report itself."""

import pytest

from tests.apps.monitoring.views.desk import text_of


def test_anonymous_people_sign_in_first(anonymous):
    assert anonymous.get(anonymous.paste_url).status_code == 302


@pytest.mark.parametrize("who", ["stranger", "analyst"])
def test_only_who_writes_the_report_pastes(request, who):
    desk = request.getfixturevalue(who)
    assert desk.get(desk.paste_url).status_code == 403


def test_nothing_is_saved_by_looking(registrar, ministry):
    response = registrar.post(registrar.paste_url, {"column": "2\n10"})
    assert "Revise lo que va a pegar" in text_of(response)
    assert not ministry.product.reported_values.exists()


def test_what_cannot_be_read_is_shown_beside_its_row(registrar):
    words = text_of(registrar.post(registrar.paste_url, {"column": "3O\n10"}))
    assert "¿Quiso decir 30?" in words


def test_values_without_a_row_are_counted(registrar):
    words = text_of(registrar.post(registrar.paste_url, {"column": "2\n10\n5\n6"}))
    assert "Sobran 2 valores" in words


def test_blank_cells_change_nothing(registrar, ministry):
    ministry.save("2")
    html = registrar.post(registrar.paste_url, {"column": "\n10"}).content.decode()
    assert f'name="product-{ministry.product.pk}-value"' not in html


def test_an_empty_column_is_asked_for_again(registrar):
    response = registrar.post(registrar.paste_url, {"column": ""})
    assert response.status_code == 422
    assert "Pegue la columna" in text_of(response)
