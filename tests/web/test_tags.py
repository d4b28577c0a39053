"""What templates write with one word."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from sigpret.web.charts import StatusStrip


def rendered(source: str, **values: object) -> str:
    return Template("{% load sigpret %}" + source).render(Context(values))


def test_a_glyph_alone_says_its_status_and_beside_its_word_keeps_quiet():
    assert 'role="img" aria-label="En riesgo"' in rendered("{% glyph 'at_risk' %}")
    quiet = rendered("{% glyph 'at_risk' labelled=False %}")
    assert "aria-label" not in quiet
    assert 'aria-hidden="true"' in quiet


def test_an_unknown_or_absent_status_is_never_green_nor_red():
    for status in (None, "", "invented"):
        assert "not-due" in rendered("{% pill status %}", status=status)


def test_other_words_on_a_pill_are_escaped():
    assert "&lt;b&gt;" in rendered("{% pill 'behind' words %}", words="<b>")


def test_a_cell_shows_the_shape_and_the_number():
    cell = rendered("{% achieved 'on_track' value %}", value=Decimal("97.44"))
    assert "97.4\u00a0%" in cell
    assert "En ruta" in cell


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Luis Benítez", "LB"),
        ("María de los Ángeles Zúniga", "MZ"),
        ("Ana", "A"),
        ("óscar", "Ó"),
        ("", "?"),
    ],
)
def test_initials_are_the_first_and_the_last_name(name, initials):
    assert f">{initials}</span>" in rendered("{% avatar name %}", name=name)


@pytest.mark.parametrize(
    ("chosen", "selected"), [(2, True), ("2", True), (3, False), (None, False), ("", False)]
)
def test_the_option_that_was_chosen_is_selected(chosen, selected):
    rows = [SimpleNamespace(id=2, label="Niñez & <salud>")]
    drawn = rendered("{% options rows chosen %}", rows=rows, chosen=chosen)
    mark = " selected" if selected else ""
    assert drawn == f'<option value="2"{mark}>Niñez &amp; &lt;salud&gt;</option>'


def test_a_misspelt_icon_fails_where_it_is_drawn():
    with pytest.raises(KeyError):
        rendered("{% icon 'pencel' %}")


def test_progress_never_passes_its_end():
    bar = rendered("{% progress 20 17 'listos' %}")
    assert 'max="17" value="17"' in bar
    assert 'aria-label="listos"' in bar


def test_a_figure_carries_its_table():
    page = rendered(
        "{% figure strip 'Título' %}", strip=StatusStrip("III trim. 2026", {"behind": 2})
    )
    assert "Ver los números" in page
    assert "Rezagada" in page
    assert "<svg" in page


def test_status_words_and_classes_come_from_one_table():
    assert rendered("{{ 'behind'|status_word }}") == "Rezagada"
    assert rendered("{{ 'behind'|status_plural }}") == "Rezagadas"
    assert rendered("{{ 'at_risk'|status_class }}") == "at-risk"


def test_the_key_lists_the_six_states():
    assert rendered("{% status_key %}").count("<li>") == 7
