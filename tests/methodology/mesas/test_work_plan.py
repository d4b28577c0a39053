"""The work plan (guidelines, "Plan de Trabajo")."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigpret.methodology.mesas.work_plan import (
    PlanLine,
    comes_into_force,
    missing_for_approval,
    pace,
    plan_changes,
    progress,
)

TODAY = date(2026, 10, 23)
DIAGNOSIS = PlanLine(
    key="a",
    number="1.1",
    text="Diagnóstico sectorial de desafíos",
    starts_on=date(2026, 2, 2),
    ends_on=date(2026, 3, 31),
    institutions=frozenset({"060"}),
)


@pytest.mark.parametrize(
    ("name", "starts_on", "ends_on", "percent", "expected"),
    [
        ("cumplida", "2026-02-02", "2026-03-31", 100, "done"),
        ("cumplida antes de su fecha", "2026-11-02", "2026-11-30", 100, "done"),
        ("atrasada con avance", "2026-07-01", "2026-09-30", 70, "late"),
        ("su último día está a tiempo", "2026-07-01", "2026-10-23", 70, "running"),
        ("en curso sin avance", "2026-10-01", "2026-11-30", 0, "running"),
        ("empieza hoy", "2026-10-23", "2026-11-30", 0, "running"),
        ("empezada antes de su fecha", "2026-11-02", "2026-11-30", 10, "running"),
        ("por iniciar", "2026-11-02", "2026-11-30", 0, "to_start"),
    ],
)
def test_how_an_activity_goes(name, starts_on, ends_on, percent, expected):
    found = pace(date.fromisoformat(starts_on), date.fromisoformat(ends_on), percent, TODAY)
    assert found == expected, name


@pytest.mark.parametrize(
    ("percents", "expected"), [([], 0), ([100, 0], 50), ([100, 100], 100), ([33, 33, 34], 33)]
)
def test_the_progress_of_a_plan_is_the_mean_of_its_activities(percents, expected):
    assert progress(percents) == expected


@given(st.lists(st.integers(0, 100), min_size=1))
def test_the_progress_is_between_its_smallest_and_its_largest(percents):
    assert min(percents) <= progress(percents) <= max(percents)


@pytest.mark.parametrize(
    ("name", "results", "expected"),
    [
        ("completo", {"1": [DIAGNOSIS]}, ()),
        ("vacío", {}, ("results", "activities")),
        ("un resultado sin actividades", {"1": [DIAGNOSIS], "2": []}, ("activities",)),
        (
            "una actividad sin responsable",
            {"1": [replace(DIAGNOSIS, institutions=frozenset())]},
            ("responsible",),
        ),
    ],
)
def test_dicho_plan_debera_plantear_los_resultados_y_respectivas_responsabilidades_y_tiempos(
    name, results, expected
):
    assert missing_for_approval(results) == expected, name


@pytest.mark.parametrize(
    ("name", "approvals", "expected"),
    [
        ("todas", {"060": True, "061": True}, True),
        ("falta una", {"060": True, "061": False}, False),
        ("sin autoridades nadie aprueba", {}, False),
    ],
)
def test_dicho_plan_debera_ser_aprobado_a_nivel_de_las_maximas_autoridades_de_cada_mesa(
    name, approvals, expected
):
    assert comes_into_force(approvals) is expected, name


def test_a_version_says_what_it_moves():
    later = replace(DIAGNOSIS, ends_on=date(2026, 4, 30), reason="Se sumó una encuesta.")
    (change,) = plan_changes([DIAGNOSIS], [later])
    assert (change.kind, change.what, change.line) == ("changed", ("ends_on",), later)


def test_another_number_is_not_a_change():
    assert plan_changes([DIAGNOSIS], [replace(DIAGNOSIS, number="1.2")]) == ()


def test_what_is_added_and_what_is_taken_away_is_said():
    other = replace(DIAGNOSIS, key="b", text="Otra")
    added, removed = plan_changes([DIAGNOSIS], [other])
    assert (added.kind, added.line) == ("added", other)
    assert (removed.kind, removed.line) == ("removed", DIAGNOSIS)


LINES = st.lists(
    st.builds(
        PlanLine,
        key=st.sampled_from("abcdef"),
        number=st.just("1"),
        text=st.sampled_from(["uno", "dos"]),
        starts_on=st.just(date(2026, 1, 1)),
        ends_on=st.just(date(2026, 2, 1)),
        institutions=st.just(frozenset({"060"})),
    ),
    unique_by=lambda line: line.key,
)


@given(LINES)
def test_a_version_equal_to_another_changes_nothing(lines):
    assert plan_changes(lines, lines) == ()


@given(LINES, LINES)
def test_what_one_version_adds_the_way_back_takes_away(old, new):
    there = {change.line.key for change in plan_changes(old, new) if change.kind == "added"}
    back = {change.line.key for change in plan_changes(new, old) if change.kind == "removed"}
    assert there == back
