"""What was said of the data, and whose review each report is."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from sigpret.apps.accounts.models import User
from sigpret.demonstration.people import ANALYST, SECOND_ANALYST
from sigpret.demonstration.quarters import OPEN

# Every datum that came back begins its thread with the reason.
OBSERVATIONS = """
INSERT INTO monitoring_comment (value_id, kind, text, author_id, written_at, is_from_review)
SELECT id, 'observation', observation, decided_by_id, decided_at, true
FROM monitoring_reportedvalue
WHERE state = 'returned' AND decided_by_id IS NOT NULL AND observation <> ''
"""
# Of those of the open quarter, two of five were answered within the day.
ANSWERS = """
INSERT INTO monitoring_comment (value_id, kind, text, author_id, written_at, is_from_review)
SELECT id, 'answer', (%(texts)s::text[])[1 + id %% 4], reported_by_id,
    decided_at + (moved * interval '3 hours'), false
FROM (SELECT *, 1 + id %% 5 AS moved FROM monitoring_reportedvalue) value
WHERE state = 'returned' AND period = %(open)s AND reported_by_id IS NOT NULL
AND id %% 5 IN (0, 3) AND decided_at < %(now)s::timestamptz - interval '20 hours'
"""
# Some data that wait for a decision were asked about without being returned.
QUESTIONS = """
INSERT INTO monitoring_comment (value_id, kind, text, author_id, written_at, is_from_review)
SELECT value.id, 'remark', %(text)s, %(author)s, report.submitted_at + interval '15 hours', true
FROM monitoring_reportedvalue value
JOIN monitoring_progressreport report ON report.id = value.report_id
WHERE value.state = 'submitted' AND value.period = %(open)s AND value.id %% 31 = %(rest)s
AND report.submitted_at < %(now)s::timestamptz - interval '20 hours'
"""
# What is wholly decided was also closed; half of what waits was taken by somebody.
REVIEWS = """
INSERT INTO monitoring_reportreview (report_id, taken_by_id, taken_at, finished_by_id, finished_at)
SELECT report.id, min(value.decided_by_id), max(value.decided_at),
    min(value.decided_by_id), max(value.decided_at) + interval '5 minutes'
FROM monitoring_progressreport report
JOIN monitoring_reportedvalue value ON value.report_id = report.id
WHERE report.state = 'validated' AND value.decided_by_id IS NOT NULL
AND report.submitted_at <= value.decided_at
GROUP BY report.id
"""
TAKEN = """
INSERT INTO monitoring_reportreview (report_id, taken_by_id, taken_at)
SELECT report.id, CASE report.id %% 4 WHEN 0 THEN %(first)s ELSE %(second)s END,
    report.submitted_at + interval '18 hours'
FROM monitoring_progressreport report
WHERE report.id %% 4 IN (0, 2) AND report.submitted_at < %(now)s::timestamptz - interval '1 day'
AND EXISTS (SELECT FROM monitoring_reportedvalue value
    WHERE value.report_id = report.id AND value.state = 'submitted')
"""
ANSWERED = (
    "El conteo se repitió con la bodega central. Hoy adjuntamos el detalle por departamento.",
    "Tiene razón: el dato incluía junio. Corregimos el valor y la lista.",
    "El aumento viene de dos sedes que abrieron en julio; el acta de apertura va adjunta.",
    "Confirmamos el dato. El medio de verificación correcto ya está cargado.",
)
ASKED = (
    (ANALYST, "¿La lista adjunta es de julio a septiembre o trae junio?"),
    (SECOND_ANALYST, "¿Quién firmó el acta de recepción? No se distingue en la página 2."),
)


def store_conversations(people: Mapping[str, User], now: str) -> None:
    """The reviews, the threads of what came back, and questions about what is being reviewed."""
    facts: dict[str, Any] = {"open": OPEN, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(REVIEWS)
        reviewers = {"first": people[ANALYST].pk, "second": people[SECOND_ANALYST].pk}
        cursor.execute(TAKEN, reviewers | {"now": now})
        cursor.execute(OBSERVATIONS)
        cursor.execute(ANSWERS, facts | {"texts": list(ANSWERED)})
        for rest, (author, text) in enumerate(ASKED):
            asked = {"text": text, "author": people[author].pk, "rest": rest}
            cursor.execute(QUESTIONS, facts | asked)
