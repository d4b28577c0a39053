"""An agreement after it was agreed (guidelines, "Ayudas Memoria de Acuerdos": "seguimiento de los
acuerdos")."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.methodology.mesas.agreements import (
    Measured,
    ReminderKind,
    Verdict,
    movement,
    reminder_on,
    situation,
    was_on_time,
)
from sigpret.methodology.periods import Period
from tests.methodology.examples import POLICY

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("name", "state", "due_on", "on", "expected"),
    [
        ("antes de su fecha", "pending", "2026-10-20", "2026-10-13", "pending"),
        ("el mismo día todavía está a tiempo", "pending", "2026-10-13", "2026-10-13", "pending"),
        ("al día siguiente está vencido", "pending", "2026-10-12", "2026-10-13", "overdue"),
        ("en proceso también vence", "in_progress", "2026-10-12", "2026-10-13", "overdue"),
        ("cumplido no vence", "fulfilled", "2026-10-12", "2026-10-13", "fulfilled"),
        ("sin efecto no vence", "without_effect", "2026-10-12", "2026-10-13", "without_effect"),
    ],
)
def test_overdue_is_worked_out_from_the_date(name, state, due_on, on, expected):
    found = situation(state, date.fromisoformat(due_on), date.fromisoformat(on))
    assert found == expected, name


def test_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match="overdue_by_hand"):
        situation("overdue_by_hand", date(2026, 1, 1), date(2026, 1, 1))


def test_fulfilled_on_its_day_is_on_time_and_the_next_is_not():
    due_on = date(2026, 9, 30)
    assert was_on_time(due_on, due_on)
    assert not was_on_time(date(2026, 10, 1), due_on)


@pytest.mark.parametrize(
    ("name", "days_after_due", "expected"),
    [
        ("cuatro días antes no se recuerda", -4, None),
        ("tres días antes, una vez", -3, ("near", 1)),
        ("si nadie miró ese día, al siguiente", -2, ("near", 1)),
        ("el mismo día sigue siendo ese recordatorio", 0, ("near", 1)),
        ("vencido ayer", 1, ("overdue", 1)),
        ("la primera semana no se repite", 7, ("overdue", 1)),
        ("cada semana", 8, ("overdue", 2)),
        ("a las tres semanas", 22, ("overdue", 4)),
    ],
)
def test_its_owner_is_reminded_three_days_before_and_each_week_after(
    name, days_after_due, expected
):
    due_on = date(2026, 10, 16)
    found = reminder_on(due_on, due_on + timedelta(days=days_after_due), POLICY)
    assert (found and (str(found.kind), found.number)) == expected, name


@given(due_on=DAYS, on=DAYS)
def test_a_reminder_is_of_its_side_of_the_date(due_on, on):
    found = reminder_on(due_on, on, POLICY)
    if found is not None:
        assert (found.kind is ReminderKind.OVERDUE) == (on > due_on)
        assert found.number >= 1


def series(**percents: str | None) -> list[Measured]:
    """`q1="80"` of 2026; `y4` the last quarter of 2025."""
    return [
        Measured(
            Period.parse(f"{2026 if name[0] == 'q' else 2025}-Q{name[1]}"),
            None if percent is None else Decimal(percent),
        )
        for name, percent in percents.items()
    ]


IN_AUGUST = date(2026, 8, 14)


@pytest.mark.parametrize(
    ("name", "quarters", "verdict", "change"),
    [
        ("subió", {"q1": "70", "q2": "72", "q3": "81"}, Verdict.ROSE, "9"),
        ("bajó", {"q2": "72", "q3": "61"}, Verdict.FELL, "-11"),
        ("menos de dos puntos es donde estaba", {"q2": "72", "q3": "73.9"}, Verdict.STEADY, "1.9"),
        ("dos puntos ya es un movimiento", {"q2": "72", "q3": "74"}, Verdict.ROSE, "2"),
        ("aún no hay dato posterior", {"q1": "70", "q2": "72"}, Verdict.TOO_SOON, None),
        ("sin reporte no es cero", {"q2": "72", "q3": None}, Verdict.TOO_SOON, None),
        ("no hay con qué comparar", {"q3": "81"}, Verdict.NOT_MEASURED, None),
        ("nunca se midió", {}, Verdict.NOT_MEASURED, None),
        ("se salta lo no reportado", {"q1": "60", "q2": None, "q3": "80"}, Verdict.ROSE, "20"),
    ],
)
def test_did_the_indicator_move_after_it_was_fulfilled(name, quarters, verdict, change):
    found = movement(series(**quarters), IN_AUGUST, POLICY)
    assert found.verdict is verdict, name
    assert found.change == (None if change is None else Decimal(change)), name


def test_the_quarter_in_which_it_was_fulfilled_counts_only_in_part():
    assert movement(series(q2="72", q3="81"), IN_AUGUST, POLICY).is_partial
    assert not movement(series(q2="72", q3="81", q4="90"), IN_AUGUST, POLICY).is_partial


def test_fulfilled_on_the_last_day_of_a_quarter_leaves_that_quarter_before():
    found = movement(series(q2="72", q3="81", q4="90"), date(2026, 9, 30), POLICY)
    assert found.before is not None
    assert found.before.period.code == "2026-Q3"
    assert not found.is_partial


@pytest.mark.parametrize(
    ("name", "quarters", "expected"),
    [
        ("ya venía subiendo", {"q1": "60", "q2": "70", "q3": "80"}, True),
        ("estaba quieta y subió", {"q1": "70", "q2": "70", "q3": "80"}, False),
        ("venía bajando y subió", {"q1": "80", "q2": "70", "q3": "80"}, False),
        ("ya venía bajando", {"q1": "80", "q2": "70", "q3": "60"}, True),
        ("no se sabe de antes", {"q2": "70", "q3": "60"}, False),
    ],
)
def test_a_movement_that_had_begun_before_is_said_so(name, quarters, expected):
    assert movement(series(**quarters), IN_AUGUST, POLICY).was_already_moving is expected, name


PERCENT = st.one_of(st.none(), st.decimals(0, 200, places=2))


@given(st.lists(PERCENT, min_size=4, max_size=4), DAYS)
def test_the_order_of_the_series_changes_nothing(percents, on):
    quarters = [
        Measured(Period.quarter(2026, number), percent)
        for number, percent in enumerate(percents, 1)
    ]
    assert movement(quarters, on, POLICY) == movement(list(reversed(quarters)), on, POLICY)
