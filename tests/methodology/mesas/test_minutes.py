"""The minutes by the guidelines: each rule with the sentence it comes from."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from sigpret.methodology.calendar import DayKind
from sigpret.methodology.mesas.minutes import (
    Answer,
    DueDoubt,
    HoursDoubt,
    Obstacle,
    Part,
    Topic,
    digest_of,
    distribution_deadline,
    doubt_about_due,
    doubt_about_hours,
    ended_at,
    may_start,
    minutes_code,
    missing_parts,
    obstacles,
    quorum_needed,
    reminder_due,
    silence_ends,
    started_at,
)
from tests.methodology.examples import POLICY

MUST_CONTAIN = (
    "No. de Acta de Acuerdos, Fecha y Hora, Lugar, Lista de Participantes, Agenda de trabajo, "
    "acuerdos alcanzados con sus respectivos resultados relevantes, seguimiento de los acuerdos"
)
WITHIN_A_WEEK = "plazo máximo de una semana después de finalizada la sesión"
SAID = Topic(has_notes=True)
AGREED = Topic(has_notes=False, results=("38 renglones comprados",))
CONFORMS, OBSERVES, RESOLVED, NONE = Answer.CONFORMS, Answer.OBSERVES, Answer.RESOLVED, Answer.NONE


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("institutions", "share", "needed"),
    [(6, "50", 4), (7, "50", 4), (1, "50", 1), (2, "50", 2), (0, "50", 1), (9, "66.6", 6),
     (4, "100", 4), (5, "0", 1)],
)  # fmt: skip
def test_a_quorum_is_more_than_the_share_of_the_institutions(institutions, share, needed):
    assert quorum_needed(institutions, Decimal(share)) == needed


PLANNED = (datetime(2026, 10, 20, 21, 0), datetime(2026, 10, 20, 23, 0))  # noqa: DTZ001


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-10-{text}")


@pytest.mark.parametrize(
    ("now", "may"),
    [("12T21:00", False), ("20T19:59", False), ("20T20:00", True), ("22T08:00", True)],
)
def test_a_session_starts_on_its_hour_and_not_days_before(now, may):
    assert may_start(PLANNED[0], at(now)) is may


@pytest.mark.parametrize(
    ("name", "now", "started", "ended"),
    [
        ("a su hora", "20T21:05", "20T21:05", "20T21:05"),
        ("cruza la medianoche", "21T00:40", "20T21:00", "21T00:40"),
        ("se escribe dos días después", "22T09:00", "20T21:00", "20T23:00"),
    ],
)
def test_the_hours_of_a_session_are_those_it_was_held(name, now, started, ended):
    assert started_at(*PLANNED, at(now)) == at(started), name
    assert ended_at(at("20T21:00"), PLANNED[1], at(now)) == at(ended), name


@pytest.mark.parametrize(
    ("name", "place", "present", "topics", "missing"),
    [
        ("todo lo que pide la norma", "Sala 4B", 9, (SAID, AGREED), ()),
        ("sin lugar", " ", 9, (SAID,), (Part.PLACE,)),
        ("nadie presente", "Sala 4B", 0, (SAID,), (Part.PARTICIPANTS,)),
        ("sin agenda", "Sala 4B", 9, (), (Part.AGENDA,)),
        ("un punto del que no se dice nada", "Sala 4B", 9, (SAID, Topic(False)), (Part.OUTCOME,)),
        ("un acuerdo sin su resultado", "Sala 4B", 9, (Topic(True, ("a", " ")),), (Part.RESULT,)),
    ],
)
def test_the_minutes_contain_what_the_guidelines_ask(name, place, present, topics, missing):
    assert "resultados relevantes" in MUST_CONTAIN
    assert missing_parts(place=place, present=present, topics=topics) == missing, name


@pytest.mark.parametrize(
    ("name", "present", "closing", "topics", "missing"),
    [
        ("no vino nadie y se dice por qué", 0, "Alerta roja", (Topic(False),), ()),
        ("no vino nadie y no se dice por qué", 0, " ", (SAID,), (Part.PARTICIPANTS,)),
        ("nadie, y sin embargo acordaron", 0, "Alerta roja", (AGREED,), (Part.PARTICIPANTS,)),
        ("vino alguien y nada se trató", 1, "Alerta roja", (Topic(False),), (Part.OUTCOME,)),
    ],
)
def test_a_session_nobody_came_to_says_why_it_was_not_held(name, present, closing, topics, missing):
    found = missing_parts(place="Sala 4B", present=present, topics=topics, closing=closing)
    assert found == missing, name


@pytest.mark.parametrize(
    ("name", "finished", "deadline"),
    [
        ("martes a martes", "2026-10-20", "2026-10-27"),
        ("una sesión que cruzó la medianoche termina otro día", "2026-10-21", "2026-10-28"),
        ("de un año a otro", "2026-12-29", "2027-01-05"),
    ],
)
def test_the_minutes_are_distributed_within_a_week(name, finished, deadline):
    """«en un plazo máximo de una semana después de finalizada la sesión»"""
    assert WITHIN_A_WEEK in POLICY.sources["minutes_days"]
    found = distribution_deadline(
        day(finished), days=POLICY.minutes_days, kind=POLICY.minutes_day_kind
    )
    assert found == day(deadline), name


@pytest.mark.parametrize(
    ("today", "reminder"),
    [("2026-10-20", None), ("2026-10-22", None), ("2026-10-23", 3), ("2026-10-24", 3),
     ("2026-10-25", 5), ("2026-10-26", 6), ("2026-11-20", 6)],
)  # fmt: skip
def test_whoever_must_distribute_is_reminded_on_days_3_5_and_6(today, reminder):
    assert reminder_due(day("2026-10-20"), day(today), POLICY.minutes_reminders) == reminder


@pytest.mark.parametrize(
    ("began", "ended", "doubt"),
    [
        ("20T09:10", "20T10:40", None),
        ("20T23:30", "21T00:20", None),
        ("20T10:40", "20T10:40", HoursDoubt.END_BEFORE_START),
        ("20T10:40", "20T09:10", HoursDoubt.END_BEFORE_START),
        ("20T09:10", "21T15:01", HoursDoubt.STILL_TO_COME),
    ],
)
def test_corrected_hours_end_after_they_begin_and_are_over(began, ended, doubt):
    assert doubt_about_hours(at(began), at(ended), at("21T15:00")) is doubt


def test_silence_is_counted_in_working_days():
    friday = day("2026-10-23")
    assert silence_ends(friday, days=3, kind=DayKind.WORKING) == day("2026-10-28")


@pytest.mark.parametrize(
    ("name", "answers", "facts", "found"),
    [
        ("todos conformes", (CONFORMS, CONFORMS), {}, ()),
        ("falta alguien y hay tiempo", (CONFORMS, NONE), {}, (Obstacle.UNANSWERED,)),
        ("quien calla otorga después del plazo", (CONFORMS, NONE), {"silence_ended": True}, ()),
        (
            "donde callar no es otorgar, se espera",
            (NONE,),
            {"silence_ended": True, "silence_is_consent": False},
            (Obstacle.UNANSWERED,),
        ),
        ("una observación espera respuesta", (CONFORMS, OBSERVES), {}, (Obstacle.OBSERVED,)),
        ("una observación atendida no detiene", (CONFORMS, RESOLVED), {}, ()),
        ("el texto cambió después de pedir", (CONFORMS,), {"has_changed": True},
         (Obstacle.CHANGED,)),
        ("tarde y sin decir por qué", (CONFORMS,), {"is_late": True},
         (Obstacle.LATE_WITHOUT_REASON,)),
        ("tarde, con su motivo", (CONFORMS,), {"is_late": True, "late_reason": "Huelga"}, ()),
    ],
)  # fmt: skip
def test_the_minutes_go_out_when_nothing_holds_them_up(name, answers, facts, found):
    told = {
        "silence_ended": False,
        "silence_is_consent": True,
        "has_changed": False,
        "is_late": False,
        "late_reason": "",
        **facts,
    }
    assert obstacles(answers, **told) == found, name


@pytest.mark.parametrize(
    ("due", "doubt"),
    [("2026-10-19", DueDoubt.BEFORE_SESSION), ("2026-10-20", DueDoubt.SAME_DAY),
     ("2026-10-21", None), ("2027-10-21", None), ("2027-10-22", DueDoubt.FAR_AWAY)],
)  # fmt: skip
def test_an_agreement_is_due_after_the_session(due, doubt):
    assert doubt_about_due(day(due), day("2026-10-20")) is doubt


def test_the_number_of_the_minutes_starts_again_each_year():
    assert minutes_code(7, 2026) == "07-2026"
    assert minutes_code(112, 2027) == "112-2027"


def test_the_digest_depends_on_what_is_said_and_not_on_its_order():
    assert digest_of({"a": 1, "b": "ñ"}) == digest_of({"b": "ñ", "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})
