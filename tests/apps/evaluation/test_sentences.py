"""One goal *está*, two *están*: the sentences of the screens, by example."""

from decimal import Decimal

import pytest

from sigpret.apps.evaluation.queries.movement import Movement, movement
from sigpret.apps.evaluation.sentences import (
    behind_sentence,
    change_sentence,
    counted,
    grade_change,
    silent_sentence,
)
from sigpret.methodology.periods import Period
from sigpret.methodology.status import Status

SECOND = Period.quarter(2026, 2)


@pytest.mark.parametrize(
    ("behind", "total", "said"),
    [
        (8, 48, "8 de 48 metas presidenciales están rezagadas."),
        (2, 48, "2 de 48 metas presidenciales están rezagadas."),
        (1, 48, "1 de 48 metas presidenciales está rezagada."),
        (0, 48, "Ninguna de las 48 metas presidenciales está rezagada."),
        (1, 1, "1 de 1 meta presidencial está rezagada."),
        (0, 1, "La meta presidencial no está rezagada."),
        (0, 0, "Todavía no hay metas presidenciales."),
    ],
)
def test_the_board_says_how_many_are_behind(behind, total, said):
    assert behind_sentence(behind, total) == said


@pytest.mark.parametrize(
    ("worsened", "improved", "said"),
    [
        (4, 3, "Cuatro empeoraron y tres mejoraron."),
        (1, 2, "Una empeoró y dos mejoraron."),
        (2, 1, "Dos empeoraron y una mejoró."),
        (12, 0, "12 empeoraron."),
        (0, 1, "Una mejoró."),
        (0, 0, "Ninguna cambió de estado desde el II\u00a0trimestre."),
    ],
)
def test_the_board_says_what_changed(worsened, improved, said):
    assert change_sentence(worsened, improved, SECOND) == said


def test_the_first_quarter_compares_with_nothing():
    assert change_sentence(0, 0, None) == ""


@pytest.mark.parametrize(("number", "said"), [(0, "ninguna"), (1, "una"), (10, "diez"), (11, "11")])
def test_small_numbers_are_words(number, said):
    assert counted(number) == said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("-3.44", "Bajó 3.4 puntos desde el II\u00a0trimestre."),
        ("1.25", "Subió 1.3 puntos desde el II\u00a0trimestre."),
        ("0", "Sigue igual que en el II\u00a0trimestre."),
    ],
)
def test_a_grade_says_how_it_moved(change, said):
    assert grade_change(Decimal(change), SECOND) == said


def test_silence_is_said_with_its_price():
    assert silent_sentence(1) == "Una meta sin reporte entra como 0."
    assert silent_sentence(2) == "Dos metas sin reporte entran como 0."


ON, RISK, BEHIND = Status.ON_TRACK, Status.AT_RISK, Status.BEHIND
OVER, SILENT, NOT_DUE = Status.EXCEEDED, Status.NOT_REPORTED, Status.NOT_DUE


@pytest.mark.parametrize(
    ("before", "now", "moved"),
    [
        (ON, RISK, Movement.WORSENED),
        (RISK, BEHIND, Movement.WORSENED),
        (BEHIND, RISK, Movement.IMPROVED),
        (RISK, OVER, Movement.IMPROVED),
        (ON, OVER, Movement.NONE),
        (ON, SILENT, Movement.WORSENED),
        (SILENT, ON, Movement.IMPROVED),
        (SILENT, BEHIND, Movement.NONE),
        (NOT_DUE, BEHIND, Movement.NONE),
        (None, BEHIND, Movement.NONE),
        (ON, ON, Movement.NONE),
    ],
)
def test_a_goal_moves_between_two_closings(before, now, moved):
    assert movement(before, now, is_official=True) == moved


def test_silence_is_not_worse_while_reports_are_still_arriving():
    assert movement(ON, SILENT, is_official=False) == Movement.NONE
